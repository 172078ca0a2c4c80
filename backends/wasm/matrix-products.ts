/**
 * Matrix products by generated code, which reads both operands as they lie. tfjs's kernels prepare an XNNPACK operator for each new right
 * operand, and are 12 to 31 times slower for transposed and batched operands.
 */
import type { KernelBackend } from '@tensorflow/tfjs-core';
import { broadcastShapes, type KernelTensor, sizeOf } from '../../engine/index.ts';
import { LONG, termsOfProduct } from '../long-reductions.ts';
import type { NamedKernel, NamedTensors, OwnKernel } from '../own-kernels.ts';
import { type BackendCode, codeOf, EDGE_ROWS } from './code/module.ts';
import { bits, clip } from './function-kernels.ts';
import { floatsOf, outputOf, threadsOf } from './heap.ts';

/** A matrix on the heap: its address, and the strides of rows and columns, in bytes. A row that is repeated has the stride 0. */
interface Matrix {
  readonly at: number;
  readonly row: number;
  readonly column: number;
}

interface Product {
  readonly to: number;
  readonly left: Matrix;
  readonly right: Matrix;
  readonly start: Matrix;
  /** The bits of the least result. */
  readonly low: number;
}

/** With fewer rows, packing the right operand costs more than it saves. */
const PACKED_ROWS = 5;

/**
 * Writes max(start + left right, low) to `to`, in panels of 8 columns, of which the last may have 4.
 * @param heap the floats of the whole heap
 * @param start a row that is added to each row; its end and those of the operands' rows are read up to 28 bytes beyond
 */
function multiply(
  { procedures: code, buffers: { packed, edge } }: BackendCode,
  heap: Float32Array,
  { to, left, right, start, low }: Product,
  [rows, terms, columns]: readonly [rows: number, terms: number, columns: number],
): void {
  for (let j = 0; j < columns; j += 8) {
    const count = Math.min(8, columns - j);
    const [width, panel, packRows, packColumns] =
      count > 4
        ? [8, code.panel2, code.packRows2, code.packColumns2]
        : [4, code.panel1, code.packRows1, code.packColumns1];
    let [at, stride] = [right.at + j * right.column, right.row];
    if (right.column !== 4 || rows >= PACKED_ROWS) {
      if (right.column === 4) packRows(packed, at, stride, terms);
      else packColumns(packed, at, right.column, terms, count);
      [at, stride] = [packed, 4 * width];
    }
    const [y, first] = [to + 4 * j, start.at + j * start.column];
    const { row, column } = left;
    if (count === width)
      panel(y, 4 * columns, left.at, row, column, at, stride, terms, first, low, rows >> 2, rows & 3);
    else
      for (let i = 0; i < rows; i += EDGE_ROWS) {
        const some = Math.min(EDGE_ROWS, rows - i);
        const from = left.at + i * row;
        panel(edge, 4 * width, from, row, column, at, stride, terms, first, low, some >> 2, some & 3);
        for (let r = 0; r < some; r++)
          for (let c = 0; c < count; c++) heap[y / 4 + (i + r) * columns + c] = heap[edge / 4 + width * r + c]!;
      }
  }
}

/** Multiplications from which several threads of XNNPACK are faster, for one plain product. */
const LARGE = 2 ** 22;

const isPlain = ({ a, b }: NamedTensors, { transposeA, transposeB }: Readonly<Record<string, unknown>>): boolean =>
  !transposeA && !transposeB && sizeOf(a!.shape.slice(0, -2)) === 1 && sizeOf(b!.shape.slice(0, -2)) === 1;

/** The matrices of a batch, as strides: the i-th is `size` times i further, modulo the batch. */
function matricesOf(backend: KernelBackend, tensor: KernelTensor, transposed: unknown): (i: number) => Matrix {
  const { byteOffset, byteLength } = floatsOf(backend, tensor);
  const [rows, columns] = tensor.shape.slice(-2) as [number, number];
  const [row, column] = transposed ? [4, 4 * columns] : [4 * columns, 4];
  return (i) => ({ at: byteOffset + ((4 * rows * columns * i) % byteLength), row, column });
}

function own(backend: KernelBackend, code: BackendCode): NamedKernel {
  return (inputs, { transposeA, transposeB, activation }) => {
    const { a, b, bias } = inputs as Record<'a' | 'b', KernelTensor> & { readonly bias?: KernelTensor };
    const terms = termsOfProduct(a.shape, transposeA) as number;
    const [rows, columns] = [a.shape.at(transposeA ? -1 : -2)!, b.shape.at(transposeB ? -2 : -1)!];
    const batch = broadcastShapes(a.shape.slice(0, -2), b.shape.slice(0, -2)) as readonly number[];
    const out = outputOf(backend, [...batch, rows, columns]);
    const [count, size] = [sizeOf(batch), rows * columns];
    if (count * size === 0) return out;
    const [y, added] = [floatsOf(backend, out), bias && floatsOf(backend, bias)];
    const low = activation === 'relu' ? 0 : Number.NEGATIVE_INFINITY;
    if (terms === 0) {
      for (let i = 0; i < y.length; i++) y[i] = Math.max(added?.[i % columns] ?? 0, low);
      return out;
    }
    const start = { at: added?.byteOffset ?? code.buffers.zeros, row: 0, column: added === undefined ? 0 : 4 };
    const [left, right] = [matricesOf(backend, a, transposeA), matricesOf(backend, b, transposeB)];
    const heap = new Float32Array(y.buffer);
    for (let i = 0; i < count; i++)
      multiply(code, heap, { to: y.byteOffset + 4 * size * i, left: left(i), right: right(i), start, low: bits(low) }, [
        rows,
        terms,
        columns,
      ]);
    return out;
  };
}

/** tfjs's fused kernel, with a relu that keeps NaN. */
function withRelu(backend: KernelBackend, otherwise: NamedKernel): NamedKernel {
  return (inputs, attrs) => {
    const y = otherwise(inputs, { ...attrs, activation: 'linear' }) as KernelTensor;
    const elements = floatsOf(backend, y);
    if (attrs.activation === 'relu') clip(backend, elements, elements, 0, Number.POSITIVE_INFINITY);
    return y;
  };
}

export const matrixProducts: readonly OwnKernel[] = ['BatchMatMul', '_FusedMatMul'].map((op) => ({
  op,
  why: 'prepares each new right operand, and is slow for transposed and batched operands',
  when: ({ a }, { transposeA }) => (termsOfProduct(a!.shape, transposeA) as number) <= LONG,
  make: (backend, otherwise) => {
    const code = codeOf(backend);
    const theirs = withRelu(backend, otherwise);
    if (code === undefined) return theirs;
    const ours = own(backend, code);
    if (threadsOf(backend) < 3) return ours;
    return (inputs, attrs) => {
      const isLarge = sizeOf(inputs.a!.shape) * inputs.b!.shape.at(-1)! >= LARGE;
      return (isLarge && isPlain(inputs, attrs) ? theirs : ours)(inputs, attrs);
    };
  },
}));
