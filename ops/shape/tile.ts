import type { Dim, DimLike, OpDoc, Sym, SymLike } from '../../engine/index.ts';
import { attr, defineOp, dim, lift, product, reshape, ShapeError, sumAxes, toShape } from '../../engine/index.ts';
import { refill } from './refill.ts';

const tiled = (shape: readonly Dim[], reps: readonly Dim[]): readonly Dim[] =>
  shape.map((d, i) => dim.mul(d, reps[i]!));

export const Tile = defineOp({
  name: 'Tile',
  inputs: ['x'],
  attrs: { reps: attr.shape() },
  infer: ({ x }, { reps }) => {
    if (reps.length !== x.shape.length) throw new ShapeError(`${reps.length} counts for ${x.shape.length} dimensions`);
    return [{ dtype: x.dtype, shape: tiled(x.shape, reps) }];
  },
  lowering: [{ kind: 'kernel' }],
  traits: { linear: ['x'], partwise: true, routes: { x: 'whole' } },
  simplify: ({ x }, { reps }) => (reps.every((r) => r === 1) ? x : refill(x, tiled(x.shape, reps))),
  gradient: { x: ({ x }, { dy, attrs }) => sumOfCopies(dy, x.shape, attrs.reps) },
});

/** Sums the copies of a value of shape `shape`, one axis after the other, with three dimensions for each. */
function sumOfCopies(y: Sym, shape: readonly Dim[], reps: readonly Dim[]): Sym {
  return reps.reduce<Sym>((rest, copies, i) => {
    if (copies === 1) return rest;
    const before = rest.shape.slice(0, i);
    const after = [shape[i]!, ...rest.shape.slice(i + 1)];
    return reshape(sumAxes(reshape(rest, [product(before), copies, product(after)]), [1]), [...before, ...after]);
  }, y);
}

/** Repeats the value `reps[i]` times along axis i. @throws ShapeError */
export const tile = (x: SymLike, reps: readonly DimLike[]): Sym => Tile.node({ x: lift(x) }, { reps: toShape(reps) });

export const doc: OpDoc = {
  summary: 'Copies side by side.',
  forward: 'y_{i + r d} = x_i',
  gradient: { x: '\\sum_r \\bar y_{i + r d}' },
  source: 'the adjoint of copying is summing; CSE473, sum rule (5.47)',
};
