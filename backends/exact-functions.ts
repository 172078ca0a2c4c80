/**
 * Functions for which tfjs's kernels are wrong somewhere in float32's range, in JavaScript on the backend's memory. On wasm log1p(1e-6) is
 * off by 5 %, sin(-1e-7) has the wrong sign, cos(1e4) has five digits, and prelu also multiplies the elements that it does not select. On
 * cpu erf(1e-10) is ten times too large, elu and selu of -1e-10 are 0, and pow(1, Infinity) is NaN. On both mod(-1e-30, 1) is 0.
 */
import type { KernelBackend } from '@tensorflow/tfjs-core';
import { broadcastShapes, sizeOf } from '../engine/index.ts';
import { scalar } from '../engine/scalar/build.ts';
import { type CompiledScalar, compileScalar } from '../engine/scalar/evaluate.ts';
import { type NamedKernel, type OwnKernel, ofFloats } from './own-kernels.ts';
import type { Memory } from './pooling-kernels.ts';

type Loop = (from: Float32Array, to: Float32Array) => void;

const each =
  (f: (x: number) => number): Loop =>
  (from, to) => {
    for (let i = 0; i < from.length; i++) to[i] = f(from[i]!);
  };

const evaluateErf = compileScalar(scalar.erf(scalar.input(0)), 'float64');

/** selu's lambda, and lambda alpha. */
const [SCALE, SCALED_ALPHA] = [1.0507009873554805, 1.0507009873554805 * 1.6732632423543772];

const LOOPS = {
  Cos: each(Math.cos),
  Elu: each((x) => (x >= 0 ? x : Math.expm1(x))),
  Erf: (from, to) => evaluateErf([from], from.length, to),
  Log1p: each(Math.log1p),
  Selu: each((x) => (x >= 0 ? SCALE * x : SCALED_ALPHA * Math.expm1(x))),
  // tfjs's kernels turn NaN into 0
  Sign: each(Math.sign),
  Sin: each(Math.sin),
} satisfies Readonly<Record<string, Loop>>;

/** A function of two inputs, with their names. */
type Pair = readonly [first: string, second: string, evaluate: CompiledScalar];

const [first, second] = [scalar.input(0), scalar.input(1)];
const PAIRS = {
  Mod: ['a', 'b', compileScalar(scalar.mod(first, second), 'float64')],
  Pow: ['a', 'b', compileScalar(scalar.pow(first, second), 'float64')],
  Prelu: ['x', 'alpha', compileScalar(scalar.select(scalar.lt(first, 0), scalar.mul(second, first), first), 'float64')],
} satisfies Readonly<Record<string, Pair>>;

/** The values broadcast to a shape; unchanged if they are of one element or of the full size. */
function broadcast(values: Float32Array, from: readonly number[], to: readonly number[]): Float32Array {
  if (values.length === 1 || values.length === sizeOf(to)) return values;
  const shape = [...to.slice(from.length).map(() => 1), ...from];
  const out = new Float32Array(sizeOf(to));
  for (let i = 0; i < out.length; i++) {
    let [rest, index, stride] = [i, 0, 1];
    for (let axis = to.length - 1; axis >= 0; axis--) {
      if (shape[axis] !== 1) index += (rest % to[axis]!) * stride;
      rest = Math.floor(rest / to[axis]!);
      stride *= shape[axis]!;
    }
    out[i] = values[index]!;
  }
  return out;
}

const exactPair =
  (memory: Memory, [first, second, evaluate]: Pair): NamedKernel =>
  ({ [first]: a, [second]: b }) => {
    const shape = broadcastShapes(a!.shape, b!.shape) as readonly number[];
    const out = memory.create(shape, 'float32');
    const operands = [a!, b!].map((x) => broadcast(memory.floats(x), x.shape, shape));
    evaluate(operands, sizeOf(shape), memory.floats(out));
    return out;
  };

const exactFunction =
  (memory: Memory, loop: Loop): NamedKernel =>
  ({ x }) => {
    // allocate the output first, since allocation may move the heap
    const out = memory.create(x!.shape, 'float32');
    const to = memory.floats(out);
    loop(memory.floats(x!), to);
    return out;
  };

/** Exact kernels for float32, in place of tfjs's kernels of these names. */
export const exactFunctions = (
  memoryOf: (backend: KernelBackend) => Memory,
  names: readonly (keyof typeof LOOPS | keyof typeof PAIRS)[],
): readonly OwnKernel[] =>
  names.map((op) => ({
    op,
    why: "wrong somewhere in float32's range",
    when: ofFloats,
    make: (backend) =>
      op in PAIRS
        ? exactPair(memoryOf(backend), PAIRS[op as keyof typeof PAIRS] as Pair)
        : exactFunction(memoryOf(backend), LOOPS[op as keyof typeof LOOPS]),
  }));
