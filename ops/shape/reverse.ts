import {
  attr,
  bools,
  defineOp,
  integers,
  lift,
  type OpDoc,
  requireAxes,
  type Sym,
  type SymLike,
  sample,
  uniform,
} from '../../engine/index.ts';
import { type Axes, toAxes } from './axis.ts';

export const Reverse = defineOp({
  name: 'Reverse',
  inputs: ['x'],
  attrs: { dims: attr.ints() },
  infer: ({ x }, { dims }) => {
    requireAxes(dims, x.shape.length);
    return [x];
  },
  lowering: [{ kind: 'kernel' }],
  traits: { linear: ['x'], partwise: true },
  simplify: ({ x }, { dims }): Sym | undefined => {
    if (dims.every((a) => x.shape[a] === 1)) return x;
    const twice = x.node.op === Reverse && String(x.node.attrs.dims) === String(dims);
    return twice ? x.node.inputs[0] : undefined;
  },
  gradient: { x: (_inputs, { dy, attrs }) => reverse(dy, attrs.dims) },
});

/** The elements in reverse order along axes, by default all. @throws ShapeError */
export function reverse(x: SymLike, axis: Axes = null): Sym {
  const sym = lift(x);
  return Reverse.node({ x: sym }, { dims: toAxes(axis, sym.rank) });
}

export const doc: OpDoc = {
  summary: 'Elements in reverse order.',
  forward: 'y_i = x_{n - 1 - i}',
  gradient: { x: '\\bar y_{n - 1 - i}' },
  source: 'a permutation: its adjoint is its inverse',
};
export const samples = [
  sample({ x: uniform(['$n', 3]) }, { attrs: { dims: [1] } }),
  sample({ x: uniform(['$n', 3]) }, { attrs: { dims: [0] }, note: 'the unknown axis' }),
  sample(
    { x: uniform([2, 3, 4]) },
    { build: ({ x }) => reverse(x!, [-1, 0]), reference: (tf, [x]) => tf.reverse(x!, [0, 2]), note: 'a negative axis' },
  ),
  sample(
    { x: uniform([2, 3]) },
    { build: ({ x }) => reverse(x!), reference: (tf, [x]) => tf.reverse(x!), note: 'all axes' },
  ),
  sample(
    { x: uniform([2, 3]) },
    { build: ({ x }) => reverse(reverse(x!, 1), 1), reference: (tf, [x]) => tf.clone(x!), note: 'twice' },
  ),
  sample({ x: uniform([]) }, { attrs: { dims: [] }, note: 'a scalar' }),
  sample({ x: uniform([0, 3]) }, { attrs: { dims: [1] }, note: 'zero elements' }),
  sample({ x: integers([5], -5, 5) }, { attrs: { dims: [0] }, notDifferentiable: 'integers' }),
  sample({ x: bools([3, 5]) }, { attrs: { dims: [1] }, notDifferentiable: 'bools' }),
];
