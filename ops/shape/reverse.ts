import { attr, defineOp, lift, type OpDoc, requireAxes, type Sym, type SymLike } from '../../engine/index.ts';
import { type Axes, ofRank, toAxes } from './axis.ts';

export const Reverse = defineOp({
  name: 'Reverse',
  inputs: ['x'],
  attrs: { dims: attr.ints() },
  infer: ({ x }, { dims }) => {
    requireAxes(dims, x.shape.length);
    return [x];
  },
  lowering: [{ kind: 'kernel' }],
  traits: { linear: ['x'], partwise: true, routes: { x: 'whole' } },
  simplify: ({ x }, { dims }): Sym | undefined => {
    if (dims.every((a) => x.shape[a] === 1)) return x;
    const twice = x.node.op === Reverse && String(x.node.attrs.dims) === String(dims);
    return twice ? x.node.inputs[0] : undefined;
  },
  gradient: { x: (_inputs, { dy, attrs }) => reverse(dy, attrs.dims) },
});

/** Reverses the elements along axes, by default all. @throws ShapeError */
export function reverse(x: SymLike, axis: Axes = null): Sym {
  const sym = lift(x);
  return Reverse.node({ x: sym }, { dims: toAxes(axis, sym.rank) });
}

/** `reverse` of a vector. @throws ShapeError for another rank */
export const reverse1d = (x: SymLike): Sym => reverse(ofRank(x, 1, 'reverse1d'), 0);

/** `reverse` of a matrix. @throws ShapeError for another rank */
export const reverse2d = (x: SymLike, axis: Axes = null): Sym => reverse(ofRank(x, 2, 'reverse2d'), axis);

/** `reverse` of a value of rank 3. @throws ShapeError for another rank */
export const reverse3d = (x: SymLike, axis: Axes = null): Sym => reverse(ofRank(x, 3, 'reverse3d'), axis);

/** `reverse` of a value of rank 4. @throws ShapeError for another rank */
export const reverse4d = (x: SymLike, axis: Axes = null): Sym => reverse(ofRank(x, 4, 'reverse4d'), axis);

export const doc: OpDoc = {
  summary: 'Elements in reverse order.',
  forward: 'y_i = x_{n - 1 - i}',
  gradient: { x: '\\bar y_{n - 1 - i}' },
  source: 'a permutation: its adjoint is its inverse',
};
