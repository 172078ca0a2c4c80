/** Runs a plan on a device of this thread: uploads feeds, runs the steps, reads outputs, and commits updates of variables. */
import {
  BackendError,
  type Bindings,
  type Buffer,
  type Executable,
  Executor,
  type Finished,
  type HostValue,
  isHost,
  nextTurn,
  type Plan,
  ProgramStateError,
  RetrographError,
  RunFailure,
  type RunRequest,
  type RunResults,
  requireNotCancelled,
  type StepReport,
  type Watched,
  watchedOn,
} from '../engine/index.ts';
import type { KernelDevice } from './backend.ts';
import { bufferOf, type Cell, type KernelStore } from './kernel-store.ts';
import { requireWithin, tooMuch, valueFault } from './limits.ts';

/** The cells of a plan's variables in a store. */
interface Bound {
  readonly store: KernelStore;
  readonly variables: readonly Cell[];
  readonly updates: readonly Cell[];
}

export class KernelPlan implements Executable {
  readonly plan: Plan;
  readonly constantBytes: number;
  readonly #executor: Executor;
  readonly #device: KernelDevice;
  /** The cells of the last run's store, which is usually the next one's too. */
  #bound: Bound | undefined;
  /** Whether a run has succeeded: its kernels do not depend on values, so later runs without outputs are not awaited. */
  #proven = false;
  /** The error of an earlier run that was not awaited; the next run throws it. */
  #failure: Error | undefined;

  /** @throws LimitError; UnsupportedOpError for a missing kernel */
  constructor(plan: Plan, device: KernelDevice) {
    device.requireAlive();
    requireWithin(plan, device.limits);
    this.#device = device;
    this.#executor = new Executor(plan, device);
    this.plan = plan;
    this.constantBytes = this.#executor.constantBytes;
  }

  async run(request: RunRequest): Promise<RunResults> {
    const { bindings, release } = this.#bind(request);
    let finished: Finished;
    let failure: Watched<Finished>['failure'] | undefined;
    try {
      if (request.checkNumerics) finished = await this.#executor.runChecked(bindings);
      else ({ value: finished, failure } = watchedOn(this.#device, () => this.#executor.run(bindings)));
    } catch (e) {
      this.#device.requireAlive(); // kernels throw various errors on a lost device: report the loss instead
      throw e;
    } finally {
      release();
    }
    const data = await this.#read(finished, request, failure);
    if (request.signal !== undefined) await nextTurn(); // deliver an abort that was requested during the steps
    return this.#commit(finished, request, data);
  }

  /** Frees the results of a failed run, and throws the error. */
  #discard({ updates, outputs }: Finished, error: unknown): never {
    for (const buffer of [...updates, ...outputs]) this.#device.release(buffer);
    throw error;
  }

  runSync(request: RunRequest): RunResults {
    const { bindings, release } = this.#bind(request);
    let finished: Finished;
    try {
      finished = request.checkNumerics ? this.#executor.runCheckedSync(bindings) : this.#executor.run(bindings);
    } catch (e) {
      this.#device.requireAlive();
      throw e;
    } finally {
      release();
    }
    return this.#commit(finished, request, this.#readSync(finished, request));
  }

  async *steps(request: RunRequest): AsyncGenerator<StepReport, void> {
    const { version } = request.store as KernelStore;
    const { bindings, release } = this.#bind(request);
    let finished: Finished;
    try {
      finished = yield* this.#executor.steps(bindings);
    } finally {
      release();
    }
    this.#commit(finished, { ...request, outputs: [] }, [], version);
  }

  dispose(): void {
    this.#executor.dispose();
  }

  #bind({ feeds, store, randomState }: RunRequest): { bindings: Bindings; release: () => void } {
    const owned: Buffer[] = [];
    const device = this.#device;
    device.requireAlive();
    const failure = this.#failure;
    this.#failure = undefined;
    if (failure !== undefined) throw failure;
    const release = (): void => {
      for (const buffer of owned) device.release(buffer);
    };
    try {
      const feedBuffers = this.plan.feeds.map(({ name, shape, dtype }) => {
        const value = feeds[name]!;
        // a complex tensor has two buffers, so it is read to the host
        const existing = isHost(value) || value.dtype === 'complex64' ? undefined : device.bufferOf(value);
        if (existing !== undefined) return existing;
        const data = isHost(value) ? value.data : device.toHost(value);
        const fault = valueFault({ data, shape, dtype }, device.limits);
        if (fault !== undefined) throw tooMuch(`the feed '${name}'`, fault);
        const buffer = device.upload(data, shape, dtype);
        owned.push(buffer);
        return buffer;
      });
      const variables = this.#cells(store as KernelStore).variables.map(bufferOf);
      return { bindings: { feeds: feedBuffers, variables, randomState }, release };
    } catch (e) {
      release();
      throw e;
    }
  }

