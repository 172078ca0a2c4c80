/** The entry 'retrograph/engine' for authors of ops, passes and backends: the whole engine, and helpers that many ops share. */
export * from './engine/index.ts';
export { binarySamples } from './ops/elementwise/binary.samples.ts';
export { binary, inferBinary } from './ops/elementwise/binary.ts';
export { unarySamples } from './ops/elementwise/unary.samples.ts';
export { float, gate, inferUnary, isIntegral } from './ops/elementwise/unary.ts';
export * from './ops/sample.ts';
export { type Axes, toAxes, toAxis } from './ops/shape/axis.ts';
