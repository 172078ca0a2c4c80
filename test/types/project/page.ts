// A page, whose worker is a `Worker` of the DOM.
import { setWasmPaths } from 'retrograph/backends/wasm';
import { sgd } from 'retrograph/optimizers';
import { createWorkerProgram, workerBackend } from 'retrograph/worker';
import { loss } from './program.ts';

setWasmPaths('/wasm/');
const worker = () => new Worker(new URL('./worker.js', import.meta.url), { type: 'module' }); // it imports 'retrograph/worker/serve'
const step = await createWorkerProgram(
  { loss },
  { backend: 'webgl', worker, updates: sgd({ learningRate: 0.1 }).minimize(loss) },
);
const use = await createWorkerProgram({ loss }, { variables: step.variables });
const weights: Uint8Array = await step.variables.toBytes();
const { signal } = new AbortController();
document.title = String((await use.run({ x: [[1, 2]], y: [[1]] }, { signal })).loss.item() + weights.length);
await use.variables.fromBytes(new Blob(['...']), { partial: true });
await workerBackend({ worker: new Worker('./worker.js') });
// @ts-expect-error: an image is no worker
await workerBackend({ worker: new Image() });
