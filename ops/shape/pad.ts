import {
  attr,
  bools,
  type Dim,
  type DimLike,
  defineOp,
  dim,
  integers,
  isZeroCotangent,
  lift,
  type OpDoc,
  ShapeError,
  type Sym,
  type SymLike,
  sample,
  toDim,
  uniform,
  zeroCotangent,
} from '../../engine/index.ts';
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

/** The value with `paddings[i]` = [before, after] elements more along axis i. @throws ShapeError for a scalar */
export function pad(x: SymLike, paddings: Paddings, constantValue = 0): Sym {
  const sym = lift(x);
  if (sym.rank === 0) throw new ShapeError('pad: a scalar has no sides');
  const pairs = paddings.map(([before, after]) => [toDim(before), toDim(after)] as const);
  return PadV2.node({ x: sym }, { paddings: pairs, constantValue });
}

/** `pad` of a vector, with one pair. @throws ShapeError for another rank */
export function pad1d(x: SymLike, paddings: Pair, constantValue = 0): Sym {
  return pad(ofRank(x, 1, 'pad1d'), [paddings], constantValue);
}

/** `pad` of a matrix. @throws ShapeError for another rank */
export function pad2d(x: SymLike, paddings: readonly [Pair, Pair], constantValue = 0): Sym {
  return pad(ofRank(x, 2, 'pad2d'), paddings, constantValue);
}

/** `pad` of a value of rank 3. @throws ShapeError for another rank */
export function pad3d(x: SymLike, paddings: readonly [Pair, Pair, Pair], constantValue = 0): Sym {
  return pad(ofRank(x, 3, 'pad3d'), paddings, constantValue);
}

/** `pad` of a value of rank 4. @throws ShapeError for another rank */
export function pad4d(x: SymLike, paddings: readonly [Pair, Pair, Pair, Pair], constantValue = 0): Sym {
  return pad(ofRank(x, 4, 'pad4d'), paddings, constantValue);
}

export const doc: OpDoc = {
  summary: 'A value with a constant around it.',
  forward: 'y_{i + b} = x_i; \\; c \\text{ elsewhere}',
  gradient: { x: '\\bar y_{i + b}' },
  source: 'the adjoint of padding is taking the part',
};
export const samples = () => [
  sample(
    { x: uniform(['$n', 3]) },
    {
      attrs: {
        paddings: [
          [0, 0],
          [1, 2],
        ],
      },
    },
  ),
  sample(
    { x: uniform(['$n', 3]) },
    {
      attrs: {
        paddings: [
          [2, 1],
          [0, 0],
        ],
      },
      note: 'the unknown axis',
    },
  ),
  sample(
    { x: uniform([2, 1, 3]) },
    {
      attrs: {
        paddings: [
          [1, 0],
          [0, 2],
          [1, 1],
        ],
        constantValue: -1.5,
      },
    },
  ),
  sample({ x: uniform([4]) }, { attrs: { paddings: [[0, 0]] }, note: 'nothing added' }),
  sample(
    { x: uniform([0, 2]) },
    {
      attrs: {
        paddings: [
          [1, 1],
          [0, 1],
        ],
        constantValue: 3,
      },
      note: 'zero elements',
    },
  ),
  sample(
    { x: integers([2, 2], -5, 5) },
    {
      attrs: {
        paddings: [
          [1, 0],
          [0, 1],
        ],
        constantValue: 7,
      },
      notDifferentiable: 'integers',
    },
  ),
  sample(
    { x: bools([2, 2]) },
    {
      attrs: {
        paddings: [
          [1, 0],
          [0, 1],
        ],
      },
      notDifferentiable: 'bools',
    },
  ),
  sample(
    { x: uniform(['$n']) },
    { build: ({ x }) => pad1d(x!, [1, 2], 5), reference: (tf, [x]) => tf.pad1d(x as never, [1, 2], 5) },
  ),
  ...([2, 3, 4] as const).map((rank) => {
    const paddings = (
      [
        [0, 0],
        [1, 0],
        [0, 2],
        [1, 1],
      ] as const
    ).slice(0, rank);
    const build = { 2: pad2d, 3: pad3d, 4: pad4d }[rank] as (x: Sym, p: never, value: number) => Sym;
    return sample(
      { x: uniform(['$n', 2, 1, 2].slice(0, rank)) },
      {
        build: ({ x }) => build(x!, paddings as never, 0.5),
        reference: (tf, [x]) => tf.pad(x!, paddings as never, 0.5),
        note: `of rank ${rank}`,
      },
    );
  }),
];
