/** The peer: tfjs on wasm, as its users load it. */
import { createRequire } from 'node:module';
import { wasm } from '../backends/wasm/module.ts';

// loaded by `require`, so that there is one tfjs-core, even if other tfjs packages are loaded
const require = createRequire(import.meta.url);
export const tf: typeof import('@tensorflow/tfjs') = require('@tensorflow/tfjs');

/** Starts the wasm backend for both libraries. They share an instance, so that a tf.Tensor is resident for both. */
export async function startWasm(): Promise<void> {
  await wasm.start();
  await tf.setBackend('wasm');
}
