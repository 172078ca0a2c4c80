/** Rows of pooling ops, their gradients and second gradients: one table for images and one for volumes. */
import { constant, type DimLike, reshape, type Sym, type SymLike } from '../../engine/index.ts';
import type { PerAxis, Rounding } from '../convolution/geometry.ts';
import { distinct, integers, type Sample, type SampleInput, type SampleOptions, sample, uniform } from '../sample.ts';
import type { DataFormat } from './geometry.ts';
import type { PadLike } from './pool-builder.ts';

type Kind = 'avg' | 'max';
type Reference = NonNullable<SampleOptions['reference']>;
type Tf = Parameters<Reference>[0];
type Tensor = Parameters<Reference>[1][number];

interface Attrs {
  readonly filterSize: readonly number[];
  readonly strides: readonly number[];
  readonly pad: PadLike;
  readonly dimRoundingMode?: Rounding;
  readonly dataFormat?: DataFormat;
  readonly dilations?: readonly number[];
}
interface Row {
  readonly shape: readonly DimLike[];
  readonly attrs: Attrs;
  readonly note: string;
  /** What is wrong with tf.grad of tfjs's pooling. */
  readonly fault?: { readonly avg?: string; readonly max?: string };
  /** The output's shape, if the row is also used for the gradient. */
  readonly pooled?: readonly DimLike[];
}

const NONE = [0, 0] as const;
const two = [2, 2] as const;
const cube = [2, 2, 2] as const;

const COUNTS_PADDING = { avg: 'counts padding' };
const both = (fault: string) => ({ avg: fault, max: fault });
const ROUNDS_DOWN = both('rounds down');
const REFUSES_BOTH = both('throws for strides and dilations, as the value does');

const IMAGES: readonly Row[] = [
  {
    shape: ['$n', 4, 4, 2],
    attrs: { filterSize: two, strides: two, pad: 'valid' },
    note: 'halves',
    pooled: ['$n', 2, 2, 2],
  },
  {
    shape: ['$n', 3, 3, 1],
    attrs: { filterSize: two, strides: two, pad: 'same' },
    note: 'padded at the end',
    fault: COUNTS_PADDING,
    pooled: ['$n', 2, 2, 1],
  },
  {
    shape: [1, 5, 4, 1],
    attrs: { filterSize: [3, 2], strides: [1, 2], pad: 'same' },
    note: 'overlapping, not square',
    fault: COUNTS_PADDING,
    pooled: [1, 5, 2, 1],
  },
  {
    shape: [1, 5, 5, 1],
    attrs: { filterSize: [2, 3], strides: [1, 2], pad: 1 },
    note: 'padding on all sides, not square',
    fault: both('pads wrongly, as the value does'),
    pooled: [1, 6, 3, 1],
  },
  {
    shape: [1, 4, 4, 1],
    attrs: { filterSize: [3, 3], strides: two, pad: [NONE, [1, 2], [2, 0], NONE] },
    note: 'padding on each side',
    fault: COUNTS_PADDING,
    pooled: [1, 3, 2, 1],
  },
  {
    shape: [1, 4, 7, 1],
    attrs: { filterSize: [3, 2], strides: [2, 3], pad: 0, dimRoundingMode: 'ceil' },
    note: 'windows beyond the end',
    fault: ROUNDS_DOWN,
    pooled: [1, 2, 3, 1],
  },
  {
    shape: [1, 7, 4, 1],
    attrs: { filterSize: two, strides: [3, 3], pad: 0, dimRoundingMode: 'round' },
    note: 'rounded up and down',
    fault: ROUNDS_DOWN,
    pooled: [1, 3, 2, 1],
  },
  {
    shape: [1, 5, 4, 1],
    attrs: { filterSize: two, strides: two, pad: 1, dimRoundingMode: 'floor' },
    note: 'rounded down',
    fault: COUNTS_PADDING,
  },
  {
    shape: [1, 5, 7, 1],
    attrs: { filterSize: [1, 2], strides: [2, 3], pad: 'same' },
    note: 'elements are skipped',
    fault: COUNTS_PADDING,
  },
  { shape: ['$n', 2, 3, 1], attrs: { filterSize: [1, 1], strides: [1, 1], pad: 'valid' }, note: 'single elements' },
  {
    shape: [1, '$h', '$w', 2],
    attrs: { filterSize: two, strides: two, pad: 'same' },
    note: 'unknown height and width',
    fault: COUNTS_PADDING,
  },
  {
    shape: ['$n', '$h', 3, 1],
    attrs: { filterSize: two, strides: [1, 1], pad: 'valid' },
    note: 'unknown height',
    pooled: ['$n', '$h - 1', 2, 1],
  },
  {
    shape: ['$n', '$h', 3, 1],
    attrs: { filterSize: two, strides: two, pad: 1 },
    note: 'unknown height, padded',
    fault: COUNTS_PADDING,
  },
  {
    shape: [1, 5, 4, 1],
    attrs: { filterSize: two, strides: [1, 1], pad: 'valid', dilations: [3, 2] },
    note: 'dilated',
    pooled: [1, 2, 2, 1],
  },
  {
    shape: [1, 5, 5, 1],
    attrs: { filterSize: [3, 2], strides: [2, 3], pad: 'same', dilations: two },
    note: 'dilated and padded, with strides',
    fault: REFUSES_BOTH,
    pooled: [1, 3, 2, 1],
  },
  { shape: [0, 4, 4, 2], attrs: { filterSize: two, strides: two, pad: 'same' }, note: 'zero elements' },
];

