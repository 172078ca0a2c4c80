/** A program as a TensorFlow graph: written once, imported into the session of its store, and run by one call. */
import type { DeviceValue, Executable, HostValue, Node, RunRequest, RunResults } from '../../../engine/index.ts';
import { FeedError, isHost, NumericsError, RunFailure, requireNotCancelled } from '../../../engine/index.ts';
import type { Endpoint, FedEndpoint, WrittenProgram } from '../graph/program.ts';
import type { NodeDef } from '../proto/messages.ts';
import type { Call, Session } from './session.ts';
import { explain, TensorFlowError } from './status.ts';
import type { NativeStore } from './store.ts';
import { FedTensor, type TensorCount, takeTensor } from './tensor.ts';

/** Converts a host value to a tf.Tensor for the caller. */
export type Give = (value: HostValue) => DeviceValue;

/** The program imported into a session. */
interface Imported {
  readonly session: Session;
  readonly prefix: string;
  /** Calls by the names of the requested outputs. */
  readonly calls: Map<string, Call>;
}

export class NativeProgram implements Executable {
  readonly constantBytes: number;
  readonly #program: WrittenProgram;
  readonly #count: TensorCount;
  readonly #give: Give;
  readonly #inputs: readonly Endpoint[];
  /** For each fed size, its index in `RunRequest.dims`. */
  readonly #sizes: readonly number[];
  readonly #fed: (FedTensor | undefined)[];
  #imported: Imported | undefined;
  #running = 0;
  #disposed = false;

  /** @param names the symbols of `RunRequest.dims`, in order */
  constructor(program: WrittenProgram, names: readonly string[], count: TensorCount, give: Give) {
    this.#program = program;
    this.#sizes = program.dims.map(({ name }) => names.indexOf(name));
    this.#count = count;
    this.#give = give;
    const bytesOf = ({ attr }: NodeDef): number => attr.value?.tensor?.tensorContent?.byteLength ?? 0;
    this.constantBytes = program.graph.node.reduce((sum, node) => sum + bytesOf(node), 0);
    const { feeds, dims, randomState } = program;
    this.#inputs = [...feeds, ...dims, ...(randomState === undefined ? [] : [randomState])];
    this.#fed = this.#inputs.map(() => undefined);
  }

  async run(request: RunRequest): Promise<RunResults> {
    const imported = this.#begin(request);
    const { session } = imported;
    try {
      this.#feed(imported, request);
      if (request.checkNumerics) await this.#check(imported, (call) => session.run(call));
      const call = this.#call(imported, request.outputs);
      requireNotCancelled(request.signal);
      await session.run(call);
      return this.#results(call, imported, request);
    } catch (e) {
      throw this.#failed(e, imported);
    } finally {
      this.#end(imported);
    }
  }

  runSync(request: RunRequest): RunResults {
    const imported = this.#begin(request);
    const { session } = imported;
    try {
      this.#feed(imported, request);
      if (request.checkNumerics) void this.#check(imported, (call) => session.runSync(call));
      const call = this.#call(imported, request.outputs);
      session.runSync(call);
      return this.#results(call, imported, request);
    } catch (e) {
      throw this.#failed(e, imported);
    } finally {
      this.#end(imported);
    }
  }

