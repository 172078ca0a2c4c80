/** Worker threads of Node. */
import { Worker } from 'node:worker_threads';
import { nodePort } from './node-port.ts';
import { makeWorkerFace } from './worker-program.ts';

export type { RemoteBackend } from './remote-backend.ts';
export type { WorkerOptions, WorkerProgramOptions } from './worker-program.ts';

/** In a checkout threads read the sources, as its command line does. */
const inCheckout = import.meta.url.endsWith('.ts');
const script = new URL(`./serve.node.${inCheckout ? 'ts' : 'js'}`, import.meta.url);
const execArgv = inCheckout ? [`--import=${new URL('../../scripts/source.mjs', import.meta.url)}`] : [];

export const { workerBackend, createWorkerProgram } = makeWorkerFace<Worker>(
  nodePort,
  () => new Worker(script, { execArgv }),
);