const VOLUMES: readonly Row[] = [
  {
    shape: ['$n', 2, 2, 4, 1],
    attrs: { filterSize: cube, strides: cube, pad: 'valid' },
    note: 'halves',
    pooled: ['$n', 1, 1, 2, 1],
  },
  {
    shape: ['$n', 2, 3, 2, 1],
    attrs: { filterSize: cube, strides: [1, 1, 1], pad: 'same' },
    note: 'overlapping, padded at the end',
    fault: COUNTS_PADDING,
    pooled: ['$n', 2, 3, 2, 1],
  },
  {
    shape: [2, 3, 3, 4, 1],
    attrs: { filterSize: [1, 2, 3], strides: [2, 1, 2], pad: 'valid' },
    note: 'no cubes',
    fault: { max: 'confuses the height and the width of a window' },
    pooled: [2, 2, 2, 1, 1],
  },
  {
    shape: [1, 3, 2, 2, 1],
    attrs: { filterSize: cube, strides: cube, pad: 1 },
    note: 'padding on all sides',
    fault: COUNTS_PADDING,
    pooled: [1, 2, 2, 2, 1],
  },
  {
    shape: [1, 2, 2, 3, 1],
    attrs: { filterSize: cube, strides: cube, pad: [NONE, [1, 1], [0, 0], [0, 1], NONE] },
    note: 'padding on each side',
    fault: both('throws for an explicit padding, as the value does'),
  },
  {
    shape: [1, 3, 3, 2, 1],
    attrs: { filterSize: cube, strides: cube, pad: 0, dimRoundingMode: 'ceil' },
    note: 'windows beyond the end',
    fault: COUNTS_PADDING,
  },
  {
    shape: [1, 5, 2, 2, 1],
    attrs: { filterSize: [1, 1, 1], strides: [3, 1, 2], pad: 'same' },
    note: 'elements are skipped',
    fault: both('pads by less than nothing, as the value does'),
  },
  {
    shape: [1, '$d', 3, '$w', 1],
    attrs: { filterSize: cube, strides: [2, 1, 2], pad: 'same' },
    note: 'unknown depth and width',
    fault: COUNTS_PADDING,
  },
  {
    shape: ['$n', 2, 2, 2, 3],
    attrs: { filterSize: cube, strides: cube, pad: 'same', dataFormat: 'NCDHW' },
    note: 'channels first',
    fault: both('throws for channels first, as the value does'),
    pooled: ['$n', 2, 1, 1, 2],
  },
  {
    shape: [1, 3, 2, 2, 1],
    attrs: { filterSize: [2, 1, 2], strides: [1, 1, 1], pad: 'valid', dilations: [2, 1, 1] },
    note: 'dilated',
    pooled: [1, 1, 2, 1, 1],
  },
  { shape: [2, 2, 2, 2, 0], attrs: { filterSize: cube, strides: cube, pad: 'same' }, note: 'zero elements' },
];

