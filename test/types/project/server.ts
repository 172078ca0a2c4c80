// A server, which may bring a worker thread of its own.
import { Worker } from 'node:worker_threads';
import { chooseBackend, use } from 'retrograph';
import { createWorkerProgram } from 'retrograph/worker';
import { loss, plugin } from './program.ts';

use(plugin);
const worker = () => new Worker(new URL('./worker.js', import.meta.url));
const program = await createWorkerProgram({ loss }, { worker, backend: 'wasm', seed: 1 });
await program.variables.load('weights.safetensors', { rename: (name) => name.replace('model/', '') });
process.stdout.write(`${(await chooseBackend()).backend.name} ${(await program.run()).loss.item()}`);
// @ts-expect-error: a process is no worker
await createWorkerProgram({ loss }, { worker: process });
