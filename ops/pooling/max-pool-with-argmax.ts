import {
  defineOp,
  distinct,
  integers,
  lift,
  type OpDoc,
  reshape,
  type SampleOptions,
  type Sym,
  type SymLike,
  sample,
  uniform,
  values,
} from '../../engine/index.ts';
import { argmaxAttrs } from './attributes.ts';
import { inferPool, isPlain } from './geometry.ts';
import { maxPoolGrad } from './max-pool-grad.ts';
import { type PadLike, type PerAxis, windowAttrs } from './pool-builder.ts';
import { tfMaximaAndPositions } from './pool-samples.ts';
import { maxWindows, positionsOfMaxima } from './windows.ts';

export const MaxPoolWithArgmax = defineOp({
  name: 'MaxPoolWithArgmax',
  inputs: ['x'],
  outputs: ['result', 'indexes'],
  attrs: argmaxAttrs,
  infer: ({ x }, attrs) => {
    const pooled = inferPool(x, attrs, ['float32', 'int32']);
    return [pooled, { ...pooled, dtype: 'int32' }];
  },
  lowering: [
    { kind: 'kernel', when: (_inputs, attrs) => isPlain(attrs) },
    {
      kind: 'composite',
      expand: ({ x }, { includeBatchInIndex, ...attrs }) => [
        maxWindows(x, attrs),
        positionsOfMaxima(x, attrs, includeBatchInIndex),
      ],
    },
  ],
  traits: { routes: { x: 'part' } },
  gradient: {
    x: ({ x }, { ys, dys, attrs: { includeBatchInIndex: _, ...attrs } }) =>
      maxPoolGrad(dys.result, x, ys.result, attrs),
  },
});

/**
 * The largest element of each window of a batch of images, and where it is: at `(row * width + column) * channels + channel`,
 * in the image, or with `includeBatchInIndex` in the batch. Of equal elements the first.
 * @throws ShapeError, DTypeError
 */
export function maxPoolWithArgmax(
  x: SymLike,
  filterSize: PerAxis,
  strides: PerAxis,
  pad: PadLike,
  includeBatchInIndex = false,
): { readonly result: Sym; readonly indexes: Sym } {
  const [result, indexes] = MaxPoolWithArgmax.nodes(
    { x: lift(x) },
    { ...windowAttrs(2, filterSize, strides, pad), includeBatchInIndex },
  );
  return { result: result!, indexes: indexes! };
}

export const doc: OpDoc = {
  summary: 'The largest element of each window of an image, and where it is.',
  forward:
    'y_i = \\max_k x_{s i + d k - p}, \\; j_i = s i + d k_i - p, \\; k_i \\text{ the first maximum of window } i',
  gradient: { x: '\\sum_{i : \\, j_i = j} \\bar y_i' },
  source: 'named as in TensorFlow; convention: ties go to the first',
};
const row = (
  filterSize: PerAxis,
  strides: PerAxis,
  pad: 'same' | 'valid' | number,
  includeBatch: boolean,
  note: string,
): SampleOptions => {
  const attrs = windowAttrs(2, filterSize, strides, pad);
  return {
    build: ({ x }) => Object.values(maxPoolWithArgmax(x!, filterSize, strides, pad, includeBatch)),
    reference: (tf, [x]) => tfMaximaAndPositions(tf, attrs, x!, includeBatch),
    tfjs: 'kernel',
    tfGradIsWrong: 'it has none',
    note,
  };
};
export const samples = () => [
  sample(
    { x: distinct(['$n', 4, 4, 2]) },
    {
      attrs: { filterSize: [2, 2], strides: [2, 2], pad: 'valid' },
      tfGradIsWrong: 'it has none',
      note: "tfjs's own",
    },
  ),
  sample({ x: distinct(['$n', 4, 3, 2]) }, row(2, 2, 'valid', true, 'with the batch')),
  sample({ x: distinct([2, 3, 3, 2]) }, row(2, [1, 2], 'same', false, 'padded')),
  sample({ x: distinct([1, 5, 4, 1]) }, row([2, 3], [2, 1], 1, true, 'padded on all sides, not square')),
  sample({ x: distinct([1, '$h', '$w', 1]) }, row(2, 1, 'same', true, 'unknown height and width')),
  sample({ x: uniform([1, 4, 4, 1], -3, -1) }, row(2, 2, 'valid', false, 'all negative')),
  sample(
    { x: values([0, 0, 2, 2, 0, 0, -1, 2, -3, -3, 1, 0, -3, -3, 0, 1].map((v) => [[v, 0]])) },
    {
      build: ({ x }) => Object.values(maxPoolWithArgmax(reshape(x!, [1, 4, 4, 2]), 2, 2, 'valid')),
      reference: (tf, [x]) =>
        tfMaximaAndPositions(tf, windowAttrs(2, 2, 2, 'valid'), tf.reshape(x!, [1, 4, 4, 2]), false),
      tfjs: (tf, [x]) => Object.values(tf.maxPoolWithArgmax(tf.reshape(x!, [1, 4, 4, 2]) as never, 2, 2, 'valid')),
      notDifferentiable: 'ties, which go to the first',
    },
  ),
  sample(
    { x: integers([1, 4, 4, 1], -9, 9) },
    { ...row(2, 2, 'same', false, 'integers'), notDifferentiable: 'integers' },
  ),
  sample(
    { x: uniform([0, 4, 4, 1]) },
    {
      attrs: { filterSize: [2, 2], strides: [2, 2], pad: 'valid' },
      tfGradIsWrong: 'it has none',
      note: 'zero elements',
    },
  ),
];