// ---- references in tfjs: pooling a padded value without padding, which tfjs does right

/** [before, after] for each dimension, by an independent implementation. */
function paddingOf(shape: readonly number[], attrs: Attrs): [number, number][] {
  const { filterSize, strides, pad, dimRoundingMode = 'floor' } = attrs;
  return shape.map((extent, axis) => {
    const i = axis - 1;
    if (i < 0 || i >= filterSize.length) return [0, 0];
    const reach = (filterSize[i]! - 1) * (attrs.dilations?.[i] ?? 1) + 1;
    const until = (count: number, before: number): number => (count - 1) * strides[i]! + reach - extent - before;
    if (pad === 'same') {
      const total = Math.max(0, until(Math.ceil(extent / strides[i]!), 0));
      return [Math.floor(total / 2), Math.ceil(total / 2)];
    }
    const [before, after] = (pad === 'valid' ? NONE : typeof pad === 'number' ? [pad, pad] : pad[axis]!) as [
      number,
      number,
    ];
    const count = Math[dimRoundingMode]((extent + before + after - reach) / strides[i]! + 1);
    return [before, Math.max(0, until(count, before))];
  });
}

/** The windows' elements at each position, in row-major order, stacked; `outside` for padding. */
function tfElements(tf: Tf, attrs: Attrs, x: Tensor, outside: number): Tensor {
  const { filterSize, strides, dilations } = attrs;
  const padded = tf.pad(x, paddingOf(x.shape, attrs), outside);
  const at = (position: readonly number[]): Tensor =>
    position.reduce((v, k, i) => {
      const [dilation, stride] = [dilations?.[i] ?? 1, strides[i]!];
      const count = Math.floor((v.shape[i + 1]! - (filterSize[i]! - 1) * dilation - 1) / stride) + 1;
      const indices = Array.from({ length: count }, (_, o) => o * stride + k * dilation);
      return tf.gather(v, tf.tensor1d(indices, 'int32'), i + 1);
    }, padded);
  const positions = filterSize.reduce<readonly (readonly number[])[]>(
    (all, size) => all.flatMap((p) => Array.from({ length: size }, (_, k) => [...p, k])),
    [[]],
  );
  return tf.concat(positions.map((p) => tf.expandDims(at(p), 0)));
}

/** 1 for the first maximum of the stacked elements, 0 for others. */
function tfFirstMaximum(tf: Tf, stacked: Tensor): Tensor {
  if (stacked.shape[0] === 1) return tf.onesLike(stacked);
  const chosen = tf.oneHot(tf.argMax(stacked, 0), stacked.shape[0]!, 1, 0, 'float32');
  return tf.transpose(chosen, [stacked.rank - 1, ...stacked.shape.slice(1).map((_, i) => i)]);
}

const LOW = -1e9;

/** One type for tf's four pooling functions. */
const own = (tf: Tf, name: 'maxPool' | 'avgPool' | 'maxPool3d' | 'avgPool3d') =>
  tf[name] as unknown as (x: Tensor, ...args: readonly unknown[]) => Tensor;

