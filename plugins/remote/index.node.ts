/** Worker threads of Node. */
import { Worker } from 'node:worker_threads';
import { nodePort } from './node-port.ts';
import { makeWorkerFace } from './worker-program.ts';

export type { RemoteBackend } from './remote-backend.ts';
export type { WorkerOptions, WorkerProgramOptions } from './worker-program.ts';

const script = new URL(`./serve.node.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url);

export const { workerBackend, createWorkerProgram } = makeWorkerFace<Worker>(
  nodePort,
  // with the options of this process: what lets it read TypeScript is among them
  () => new Worker(script, { execArgv: process.execArgv }),
);