  /** Keeps the fed tensors and the session until the run has ended, including the search for the cause of a failure. */
  #begin(request: RunRequest): Imported {
    const imported = this.#import(request);
    imported.session.hold();
    this.#running++;
    return imported;
  }

  #end({ session }: Imported): void {
    this.#running--;
    if (this.#running === 0 && this.#disposed) this.#free();
    session.release();
  }

  dispose(): void {
    this.#disposed = true;
    if (this.#running === 0) this.#free();
  }

  #free(): void {
    this.#fed.forEach((tensor, i) => {
      tensor?.free();
      this.#fed[i] = undefined;
    });
    if (this.#imported !== undefined) this.#imported.session.retired += this.#program.graph.node.length;
    this.#imported = undefined;
  }

  #import({ store }: RunRequest): Imported {
    const session = (store as NativeStore).session();
    if (this.#imported?.session === session) return this.#imported;
    try {
      this.#imported = { session, prefix: session.import(this.#program.graph), calls: new Map() };
    } catch (e) {
      const operation = /\{\{node [^/}]+\/([^}]+)\}\}/.exec((e as Error).message)?.[1];
      throw explain(e, operation === undefined ? undefined : this.#program.nodeOf(operation));
    }
    return this.#imported;
  }

  /** The call for these outputs; it always makes all updates. */
  #call({ session, prefix, calls }: Imported, names: readonly string[]): Call {
    const key = names.join('\n');
    let call = calls.get(key);
    if (call === undefined) {
      const { outputs, done } = this.#program;
      call = session.call(
        prefix,
        this.#inputs,
        names.map((name) => outputs[name]!),
        done === undefined ? [] : [done],
      );
      calls.set(key, call);
    }
    this.#point(call);
    return call;
  }

  /** Writes feeds, sizes and the random state to TensorFlow's tensors. */
  #feed({ session: { api } }: Imported, { feeds, dims, randomState }: RunRequest): void {
    const { feeds: fed } = this.#program;
    const tensor = (i: number, type: Omit<HostValue, 'data'>): FedTensor => {
      const before = this.#fed[i];
      if (before?.fits(type.shape)) return before;
      before?.free();
      this.#fed[i] = undefined;
      const fresh = new FedTensor(api, type, this.#count);
      this.#fed[i] = fresh;
      return fresh;
    };
    for (let i = 0; i < fed.length; i++) {
      const { name, dtype } = fed[i]!;
      const value = feeds[name]!;
      // a complex tensor has interleaved real and imaginary parts
      const shape = value.dtype === 'complex64' ? [...value.shape, 2] : value.shape;
      tensor(i, { shape, dtype }).write(isHost(value) ? value.data : toHost(value, fed[i]!));
    }
    for (const [i, size] of this.#sizes.entries())
      tensor(fed.length + i, { shape: [], dtype: 'int32' }).writeNumber(dims[size]!);
    if (this.#program.randomState !== undefined)
      tensor(this.#fed.length - 1, { shape: [4], dtype: 'int32' }).write(randomState);
  }

  #results(call: Call, { session: { api } }: Imported, { outputs: names, as }: RunRequest): RunResults {
    const { outputs } = this.#program;
    try {
      // copy all outputs before converting any, since conversion may fail
      const values = names.map(
        (name, i) => [name, takeTensor(api, call.outputValues[i]!, outputs[name]!.dtype)] as const,
      );
      return Object.fromEntries(values.map(([name, value]) => [name, as === 'host' ? value : this.#give(value)]));
    } catch (e) {
      throw new RunFailure('all', e);
    }
  }

  /** Computes all values without updates, and checks them in order. @throws NumericsError */
  #check(imported: Imported, run: (call: Call) => Promise<void> | void): Promise<void> | void {
    const { session, prefix } = imported;
    const floats = this.#program.values.filter(({ sym }) => sym.dtype === 'float32');
    const call = session.call(
      prefix,
      this.#inputs,
      floats.map((v) => v.endpoint),
      [],
    );
    this.#point(call);
    const look = (): void => {
      const values = floats.map((_, i) => takeTensor(session.api, call.outputValues[i]!, 'float32'));
      for (const [i, { data }] of values.entries()) {
        const index = data.findIndex((v) => !Number.isFinite(v));
        const { node, sym } = floats[i]!;
        if (index >= 0)
          throw new NumericsError(`'${sym.label}' (${node.op.name}) gave ${data[index]} at element ${index}`, {
            node: sym.label,
            site: node.site,
          });
      }
    };
    const done = run(call);
    return done === undefined ? look() : done.then(look);
  }

  /** Converts an error of TensorFlow. Whether updates had begun is found by running the program again up to them, which changes nothing. */
  #failed(error: unknown, imported: Imported): unknown {
    if (!(error instanceof TensorFlowError)) return error;
    const { ready } = this.#program;
    const isUpdate = ready !== undefined && this.#try(imported, [], [ready]) === undefined;
    return isUpdate ? new RunFailure('partly', explain(error, undefined)) : explain(error, this.#culprit(imported));
  }

  /** Finds the first node that fails, by bisection: TensorFlow's single-threaded executor does not name it. */
  #culprit(imported: Imported): Node | undefined {
    const { values } = this.#program;
    const fails = (count: number): boolean =>
      this.#try(
        imported,
        values.slice(0, count).map((v) => v.endpoint),
        [],
      ) !== undefined;
    if (!fails(values.length)) return undefined;
    let [low, high] = [0, values.length]; // the first `low` values can be computed, the first `high` cannot
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (fails(middle)) high = middle;
      else low = middle;
    }
    return values[low]!.node;
  }

  /** Runs a part of the program; returns the error if it fails. */
  #try(
    { session, prefix }: Imported,
    outputs: readonly Endpoint[],
    targets: readonly string[],
  ): TensorFlowError | undefined {
    if (outputs.length + targets.length === 0) return undefined;
    const call = session.call(prefix, this.#inputs, outputs, targets);
    this.#point(call);
    try {
      session.runSync(call);
    } catch (e) {
      if (e instanceof TensorFlowError) return e;
      throw e;
    }
    for (const tensor of call.outputValues) session.api.TF_DeleteTensor(tensor);
    return undefined;
  }

  /** Sets the input tensors of a call. */
  #point(call: Call): void {
    for (let i = 0; i < this.#fed.length; i++) call.inputValues[i] = this.#fed[i]!.pointer;
  }
}

/** The elements of a tf.Tensor. */
function toHost(value: DeviceValue, { name }: FedEndpoint): ArrayLike<number> {
  const { dataSync } = value as { dataSync?: () => ArrayLike<number> };
  if (typeof dataSync !== 'function') throw new FeedError(`the feed '${name}' is on another backend; read it first`);
  return dataSync.call(value);
}