/** tfjs's own function with exactly the row's attributes: `tf.pool` if it is dilated, which does not support volumes. */
function ownPool(
  kind: Kind,
  { filterSize, strides, pad, dimRoundingMode, dataFormat, dilations }: Attrs,
): SampleOptions {
  if (filterSize.length === 3) {
    if (dilations !== undefined) return { tfjs: null };
    return { tfjs: (tf, [x]) => own(tf, `${kind}Pool3d`)(x!, filterSize, strides, pad, dimRoundingMode, dataFormat) };
  }
  if (dilations === undefined)
    return { tfjs: (tf, [x]) => own(tf, `${kind}Pool`)(x!, filterSize, strides, pad, dimRoundingMode) };
  return {
    tfjs: (tf, [x]) =>
      tf.pool(
        x as never,
        filterSize as [number, number],
        kind,
        pad as 'same',
        dilations as [number, number],
        strides as [number, number],
      ),
  };
}

type OfTensors = (tf: Tf, ...inputs: readonly Tensor[]) => Tensor;

/** Applies `f`, which needs channels last, to values with channels first if the attributes say so. */
const channelsLast = (attrs: Attrs, f: OfTensors): OfTensors =>
  attrs.dataFormat === 'NCDHW'
    ? (tf, ...inputs) => tf.transpose(f(tf, ...inputs.map((t) => tf.transpose(t, [0, 2, 3, 4, 1]))), [0, 4, 1, 2, 3])
    : f;

/** The reference in tfjs, for all attributes. */
const tfPool: Readonly<Record<Kind, (attrs: Attrs) => OfTensors>> = {
  avg: (attrs) =>
    channelsLast(attrs, (tf, x) => {
      const [sums, counts] = [x, tf.onesLike(x)].map((v) => tf.sum(tfElements(tf, attrs, v, 0), 0));
      return tf.div(sums!, counts!);
    }),
  max: (attrs) =>
    channelsLast(attrs, (tf, x) => {
      const stacked = tfElements(tf, attrs, x, LOW);
      return tf.sum(tf.mul(stacked, tfFirstMaximum(tf, stacked)), 0);
    }),
};

const tfPoolGrad = (kind: Kind, attrs: Attrs, dy: Tensor, x: Tensor, tf: Tf): Tensor =>
  tf.grad((v: Tensor) => tfPool[kind](attrs)(tf, v))(x, dy);

// ---- rows

interface Node<K extends string> {
  node(inputs: Readonly<Record<K, SymLike>>, attrs: never): Sym;
}
type Build = (x: Sym, filterSize: PerAxis, strides: PerAxis, pad: PadLike, mode?: Rounding) => Sym;

const poolRows = (rows: readonly Row[], op: Node<'x'>, kind: Kind): readonly Sample[] =>
  rows.map(({ shape, attrs, note, fault }) =>
    sample(
      { x: distinct(shape) },
      {
        build: ({ x }) => op.node({ x: x! }, attrs as never),
        reference: (tf, [x]) => tfPool[kind](attrs)(tf, x!),
        note,
        ...ownPool(kind, attrs),
        ...(fault?.[kind] !== undefined && { tfGradIsWrong: fault[kind] }),
      },
    ),
  );

/** Rows that compare the builder with tfjs's own kernels and gradients. */
const builderRows = (
  shapes: readonly (readonly DimLike[])[],
  build: Build,
  name: Parameters<typeof own>[1],
): readonly Sample[] =>
  shapes.flatMap((shape) => [
    sample(
      { x: distinct(shape) },
      {
        build: ({ x }) => build(x!, 2, 1, 'valid'),
        reference: (tf, [x]) => own(tf, name)(x!, 2, 1, 'valid'),
        note: "tfjs's own",
      },
    ),
    sample(
      { x: distinct(shape) },
      {
        build: ({ x }) => build(x!, 2, 2, 1, 'floor'),
        reference: (tf, [x]) => own(tf, name)(x!, 2, 2, 1, 'floor'),
        note: "tfjs's own, padded",
        ...(name.startsWith('avg') && { tfGradIsWrong: 'counts padding' }),
      },
    ),
  ]);

