/** The peer: tfjs as its users have it, on wasm. */
import { createRequire } from 'node:module';
import { wasm } from '../backends/wasm/module.ts';

// By require: tfjs-core then exists once, whoever else of the tfjs packages is loaded.
const require = createRequire(import.meta.url);
export const tf: typeof import('@tensorflow/tfjs') = require('@tensorflow/tfjs');

/** Both libraries then share one instance of the wasm backend, so that a tf.Tensor is resident for both. */
export async function startWasm(): Promise<void> {
  await wasm.start();
  await tf.setBackend('wasm');
}
