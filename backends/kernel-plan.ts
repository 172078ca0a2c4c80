/** A plan on a device of this thread: feeds go up, steps run, variables are re-pointed, outputs are read. */
import {
  BackendError,
  type Bindings,
  type Buffer,
  type Executable,
  Executor,
  type Finished,
  type HostValue,
  isHost,
  type Plan,
  RetrographError,
  type RunRequest,
  type RunResults,
  type StepReport,
  type Watched,
  watchedOn,
} from '../engine/index.ts';
import type { KernelDevice } from './backend.ts';
import type { KernelStore } from './kernel-store.ts';
import { requireWithin, tooMuch, valueFault } from './limits.ts';

export class KernelPlan implements Executable {
  readonly plan: Plan;
  readonly constantBytes: number;
  readonly #executor: Executor;
  readonly #device: KernelDevice;
  /** Whether a run has worked: what its kernels are does not depend on values. */
  #proven = false;
  /** Why a run did not work that nobody has waited for. */
  #failure: Error | undefined;

  /** @throws LimitError; UnsupportedOpError for a kernel that there is not */
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
      this.#device.requireAlive(); // kernels fail in many ways on a device that is lost
      throw e;
    } finally {
      release();
    }
    const data = await this.#read(finished, request, failure);
    const approval = this.#approve(finished, request);
    if (approval !== undefined) await approval;
    return this.#commit(finished, request, data);
  }

  #refuse({ updates, outputs }: Finished, error: unknown): never {
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
    const data = this.#readSync(finished, request);
    void this.#approve(finished, request); // synchronous runs cannot await approval
    return this.#commit(finished, request, data);
  }

  async *steps(request: RunRequest): AsyncGenerator<StepReport, void> {
    const { bindings, release } = this.#bind(request);
    let finished: Finished;
    try {
      finished = yield* this.#executor.steps(bindings);
    } finally {
      release();
    }
    await this.#approve(finished, request);
    this.#commit(finished, { ...request, outputs: [] }, []);
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
        // a complex tensor has its parts in two buffers
        const own = isHost(value) || value.dtype === 'complex64' ? undefined : device.bufferOf(value);
        if (own !== undefined) return own;
        const data = isHost(value) ? value.data : device.toHost(value);
        const fault = valueFault({ data, shape, dtype }, device.limits);
        if (fault !== undefined) throw tooMuch(`the feed '${name}'`, fault);
        const buffer = device.upload(data, shape, dtype);
        owned.push(buffer);
        return buffer;
      });
      const variables = this.plan.variables.map(({ name }) => (store as KernelStore).buffer(name));
      return { bindings: { feeds: feedBuffers, variables, randomState }, release };
    } catch (e) {
      release();
      throw e;
    }
  }

  /** Asks whether updates may be made. What is finished is freed where they may not. */
  #approve(finished: Finished, request: RunRequest): Promise<void> | undefined {
    try {
      this.#device.requireAlive();
      return request.beforeUpdates()?.catch((e) => this.#refuse(finished, e));
    } catch (e) {
      return this.#refuse(finished, e);
    }
  }

  // What is asked for is read before the updates are made: a run that fails changes nothing.

  /** The outputs that are asked for, in order; and whether the device has done what they are made by. */
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
      return this.#refuse(finished, readError(e));
    }
  }

  #readSync(finished: Finished, request: RunRequest): readonly HostValue['data'][] {
    try {
      return this.#wanted(finished, request).map(({ buffer, shape, dtype }) =>
        this.#device.readSync(buffer, shape, dtype),
      );
    } catch (e) {
      return this.#refuse(finished, readError(e));
    }
  }

  /** What is to be read. */
  #wanted({ outputs }: Finished, request: RunRequest): readonly Output[] {
    return request.as === 'device' ? [] : this.#chosen(outputs, request);
  }

  /** The outputs that are asked for. */
  #chosen(buffers: readonly Buffer[], { outputs }: RunRequest): readonly Output[] {
    const chosen: Output[] = [];
    for (const [i, { name, shape, dtype }] of this.plan.outputs.entries())
      if (outputs.includes(name)) chosen.push({ name, shape, dtype, buffer: buffers[i]! });
    return chosen;
  }

  /** Makes the updates; gives the outputs that were asked for: what was read of them, or where they are. */
  #commit(finished: Finished, request: RunRequest, data: readonly HostValue['data'][]): RunResults {
    const { plan } = this;
    const device = this.#device;
    const store = request.store as KernelStore;
    let updated = 0;
    try {
      for (; updated < plan.updates.length; updated++)
        store.replace(plan.updates[updated]!.name, finished.updates[updated]!);
    } catch (e) {
      return this.#refuse({ ...finished, updates: finished.updates.slice(updated) }, e);
    }
    request.afterUpdates();
    const results: [name: string, RunResults[string]][] = [];
    const isGiven = request.as === 'device';
    for (const [i, { name, buffer, shape, dtype }] of this.#chosen(finished.outputs, request).entries())
      results.push([name, isGiven ? device.give(buffer, shape, dtype) : { data: data[i]!, shape, dtype }]);
    for (const [i, buffer] of finished.outputs.entries())
      if (!isGiven || !request.outputs.includes(plan.outputs[i]!.name)) device.release(buffer);
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