/** Rows of a pooling op of images. */
export const imageRows = (op: Node<'x'>, build: Build, kind: Kind): readonly Sample[] => [
  ...poolRows(IMAGES, op, kind),
  ...builderRows(
    [
      ['$n', 4, 3, 1],
      [4, 3, 2],
    ],
    build,
    `${kind}Pool`,
  ),
];

/** Rows of a pooling op of volumes. */
export const volumeRows = (op: Node<'x'>, build: Build, kind: Kind): readonly Sample[] => [
  ...poolRows(VOLUMES, op, kind),
  ...builderRows(
    [
      ['$n', 2, 3, 2, 1],
      [2, 2, 3, 1],
    ],
    build,
    `${kind}Pool3d`,
  ),
];

const overAxes = (axes: number, n: number): readonly number[] => Array.from({ length: axes }, () => n);

/** Rows that only maximum poolings have, over `axes` axes. */
export function maxRows(op: Node<'x'>, axes: 2 | 3): readonly Sample[] {
  const attrs: Attrs = { filterSize: overAxes(axes, 2), strides: overAxes(axes, 1), pad: 'same' };
  const shape = axes === 2 ? [1, 4, 4, 1] : [1, 2, 2, 4, 1];
  const row = (x: Sample['inputs'], note: string, options: SampleOptions = {}): Sample =>
    sample(x, {
      build: ({ x: input }) => op.node({ x: input! }, attrs as never),
      reference: (tf, [input]) => tfPool.max(attrs)(tf, input!),
      ...ownPool('max', attrs),
      note,
      ...options,
    });
  return [
    row({ x: uniform(shape, -3, -1) }, 'all negative'),
    row({ x: integers(shape, -9, 9) }, 'integers', { notDifferentiable: 'integers' }),
  ];
}

/** Rows of `pool`, with dilations for which tfjs is right, and for which it is wrong. */
export function dilatedRows(build: (x: Sym, kind: Kind, attrs: Attrs) => Sym): readonly Sample[] {
  const row = (kind: Kind, x: SampleInput, attrs: Attrs, options: SampleOptions): Sample =>
    sample({ x }, { build: ({ x }) => build(x!, kind, attrs), ...options });
  const own = { filterSize: two, strides: [1, 1], pad: 'valid', dilations: [2, 1] } as const;
  const padded = { filterSize: [3, 2], strides: [1, 1], pad: 'same', dilations: two } as const;
  const strided = { filterSize: two, strides: [2, 3], pad: 1, dilations: two } as const;
  return (['avg', 'max'] as const).flatMap((kind) => [
    row(kind, distinct(['$n', 4, 3, 1]), own, {
      reference: (tf, [x]) => tf.pool(x as never, 2, kind, 'valid', [2, 1], 1),
      note: `${kind}, tfjs's own`,
    }),
    row(
      kind,
      distinct([4, 3, 2]),
      { ...own, dilations: [1, 1] },
      {
        reference: (tf, [x]) => tf.pool(x as never, 2, kind, 'valid'),
        note: `${kind}, no batch, not dilated`,
      },
    ),
    ...[padded, strided].map((attrs) =>
      // negative values, of which zero padding would be the maximum
      row(kind, uniform([1, 4, 4, 1], -3, -1), attrs, {
        reference: (tf, [x]) => tfPool[kind](attrs)(tf, x!),
        ...ownPool(kind, attrs),
        tfGradIsWrong: attrs.pad === 'same' ? 'counts padding as zeros, as the value does' : REFUSES_BOTH[kind],
        note: `${kind}, ${attrs.pad === 'same' ? 'where tfjs counts padding as zeros' : 'where tfjs has no padding, or refuses'}`,
      }),
    ),
  ]);
}

