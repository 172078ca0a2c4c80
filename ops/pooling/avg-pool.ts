import { defineOp, type OpDoc, type Sym, type SymLike } from '../../engine/index.ts';
import type { Rounding } from '../convolution/geometry.ts';
import { float } from '../elementwise/unary.ts';
import { attrs2d } from './attributes.ts';
import { avgPoolGrad } from './avg-pool-grad.ts';
import { type ImageAttrs, inferPool, isPlain, withoutRounding } from './geometry.ts';
import { type PadLike, type PerAxis, roundedAttrs, withBatch } from './pool-builder.ts';
import { averageWindows } from './windows.ts';

export const AvgPool = defineOp({
  name: 'AvgPool',
  inputs: ['x'],
  attrs: attrs2d,
  infer: ({ x }, attrs) => [inferPool(x, attrs)],
  lowering: [
    { kind: 'kernel', when: (_inputs, attrs) => isPlain(attrs) },
    {
      kind: 'composite',
      expand: ({ x }, attrs) => {
        const same = withoutRounding(x.shape, attrs);
        return same === undefined ? averageWindows(x, attrs) : pooled(x, same);
      },
    },
  ],
  traits: { linear: ['x'], routes: { x: 'part' } },
  gradient: { x: ({ x }, { dy, attrs }) => avgPoolGrad(dy, x, attrs) },
});

const pooled = (x: Sym, attrs: ImageAttrs): Sym => AvgPool.node({ x }, attrs);

/**
 * The average of each window of an image, [batch, height, width, channels], or without the batch. Padding does not count.
 * @throws ShapeError, DTypeError; AttributeError for a rounding mode where the padding is not given in numbers
 */
export function avgPool(
  x: SymLike,
  filterSize: PerAxis,
  strides: PerAxis,
  pad: PadLike,
  dimRoundingMode?: Rounding | null,
): Sym {
  return withBatch(float(x), 4, (batch) => pooled(batch, roundedAttrs(dimRoundingMode, 2, filterSize, strides, pad)));
}

export const doc: OpDoc = {
  summary: 'The average of each window of an image.',
  forward: 'y_i = \\frac{1}{n_i} \\sum_k x_{s i + d k - p}, \\; n_i \\text{ elements that are no padding}',
  gradient: { x: '\\sum_{i, k : \\, s i + d k - p = j} \\bar y_i / n_i' },
  source: 'Dumoulin and Visin, "A guide to convolution arithmetic for deep learning" (2016), section 3',
};
