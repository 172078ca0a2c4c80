/** The oracle for ordinary precision: tfjs as its users have it, with the cpu and wasm backends. */
import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';

// By require: tfjs-core then exists once, with all gradients, whoever else of the tfjs packages is loaded.
const require = createRequire(import.meta.url);
export const tf: typeof import('@tensorflow/tfjs') = require('@tensorflow/tfjs');
const wasm: typeof import('@tensorflow/tfjs-backend-wasm') = require('@tensorflow/tfjs-backend-wasm');

tf.env().set('PROD', true); // or else the cpu backend prints an advertisement
wasm.setWasmPaths(dirname(require.resolve('@tensorflow/tfjs-backend-wasm')) + sep);

/** tfjs on this backend. It is tfjs's global choice, so whoever used another before has lost it. */
export async function useTf(backend: 'cpu' | 'wasm'): Promise<typeof tf> {
  if (!(await tf.setBackend(backend))) throw new Error(`tfjs cannot start its backend ${backend}`);
  await tf.ready();
  return tf;
}
