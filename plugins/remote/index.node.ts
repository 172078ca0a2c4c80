/** Worker threads of Node, and web workers for browser bundles that are made from the Node entry. */
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { isSource, packageFile } from '../package-file.ts';
import { nodePort, type Thread } from './node-port.ts';
import { type WebWorker, webPort } from './port.ts';
import { makeWorkerFace } from './worker-program.ts';

export type { Thread } from './node-port.ts';
export type { WebWorker } from './port.ts';
export type { RemoteBackend } from './remote-backend.ts';
export type { WorkerOptions, WorkerProgramOptions } from './worker-program.ts';

function startWorker(): Worker {
  const find = (path: string): string => packageFile(import.meta.url, path);
  // in a checkout, threads run the sources too
  return isSource(import.meta.url)
    ? new Worker(find('serve.node.ts'), { execArgv: [`--import=${pathToFileURL(find('../../scripts/source.mjs'))}`] })
    : new Worker(find('serve.node.js'), { execArgv: [] });
}

export const { workerBackend, createWorkerProgram } = makeWorkerFace<Thread | WebWorker>(
  (worker) => ('on' in worker ? nodePort(worker) : webPort(worker)),
  startWorker,
);