/** The maxima and their positions in tfjs: pools the flattened positions too. */
export function tfMaximaAndPositions(tf: Tf, attrs: Attrs, x: Tensor, includeBatch: boolean): Tensor[] {
  const [n, ...image] = x.shape as [number, ...number[]];
  const size = image.reduce((a, b) => a * b, 1);
  const positions = tf.reshape(tf.range(0, size, 1, 'int32'), [1, ...image]);
  const offsets = tf.mul(tf.reshape(tf.range(0, n, 1, 'int32'), [n, 1, 1, 1]), includeBatch ? size : 0);
  const chosen = tfFirstMaximum(tf, tfElements(tf, attrs, x, LOW));
  const at = tf.cast(tf.add(positions, offsets), 'float32');
  const indices = tf.sum(tf.mul(tfElements(tf, attrs, at, 0), chosen), 0);
  return [tfPool.max(attrs)(tf, x), tf.cast(indices, 'int32')];
}

const hasPooled = (row: Row): row is GradRow => row.pooled !== undefined;
interface GradRow extends Row {
  readonly pooled: readonly DimLike[];
}
/** The rows of images, and of volumes, that are used for gradients. */
export const imageGradRows = IMAGES.filter(hasPooled);
export const volumeGradRows = VOLUMES.filter(hasPooled);

type BuildGrad = (dy: Sym, input: Sym, attrs: never) => Sym;
const tfGradIsWrong = 'it has none';

/** Rows of the gradient of a pooling op. */
export const gradRows = (rows: readonly GradRow[], build: BuildGrad, kind: Kind): readonly Sample[] =>
  rows.map(({ shape, pooled, attrs, note }) =>
    sample(
      { dy: uniform(pooled), input: distinct(shape) },
      {
        build: ({ dy, input }) => build(dy!, input!, attrs as never),
        reference: (tf, [dy, x]) => tfPoolGrad(kind, attrs, dy!, x!, tf),
        ...(attrs.dilations === undefined && attrs.dataFormat !== 'NCDHW'
          ? { tfjs: 'kernel', tfGradIsWrong }
          : { tfjs: null }),
        note,
      },
    ),
  );

/** Rows of the adjoint of a maximum pooling's gradient. */
export const gradGradRows = (rows: readonly GradRow[], build: BuildGrad): readonly Sample[] =>
  rows.map(({ shape, attrs, note }) => {
    const reference = channelsLast(attrs, (tf, dy, x) => {
      const chosen = tfFirstMaximum(tf, tfElements(tf, attrs, x!, LOW));
      return tf.sum(tf.mul(tfElements(tf, attrs, dy!, 0), chosen), 0);
    });
    return sample(
      { dy: uniform(shape), input: distinct(shape) },
      {
        build: ({ dy, input }) => build(dy!, input!, attrs as never),
        reference: (tf, [dy, x]) => reference(tf, dy!, x!),
        tfjs: null,
        note,
      },
    );
  });

/** A row of a maximum pooling's gradient over `axes` axes, with ties, of which the first wins, and a relu's zeros. */
export function tieRow(build: BuildGrad, axes: 2 | 3): Sample {
  const ties = [0, 0, 2, 2, 0, 0, -1, 2, -3, -3, 1, 0, -3, -3, 0, 1];
  const shape = axes === 2 ? [1, 4, 4, 1] : [1, 2, 2, 4, 1];
  const attrs: Attrs = { filterSize: overAxes(axes, 2), strides: overAxes(axes, 2), pad: 'valid' };
  return sample(
    { dy: uniform(axes === 2 ? [1, 2, 2, 1] : [1, 1, 1, 2, 1]) },
    {
      build: ({ dy }) => build(dy!, reshape(constant(ties), shape), attrs as never),
      reference: (tf, [dy]) => tfPoolGrad('max', attrs, dy!, tf.tensor(ties, shape), tf),
      tfjs: (tf, [dy]) => {
        const input = tf.tensor(ties, shape);
        const output = tfPool.max(attrs)(tf, input);
        return tf.engine().runKernel(axes === 2 ? 'MaxPoolGrad' : 'MaxPool3DGrad', { dy: dy!, input, output }, {
          ...attrs,
        } as never) as Tensor;
      },
      tfGradIsWrong,
      note: 'ties, which go to the first',
    },
  );
}
