import { defineOp, lift, type OpDoc, type Sym, type SymLike } from '../../engine/index.ts';
import type { Rounding } from '../convolution/geometry.ts';
import { attrs2d } from './attributes.ts';
import { type ImageAttrs, inferPool, isPlain, withoutRounding } from './geometry.ts';
import { maxPoolGrad } from './max-pool-grad.ts';
import { type PadLike, type PerAxis, roundedAttrs, withBatch } from './pool-builder.ts';
import { maxWindows } from './windows.ts';

export const MaxPool = defineOp({
  name: 'MaxPool',
  inputs: ['x'],
  attrs: attrs2d,
  infer: ({ x }, attrs) => [inferPool(x, attrs, ['float32', 'int32'])],
  lowering: [
    { kind: 'kernel', when: (_inputs, attrs) => isPlain(attrs) },
    {
      kind: 'composite',
      expand: ({ x }, attrs) => {
        const same = withoutRounding(x.shape, attrs);
        return same === undefined ? maxWindows(x, attrs) : pooled(x, same);
      },
    },
  ],
  traits: { routes: { x: 'part' } },
  gradient: { x: ({ x }, { y, dy, attrs }) => maxPoolGrad(dy, x, y, attrs) },
});

const pooled = (x: Sym, attrs: ImageAttrs): Sym => MaxPool.node({ x }, attrs);

/**
 * The largest element of each window of an image, [batch, height, width, channels], or without the batch. Padding is never the
 * largest. Of equal elements the first, in row-major order, has the gradient.
 * @throws ShapeError, DTypeError; AttributeError for a rounding mode where the padding is not given in numbers
 */
export function maxPool(
  x: SymLike,
  filterSize: PerAxis,
  strides: PerAxis,
  pad: PadLike,
  dimRoundingMode?: Rounding | null,
): Sym {
  return withBatch(lift(x), 4, (batch) => pooled(batch, roundedAttrs(dimRoundingMode, 2, filterSize, strides, pad)));
}

export const doc: OpDoc = {
  summary: 'The largest element of each window of an image.',
  forward: 'y_i = \\max_k x_{s i + d k - p}',
  gradient: { x: '\\sum_{i : \\, s i + d k_i - p = j} \\bar y_i, \\; k_i \\text{ the first maximum of window } i' },
  source: 'Dumoulin and Visin, "A guide to convolution arithmetic for deep learning" (2016), section 3',
};
