import type { Dim, DimLike, OpDoc, Sym, SymLike } from '../../engine/index.ts';
import { attr, defineOp, dim, isZeroCotangent, lift, ShapeError, toDim, zeroCotangent } from '../../engine/index.ts';
import { ofRank } from './axis.ts';
import { slice } from './slice.ts';

type Pair = readonly [DimLike, DimLike];
type Paddings = readonly Pair[];

const padded = (shape: readonly Dim[], paddings: readonly (readonly [Dim, Dim])[]): readonly Dim[] =>
  shape.map((d, i) => dim.add(dim.add(paddings[i]![0], d), paddings[i]![1]));

export const PadV2 = defineOp({
  name: 'PadV2',
  inputs: ['x'],
  attrs: { paddings: attr.pairs(), constantValue: attr.number(0) },
  infer: ({ x }, { paddings }) => {
    if (paddings.length !== x.shape.length)
      throw new ShapeError(`${paddings.length} pairs for ${x.shape.length} dimensions`);
    return [{ dtype: x.dtype, shape: padded(x.shape, paddings) }];
  },
  lowering: [{ kind: 'kernel' }],
  parts: ({ x }, { paddings, constantValue }) => ({
    re: pad(x.re, paddings, constantValue),
    im: pad(x.im, paddings),
  }),
  simplify: ({ x }, { paddings, constantValue }) => {
    if (paddings.every(([before, after]) => before === 0 && after === 0)) return x;
    return constantValue === 0 && isZeroCotangent(x)
      ? zeroCotangent({ dtype: x.dtype, shape: padded(x.shape, paddings) })
      : undefined;
  },
  traits: { routes: { x: 'whole' } },
  gradient: {
    x: ({ x }, { dy, attrs }) =>
      slice(
        dy,
        attrs.paddings.map(([before]) => before),
        x.shape,
      ),
  },
});

/** Pads the value with `paddings[i]` = [before, after] elements along axis i. @throws ShapeError for a scalar */
export function pad(x: SymLike, paddings: Paddings, constantValue = 0): Sym {
  const sym = lift(x);
  if (sym.rank === 0) throw new ShapeError('pad: a scalar has no sides');
  const pairs = paddings.map(([before, after]) => [toDim(before), toDim(after)] as const);
  return PadV2.node({ x: sym }, { paddings: pairs, constantValue });
}

/** `pad` of a vector, with one pair. @throws ShapeError for another rank */
export const pad1d = (x: SymLike, paddings: Pair, constantValue = 0): Sym =>
  pad(ofRank(x, 1, 'pad1d'), [paddings], constantValue);

/** `pad` of a matrix. @throws ShapeError for another rank */
export const pad2d = (x: SymLike, paddings: readonly [Pair, Pair], constantValue = 0): Sym =>
  pad(ofRank(x, 2, 'pad2d'), paddings, constantValue);

/** `pad` of a value of rank 3. @throws ShapeError for another rank */
export const pad3d = (x: SymLike, paddings: readonly [Pair, Pair, Pair], constantValue = 0): Sym =>
  pad(ofRank(x, 3, 'pad3d'), paddings, constantValue);

/** `pad` of a value of rank 4. @throws ShapeError for another rank */
export const pad4d = (x: SymLike, paddings: readonly [Pair, Pair, Pair, Pair], constantValue = 0): Sym =>
  pad(ofRank(x, 4, 'pad4d'), paddings, constantValue);

export const doc: OpDoc = {
  summary: 'A value with a constant around it.',
  forward: 'y_{i + b} = x_i; \\; c \\text{ elsewhere}',
  gradient: { x: '\\bar y_{i + b}' },
  source: 'the adjoint of padding is taking the part',
};
