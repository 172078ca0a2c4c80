/** Programs that run in a worker, so that they do not block a page or a server. */
import type { WasmPaths } from '../../backends/wasm/module.ts';
import type { CompileOptions, Program, Sym } from '../../engine/index.ts';
import { BackendError, COMPILE_OPTIONS, compile, expose, ProgramStateError } from '../../engine/index.ts';
import type { Port } from './port.ts';
import { RemoteBackend } from './remote-backend.ts';
import { targets } from './targets.ts';

export interface WorkerOptions<W> {
  /** The backend's name. Default 'wasm'. An unavailable backend throws when it starts. */
  readonly backend?: string;
  /** A worker whose script is 'retrograph/worker/serve', or a function that makes one. In Node there is a default. */
  readonly worker?: W | (() => W);
  /** The URLs of the wasm files, for pages. Default: beside the worker's script. */
  readonly wasmPaths?: WasmPaths;
}

export type WorkerProgramOptions<W> = Omit<CompileOptions, 'backend'> & WorkerOptions<W>;

export interface WorkerFace<W> {
  /**
   * A backend in a worker, for `compile` and for a variables store. The worker ends when all programs and stores on it are disposed of.
   * @throws BackendError for a name that workers do not know
   */
  workerBackend(options?: WorkerOptions<W>): Promise<RemoteBackend>;
  /**
   * Compiles outputs and updates in this thread, to run in a worker. The program is the same as that of `compile`, without `runSync`,
   * `steps` and tensors. A program that shares another's variables shares its worker.
   */
  createWorkerProgram<O extends Readonly<Record<string, Sym>>>(
    outputs: O,
    options?: WorkerProgramOptions<W>,
  ): Promise<Program<O>>;
}

/** In the format of expose(). */
const WORKER_OPTIONS = 'backend?:s,worker?:of,wasmPaths?:so';

/** @param standard makes the worker if none is given */
export function makeWorkerFace<W extends object>(toPort: (worker: W) => Port, standard: () => W): WorkerFace<W> {
  const workerBackend = async ({ backend = 'wasm', worker, wasmPaths }: WorkerOptions<W> = {}) => {
    const load = Object.hasOwn(targets, backend) ? targets[backend] : undefined;
    if (load === undefined)
      throw new BackendError(`workers have no backend '${backend}'; they have ${Object.keys(targets).join(', ')}`);
    return new RemoteBackend({
      target: await load(),
      connect: connector(worker ?? standard, toPort),
      endsWhenUnused: true,
      ...(wasmPaths !== undefined && { settings: { wasmPaths } }),
    });
  };
  const createWorkerProgram: WorkerFace<W>['createWorkerProgram'] = async (
    outputs,
    { backend: name, worker, wasmPaths, ...options } = {},
  ) => {
    const { variables } = options;
    if (variables !== undefined) {
      if (!(variables.backend instanceof RemoteBackend))
        throw new ProgramStateError(`the variables are in this thread, on '${variables.backend.name}'`);
      return compile(outputs, { ...options, backend: variables.backend });
    }
    const backend = await workerBackend({
      ...(name !== undefined && { backend: name }),
      ...(worker !== undefined && { worker }),
      ...(wasmPaths !== undefined && { wasmPaths }),
    });
    try {
      return await compile(outputs, { ...options, backend });
    } catch (e) {
      await backend.stop();
      throw e;
    }
  };
  return {
    workerBackend: expose('workerBackend', `options?:{${WORKER_OPTIONS}}`, workerBackend),
    createWorkerProgram: expose(
      'createWorkerProgram',
      `outputs:r options?:{${COMPILE_OPTIONS},${WORKER_OPTIONS}}`,
      createWorkerProgram,
    ),
  };
}

function connector<W extends object>(worker: W | (() => W), toPort: (worker: W) => Port): () => Promise<Port> {
  if (typeof worker === 'function') return async () => toPort((worker as () => W)());
  let used = false;
  return async () => {
    if (used) throw new BackendError('the worker has ended; give a function that makes one, and it can start again');
    used = true;
    return toPort(worker);
  };
}
