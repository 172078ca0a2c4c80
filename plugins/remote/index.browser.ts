/** Workers of pages. */
import { BackendError } from '../../engine/index.ts';
import { type WebWorker, webPort } from './port.ts';
import { makeWorkerFace } from './worker-program.ts';

export type { WebWorker } from './port.ts';
export type { RemoteBackend } from './remote-backend.ts';
export type { WorkerOptions, WorkerProgramOptions } from './worker-program.ts';

export const { workerBackend, createWorkerProgram } = makeWorkerFace<WebWorker>(webPort, () => {
  throw new BackendError(
    "pages say where a worker's script is: { worker: () => new Worker(new URL('./worker.js', import.meta.url), { type: 'module' }) }, a script that imports 'retrograph/worker/serve'",
  );
});
