/** The node backend: TensorFlow by its C API; a program is one graph, and a run is one call. */
import { availableParallelism } from 'node:os';
import * as tf from '@tensorflow/tfjs-core';
import type {
  Availability,
  Backend,
  BackendStore,
  DeviceDetails,
  Executable,
  HostValue,
  Memory,
  OpenExecutable,
  ProgramGraph,
  TypedArray,
} from '../../engine/index.ts';
import { BackendError, shownBackend } from '../../engine/index.ts';
import { ByMode } from './by-mode.ts';
import { writeProgram } from './graph/program.ts';
import { NativeLibraryError } from './library/error.ts';
import { locateLibrary } from './library/locate.ts';
import { findTfjsNode } from './library/tfjs-node.ts';
import { nativeOps } from './ops/module.ts';
import { type CApi, loadCApi } from './runtime/c-api.ts';
import { sessionConfig, threadsWanted } from './runtime/config.ts';
import { NativeProgram } from './runtime/native-program.ts';
import { describeOps } from './runtime/op-list.ts';
import { NativeOpenExecutable } from './runtime/open-executable.ts';
import { Session } from './runtime/session.ts';
import { NativeStore } from './runtime/store.ts';
import { TensorCount } from './runtime/tensor.ts';
import { target } from './target.ts';

class NativeBackend implements Backend {
  readonly name = 'node';
  readonly synchronous = true;
  readonly changesThread = true;
  readonly target = target;
  readonly #count = new TensorCount();
  #starting: Promise<void> | undefined;
  #api: CApi | undefined;
  #functions = 0;

  get ready(): boolean {
    return this.#api !== undefined;
  }

  async availability(): Promise<Availability> {
    try {
      const { source, dir } = locateLibrary();
      return { available: true, detail: `libtensorflow in ${dir} (${source})` };
    } catch (e) {
      if (!(e instanceof NativeLibraryError)) throw e;
      return { available: false, reason: e.reason, remedy: e.remedy };
    }
  }

  start(): Promise<void> {
    this.#starting ??= this.#load();
    return this.#starting;
  }

  async #load(): Promise<void> {
    try {
      this.#api = await loadCApi(locateLibrary());
    } catch (e) {
      this.#starting = undefined; // it may be installed before the next call
      throw e;
    }
  }

  get #started(): CApi {
    if (this.#api === undefined) throw new BackendError("the backend 'node' has not started; await its start()");
    return this.#api;
  }

  /** TensorFlow's C API, started. @throws BackendError if it does not run here */
  async api(): Promise<CApi> {
    await this.start();
    return this.#started;
  }

  openStore(): BackendStore {
    const api = this.#started;
    return new NativeStore(() => new Session(api, sessionConfig()), this.#count);
  }

  prepare(program: ProgramGraph): Executable {
    return this.#write(program, [], false);
  }

  prepareOpen(program: ProgramGraph, dims: readonly string[]): OpenExecutable {
    return new NativeOpenExecutable(program, target, (unknownIsMany) => this.#write(program, dims, unknownIsMany));
  }

  #write(program: ProgramGraph, dims: readonly string[], unknownIsMany: boolean): NativeProgram {
    const nameFunction = () => `function_${this.#functions++}`;
    const written = writeProgram(program, { ...describeOps(this.#started), nameFunction, unknownIsMany });
    return new NativeProgram(written, dims, this.#count, give);
  }

  memory(): Memory {
    const { buffers, bytes } = this.#count;
    return { buffers, bytes };
  }

  details(): DeviceDetails {
    const api = this.#started;
    const opByOp = findTfjsNode() === undefined ? [] : ['op by op'];
    const server = api.has('TF_NewServer') ? ["TensorFlow's server"] : [];
    return {
      version: api.TF_Version(),
      precision: 'float32',
      threads: threadsWanted() || availableParallelism(),
      features: ['one call for each run', ...opByOp, ...server],
    };
  }
}

shownBackend(NativeBackend);

/** A tf.Tensor on tfjs's current backend, since TensorFlow's memory belongs to no tfjs backend. @throws BackendError if tfjs has none */
function give({ data, shape, dtype }: HostValue): tf.Tensor {
  if (tf.engine().backendNames().length === 0)
    throw new BackendError("tf.Tensors need a backend of tfjs, such as the package '@tensorflow/tfjs-backend-cpu'");
  return tf.tensor(data as TypedArray, shape as number[], dtype as 'float32');
}

/** The backend of the mode 'program', whatever the mode is. */
export const nativePrograms = new NativeBackend();
export { nativeOps };
/** The backend chosen by RETROGRAPH_NATIVE_MODE: 'program', the default, or 'ops'. */
export const node = new ByMode('node', { program: nativePrograms, ops: nativeOps });
