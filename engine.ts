/** What authors of ops, passes and backends import, as 'retrograph/engine': the engine whole, and what many ops share. */
export * from './engine/index.ts';
export { binary, binarySamples, inferBinary } from './ops/elementwise/binary.ts';
export { float, gate, inferUnary, isIntegral, unarySamples } from './ops/elementwise/unary.ts';
export { type Axes, toAxes, toAxis } from './ops/shape/axis.ts';
