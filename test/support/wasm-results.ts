// Prints results of wasm as JSON: products, fused and not, and functions. With --without-simd, of the binary that has no SIMD.
import '@tensorflow/tfjs-backend-wasm'; // registers the flag
import * as tf from '@tensorflow/tfjs-core';
import { wasm } from '../../backends/wasm/module.ts';
import { compile, Graph } from '../../index.node.ts';
import { add, clipByValue, erf, exp, log, matMul, relu, sigmoid, sum, tanh } from '../../ops/index.ts';

if (process.argv.includes('--without-simd')) tf.env().set('WASM_HAS_SIMD_SUPPORT', false);

const g = new Graph();
const [x, w, b] = [g.placeholder('x', [7, 5]), g.placeholder('w', [5, 6]), g.placeholder('b', [6])];
const long = g.placeholder('long', [2, 5000]);
const results = {
  plain: matMul(x, w),
  left: matMul(x, x, true, false),
  right: matMul(x, x, false, true),
  fused: relu(add(matMul(x, w), b)),
  long: matMul(long, long, false, true),
  sums: sum(long, 1),
  clipped: clipByValue(x, -0.5, 0.5),
  functions: add(add(exp(x), tanh(x)), add(sigmoid(x), erf(x))),
  logs: log(exp(x)),
};
const program = await compile(results, { backend: wasm });
const wave = (n: number): Float32Array => Float32Array.from({ length: n }, (_, i) => Math.sin(i + 1));
const values = await program.run({ x: wave(35), w: wave(30), b: wave(6), long: wave(10_000) });
console.log(JSON.stringify(Object.fromEntries(Object.entries(values).map(([name, { data }]) => [name, [...data]]))));
