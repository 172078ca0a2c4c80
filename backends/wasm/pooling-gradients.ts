/** Gradients of maxima of windows in SIMD code: about 4 times as fast as those in JavaScript, which other numbers of channels get. */
import { sizeOf } from '../../engine/index.ts';
import type { PoolAttrs } from '../../ops/pooling/geometry.ts';
import { type OwnKernel, ofFloats } from '../own-kernels.ts';
import { forEachWindow, layoutOf } from '../pooling-kernels.ts';
import { codeOf } from './code/module.ts';
import { floatsOf, outputOf } from './heap.ts';

export const poolingGradients: readonly OwnKernel[] = ['MaxPoolGrad', 'MaxPool3DGrad'].map((op) => ({
  op,
  why: 'gives the cotangent of a tie to its last element',
  when: (inputs) => ofFloats(inputs) && inputs.dy!.shape.at(-1)! % 4 === 0 && sizeOf(inputs.dy!.shape) > 0,
  make: (backend, otherwise) => {
    const run = codeOf(backend)?.procedures.maxPoolGrad;
    if (run === undefined) return otherwise;
    return ({ dy, input }, attrs) => {
      const layout = layoutOf(input!.shape, attrs as unknown as PoolAttrs);
      const { channels, row, slab } = layout;
      const out = outputOf(backend, input!.shape);
      const to = floatsOf(backend, out).fill(0).byteOffset;
      const [x, from] = [floatsOf(backend, input!).byteOffset, floatsOf(backend, dy!).byteOffset];
      const [column, vectors] = [4 * channels, channels / 4];
      forEachWindow(layout, (window, begin, slabs, rows, columns) => {
        const [rowRest, slabRest] = [4 * row - columns * column, 4 * (slab - rows * row)];
        const [at, cotangent] = [4 * begin, from + 4 * window];
        run(to + at, x + at, cotangent, vectors, slabs, rows, columns, column, rowRest, slabRest);
      });
      return out;
    };
  },
}));
