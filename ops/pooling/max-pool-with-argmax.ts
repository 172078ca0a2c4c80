import { defineOp, lift, type OpDoc, type Sym, type SymLike } from '../../engine/index.ts';
import type { PerAxis } from '../convolution/geometry.ts';
import { argmaxAttrs } from './attributes.ts';
import { inferPool, isPlain } from './geometry.ts';
import { maxPoolGrad } from './max-pool-grad.ts';
import { type PadLike, windowAttrs } from './pool-builder.ts';
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
 * The largest element of each window of a batch of images, and its position `(row * width + column) * channels + channel` in the image, or
 * in the batch with `includeBatchInIndex`. In a tie, the first element is taken.
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
