/**
 * Functions that tfjs's kernels get wrong somewhere in float32's range, in JavaScript on the memory of a backend: on wasm log1p(1e-6) is
 * off by 5 %, sin(-1e-7) has the wrong sign, cos(1e4) has five digits; on cpu erf(1e-10) is ten times too large; elu and selu of
 * -1e-10 are 0.
 */
import type { KernelBackend } from '@tensorflow/tfjs-core';
import type { Kernel, KernelTensor } from '../engine/index.ts';
import { compileScalar, scalar } from '../engine/scalar.ts';
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
  // as the reference evaluator: the sign of NaN is 0
  Sign: each((x) => (x > 0 ? 1 : x < 0 ? -1 : 0)),
  Sin: each(Math.sin),
} satisfies Readonly<Record<string, Loop>>;

/** A wrapper that puts exact functions of floats in the place of the kernels of these names. */
export const withExactFunctions =
  (memoryOf: (backend: KernelBackend) => Memory, names: readonly (keyof typeof LOOPS)[]) =>
  (name: string, kernel: Kernel, backend: KernelBackend): Kernel => {
    const loop: Loop | undefined = names.includes(name as keyof typeof LOOPS)
      ? LOOPS[name as keyof typeof LOOPS]
      : undefined;
    if (loop === undefined) return kernel;
    const memory = memoryOf(backend);
    return (inputs, attrs) => {
      const { x } = inputs as Record<'x', KernelTensor>;
      if (x.dtype !== 'float32') return kernel(inputs, attrs);
      // the output first: allocating may move the heap
      const out = memory.create(x.shape, 'float32');
      const to = memory.floats(out);
      loop(memory.floats(x), to);
      return out;
    };
  };
