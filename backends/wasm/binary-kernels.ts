/**
 * Binary kernels in JavaScript on the wasm heap, where tfjs's are wrong for some values: Maximum and Minimum ignore a NaN operand, int32
 * division by 0 traps or gives -2^31, int32 powers saturate where other ops wrap. tfjs's kernels have no vector instructions and are no
 * faster. XNNPACK's kernels support six dimensions: for more, they print an error and return uninitialised memory.
 */
import type { KernelBackend } from '@tensorflow/tfjs-core';
import { broadcastShapes, type KernelTensor, sizeOf } from '../../engine/index.ts';
import type { OwnKernel } from '../own-kernels.ts';
import { floatsOf, intsOf, outputOf } from './heap.ts';

type Operand = Float32Array | Int32Array;
/** A loop over the result; an operand that is shorter than it repeats. */
type Loop = (out: Operand, a: Operand, b: Operand, n: number) => void;

const FLOATS: Readonly<Record<string, Loop>> = {
  Maximum: (out, a, b, n) => {
    const [p, q] = [a.length, b.length];
    for (let i = 0; i < n; i++) out[i] = Math.max(a[p === n ? i : i % p]!, b[q === n ? i : i % q]!);
  },
  Minimum: (out, a, b, n) => {
    const [p, q] = [a.length, b.length];
    for (let i = 0; i < n; i++) out[i] = Math.min(a[p === n ? i : i % p]!, b[q === n ? i : i % q]!);
  },
};

const loopOf =
  (f: (x: number, y: number) => number): Loop =>
  (out, a, b, n) => {
    const [p, q] = [a.length, b.length];
    for (let i = 0; i < n; i++) out[i] = f(a[p === n ? i : i % p]!, b[q === n ? i : i % q]!);
  };

const MAX_XNNPACK_RANK = 6;
/** Kernels for floats with more dimensions. */
const OF_HIGH_RANK: Readonly<Record<string, Loop>> = {
  Add: loopOf((x, y) => x + y),
  Sub: loopOf((x, y) => x - y),
  Multiply: loopOf((x, y) => x * y),
  RealDiv: loopOf((x, y) => x / y),
  SquaredDifference: loopOf((x, y) => (x - y) ** 2),
};

// `| 0` gives the processor's integer division, and 0 for a division by 0
const INTEGERS: Readonly<Record<string, Loop>> = {
  FloorDiv: (out, a, b, n) => {
    const [p, q] = [a.length, b.length];
    for (let i = 0; i < n; i++) {
      const [x, y] = [a[p === n ? i : i % p]!, b[q === n ? i : i % q]!];
      const quotient = (x / y) | 0;
      out[i] = y !== 0 && x < 0 !== y < 0 && quotient * y !== x ? quotient - 1 : quotient;
    }
  },
  Mod: (out, a, b, n) => {
    const [p, q] = [a.length, b.length];
    for (let i = 0; i < n; i++) {
      const y = b[q === n ? i : i % q]!;
      const remainder = (a[p === n ? i : i % p]! % y) | 0;
      out[i] = remainder !== 0 && remainder < 0 !== y < 0 ? remainder + y : remainder;
    }
  },
  Pow: (out, a, b, n) => {
    const [p, q] = [a.length, b.length];
    for (let i = 0; i < n; i++) out[i] = a[p === n ? i : i % p]! ** b[q === n ? i : i % q]!;
  },
};

type Operands = Record<'a' | 'b', KernelTensor>;
const rows = (
  loops: Readonly<Record<string, Loop>>,
  why: string,
  when: (operands: Operands) => boolean,
): readonly OwnKernel[] =>
  Object.entries(loops).map(([op, loop]) => ({
    op,
    why,
    when: (inputs) => when(inputs as Operands),
    make: (backend) => (inputs) => compute(backend, loop, inputs as Operands),
  }));

export const binaryKernels: readonly OwnKernel[] = [
  ...rows(FLOATS, 'ignores a NaN operand', ({ a }) => a.dtype === 'float32'),
  ...rows(INTEGERS, 'divisions by 0 trap, powers do not wrap', ({ a }) => a.dtype !== 'float32'),
  ...rows(
    OF_HIGH_RANK,
    'XNNPACK supports six dimensions',
    ({ a, b }) => a.dtype === 'float32' && Math.max(a.shape.length, b.shape.length) > MAX_XNNPACK_RANK,
  ),
];

function compute(backend: KernelBackend, loop: Loop, { a, b }: Operands): KernelTensor {
  const dtype = a.dtype as 'float32' | 'int32';
  const elementsOf = dtype === 'float32' ? floatsOf : intsOf;
  const shape = broadcastShapes(a.shape, b.shape) as readonly number[];
  // allocate the output first, since allocation may move the heap
  const out = outputOf(backend, shape, dtype);
  const operand = (x: KernelTensor): Operand => spread(elementsOf(backend, x), x.shape, shape);
  loop(elementsOf(backend, out), operand(a), operand(b), sizeOf(shape));
  return out;
}

/** The elements of an operand, expanded unless repeating them as a whole is the broadcast. */
function spread(elements: Operand, from: readonly number[], to: readonly number[]): Operand {
  const dims = from.slice(from.findIndex((d) => d !== 1));
  if (elements.length === 1 || dims.every((d, i) => d === to[to.length - dims.length + i])) return elements;
  const result = elements instanceof Int32Array ? new Int32Array(sizeOf(to)) : new Float32Array(sizeOf(to));
  const lead = to.length - from.length;
  const strides = to.map((_, i) => (from[i - lead] === to[i] ? sizeOf(from.slice(i - lead + 1)) : 0));
  const index = to.map(() => 0);
  let offset = 0;
  for (let i = 0; i < result.length; i++) {
    result[i] = elements[offset]!;
    for (let axis = to.length - 1; axis >= 0; axis--) {
      offset += strides[axis]!;
      if (++index[axis]! < to[axis]!) break;
      offset -= strides[axis]! * to[axis]!;
      index[axis] = 0;
    }
  }
  return result;
}