  #cells(store: KernelStore): Bound {
    if (this.#bound?.store !== store) {
      const cells = (values: Plan['variables']): readonly Cell[] => values.map(({ name }) => store.cell(name));
      this.#bound = { store, variables: cells(this.plan.variables), updates: cells(this.plan.updates) };
    }
    return this.#bound;
  }

  // outputs are read before updates are committed, so that a failed run changes nothing

  /** Reads the requested outputs, in order. Waits for the device's errors, if there are outputs or no run has succeeded yet. */
  async #read(
    finished: Finished,
    request: RunRequest,
    failure: Promise<Error | undefined> | undefined,
  ): Promise<readonly HostValue['data'][]> {
    const device = this.#device;
    const wanted = this.#wanted(finished, request);
    const mayWait = wanted.length > 0 || !this.#proven;
    try {
      const reads = wanted.map(async ({ buffer, shape, dtype }) => device.read(buffer, shape, dtype));
      const [error] = await Promise.all([mayWait ? failure : undefined, ...reads.map((read) => read.catch(() => {}))]);
      if (error !== undefined) throw error;
      const data = await Promise.all(reads);
      if (mayWait) this.#proven = true;
      else
        void failure?.then((late) => {
          this.#failure ??= late;
        });
      return data;
    } catch (e) {
      return this.#discard(finished, readError(e));
    }
  }

  #readSync(finished: Finished, request: RunRequest): readonly HostValue['data'][] {
    try {
      return this.#wanted(finished, request).map(({ buffer, shape, dtype }) =>
        this.#device.readSync(buffer, shape, dtype),
      );
    } catch (e) {
      return this.#discard(finished, readError(e));
    }
  }

  /** The outputs to read. */
  #wanted({ outputs }: Finished, request: RunRequest): readonly Output[] {
    return request.as === 'device' ? [] : this.#chosen(outputs, request);
  }

  /** The requested outputs. */
  #chosen(buffers: readonly Buffer[], { outputs }: RunRequest): readonly Output[] {
    const chosen: Output[] = [];
    for (const [i, { name, shape, dtype }] of this.plan.outputs.entries())
      if (outputs.includes(name)) chosen.push({ name, shape, dtype, buffer: buffers[i]! });
    return chosen;
  }

  /**
   * Commits the updates, and returns the requested outputs: the data that was read, or values on the device.
   * @param version the version that the store must have; any by default
   */
  #commit(finished: Finished, request: RunRequest, data: readonly HostValue['data'][], version?: number): RunResults {
    const device = this.#device;
    const store = request.store as KernelStore;
    let updated = 0;
    try {
      device.requireAlive();
      requireNotCancelled(request.signal);
      if (version !== undefined && version !== store.version)
        throw new ProgramStateError('the variables have changed since the first step');
      const cells = this.#cells(store).updates;
      for (; updated < cells.length; updated++) store.replace(cells[updated]!, finished.updates[updated]!);
    } catch (e) {
      const error = updated === 0 ? e : new RunFailure('partly', e);
      return this.#discard({ ...finished, updates: finished.updates.slice(updated) }, error);
    }
    try {
      return this.#give(finished.outputs, request, data);
    } catch (e) {
      throw new RunFailure('all', e);
    }
  }

  #give(outputs: readonly Buffer[], request: RunRequest, data: readonly HostValue['data'][]): RunResults {
    const device = this.#device;
    const results: [name: string, RunResults[string]][] = [];
    const isGiven = request.as === 'device';
    for (const [i, { name, buffer, shape, dtype }] of this.#chosen(outputs, request).entries())
      results.push([name, isGiven ? device.give(buffer, shape, dtype) : { data: data[i]!, shape, dtype }]);
    for (const [i, buffer] of outputs.entries())
      if (!isGiven || !request.outputs.includes(this.plan.outputs[i]!.name)) device.release(buffer);
    return Object.fromEntries(results);
  }
}

interface Output extends Omit<HostValue, 'data'> {
  readonly name: string;
  readonly buffer: Buffer;
}

const readError = (e: unknown): unknown =>
  e instanceof RetrographError
    ? e
    : new BackendError(`the results cannot be read: ${(e as Error).message}`, { cause: e });
