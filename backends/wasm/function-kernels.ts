/**
 * Functions of single elements in SIMD code. Clipping keeps NaN: XNNPACK's returns the lower bound for it, and its relu 0 for a NaN with the
 * sign bit set, such as 0 / 0.
 * tfjs's other kernels compute one element at a time: for a million floats, exp takes them 14 ms and tanh 33 ms, where a whole run takes
 * 6 and 8 ms here.
 */
import type { KernelBackend } from '@tensorflow/tfjs-core';
import { type KernelAttrs, type OwnKernel, ofFloats } from '../own-kernels.ts';
import { type BackendCode, codeOf } from './code/module.ts';
import { floatsOf, heapOf, outputOf } from './heap.ts';

/** The bits of a float, as an i32. */
export const bits = (x: number): number => new Int32Array(Float32Array.of(x).buffer)[0]!;

/** Keeps NaN and -0, as the vector code does. */
// biome-ignore lint/complexity/useMathMinMax: see above
const bounded = (x: number, low: number, high: number): number => (x < low ? low : x > high ? high : x);

/** Writes min(max(x, low), high) from one array on the heap to another, which may be the same. */
export function clip(backend: KernelBackend, from: Float32Array, to: Float32Array, low: number, high: number): void {
  const code = codeOf(backend);
  if (code !== undefined) apply(backend, code, 'clip', from, to, bits(low), bits(high));
  else for (let i = 0; i < from.length; i++) to[i] = bounded(from[i]!, low, high);
}

type FunctionName = 'clip' | 'erf' | 'exp' | 'log' | 'sigmoid' | 'tanh';

/** Applies a function from one array on the heap to another. The elements after the last whole vector go through a buffer. */
function apply(
  backend: KernelBackend,
  { procedures, buffers }: BackendCode,
  name: FunctionName,
  from: Float32Array,
  to: Float32Array,
  ...further: readonly number[]
): void {
  const run = procedures[name];
  const vectors = from.length >> 2;
  if (vectors > 0) run(to.byteOffset, from.byteOffset, vectors, ...further);
  const rest = from.subarray(4 * vectors);
  if (rest.length === 0) return;
  const buffer = new Float32Array(heapOf(backend).buffer, buffers.edge, 4);
  buffer.set(rest);
  run(buffers.edge, buffers.edge, 1, ...further);
  to.set(buffer.subarray(0, rest.length), 4 * vectors);
}

type Bounds = (attrs: KernelAttrs) => readonly [low: number, high: number];

const BOUNDS: Readonly<Record<string, Bounds>> = {
  ClipByValue: ({ clipValueMin, clipValueMax }) => [clipValueMin as number, clipValueMax as number],
  Relu: () => [0, Infinity],
  Relu6: () => [0, 6],
};

const clips = Object.entries(BOUNDS).map(
  ([op, bounds]): OwnKernel => ({
    op,
    why: 'returns a bound for NaN',
    when: ofFloats,
    make:
      (backend) =>
      ({ x }, attrs) => {
        // allocate the output first, since allocation may move the heap
        const out = outputOf(backend, x!.shape);
        clip(backend, floatsOf(backend, x!), floatsOf(backend, out), ...bounds(attrs));
        return out;
      },
  }),
);

const NAMES: Readonly<Record<string, FunctionName>> = {
  Erf: 'erf',
  Exp: 'exp',
  Log: 'log',
  Sigmoid: 'sigmoid',
  Tanh: 'tanh',
};

const functions = Object.entries(NAMES).map(
  ([op, name]): OwnKernel => ({
    op,
    why: 'computes one element at a time',
    when: ofFloats,
    make: (backend, otherwise) => {
      const code = codeOf(backend);
      if (code === undefined) return otherwise;
      return ({ x }) => {
        const out = outputOf(backend, x!.shape);
        apply(backend, code, name, floatsOf(backend, x!), floatsOf(backend, out));
        return out;
      };
    },
  }),
);

export const functionKernels: readonly OwnKernel[] = [...clips, ...functions];
