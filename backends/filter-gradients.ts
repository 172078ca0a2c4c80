/**
 * Gradients of convolutions with respect to their filters, in JavaScript on the backend's memory. They sum the terms, one for each window
 * of each image, in double precision. tfjs's kernels sum in float32 and are slow, or are missing.
 */
import type { KernelBackend } from '@tensorflow/tfjs-core';
import type { KernelTensor, Node } from '../engine/index.ts';
import { type WindowAttrs, windowsOf } from '../ops/convolution/geometry.ts';
import { type AddProduct, widthOf, withDoubles } from './long-products.ts';
import type { OwnKernel } from './own-kernels.ts';
import type { Memory } from './pooling-kernels.ts';

/** The windows along an axis, with bound sizes. */
type Axis = { readonly [K in 'size' | 'stride' | 'dilation' | 'before' | 'count']: number };

/**
 * For a filter element along an axis: the windows in which it does not cover padding (first and count), and the input offset `at` that it
 * covers in the first one.
 */
function inside({ size, stride, dilation, before, count }: Axis, tap: number) {
  const offset = tap * dilation - before;
  const first = Math.max(0, Math.ceil(-offset / stride));
  const end = Math.min(count, Math.ceil((size - offset) / stride));
  return { first, count: Math.max(0, end - first), at: first * stride + offset };
}

/** Adds to y (a filter element for all channels) the products of a row of an image and the cotangents of `count` windows. */
type AddRow = (y: Float64Array, width: number, x: Run, dy: Run, channels: number, last: number, count: number) => void;

/** A strided sequence of elements: the offset of the first, and the step between them. */
interface Run {
  readonly elements: Float32Array;
  readonly at: number;
  readonly step: number;
}

const dense =
  (add: AddProduct): AddRow =>
  (y, width, x, dy, channels, outChannels, count) =>
    add(
      y,
      width,
      { elements: x.elements, at: x.at, row: 1, column: x.step },
      { elements: dy.elements, at: dy.at, row: dy.step, column: 1 },
      channels,
      count,
      outChannels,
    );

const depthwise: AddRow = (y, width, x, dy, channels, multiplier, count) => {
  for (let k = 0; k < count; k++)
    for (let c = 0, from = dy.at + k * dy.step; c < channels; c++, from += multiplier) {
      const value = x.elements[x.at + k * x.step + c]!;
      for (let q = 0; q < multiplier; q++) y[c * width + q]! += value * dy.elements[from + q]!;
    }
};

function gradient(
  backend: KernelBackend,
  memory: Memory,
  x: KernelTensor,
  dy: KernelTensor,
  attrs: FilterAttrs,
  addRow: AddRow,
): KernelTensor {
  const [height, width, channels, last] = attrs.filterShape as readonly [number, number, number, number];
  const [batch, rows, columns] = x.shape as readonly [number, number, number];
  const [vertical, horizontal] = windowsOf(x.shape, [height, width], attrs) as unknown as readonly [Axis, Axis];
  const step = dy.shape[3]!;
  const wide = widthOf(last);
  const dw = memory.create(attrs.filterShape, 'float32');
  withDoubles(backend, memory, channels * wide, (y) => {
    const [to, xs, dys] = [dw, x, dy].map((tensor) => memory.floats(tensor)) as [Floats, Floats, Floats];
    for (let tap = 0; tap < height * width; tap++) {
      const [down, right] = [inside(vertical, Math.floor(tap / width)), inside(horizontal, tap % width)];
      y.fill(0);
      for (let image = 0; image < batch; image++)
        for (let i = 0; i < down.count && right.count > 0; i++) {
          const from = (image * rows + down.at + i * vertical.stride) * columns + right.at;
          const window = (image * vertical.count + down.first + i) * horizontal.count + right.first;
          const of = { elements: xs, at: from * channels, step: horizontal.stride * channels };
          addRow(y, wide, of, { elements: dys, at: window * step, step }, channels, last, right.count);
        }
      for (let c = 0; c < channels; c++) to.set(y.subarray(c * wide, c * wide + last), (tap * channels + c) * last);
    }
  });
  return dw;
}

type Floats = Float32Array;

interface FilterAttrs extends WindowAttrs {
  readonly filterShape: readonly number[];
}

/** The kernels of this file; they require channels last. */
export const FILTER_GRADIENTS: readonly string[] = ['Conv2DBackpropFilter', 'DepthwiseConv2dNativeBackpropFilter'];

/** Whether these kernels compute a node of their ops. */
export const computesFilterGradient = ({ attrs }: Node): boolean => attrs.dataFormat === 'NHWC';

export const filterGradients = (
  memoryOf: (backend: KernelBackend) => Memory,
  addOf: (backend: KernelBackend) => AddProduct,
): readonly OwnKernel[] =>
  FILTER_GRADIENTS.map((op) => ({
    op,
    why: 'slow, sums in one float32, or missing',
    complete: true,
    make: (backend) => {
      const memory = memoryOf(backend);
      const addRow = op === 'Conv2DBackpropFilter' ? dense(addOf(backend)) : depthwise;
      return ({ x, dy }, attrs) => gradient(backend, memory, x!, dy!, attrs as unknown as FilterAttrs, addRow);
    },
  }));
