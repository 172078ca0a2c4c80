/** A plan on a device of this thread: feeds go up, steps run, variables are re-pointed, outputs are read. */
import {
  type Bindings,
  type Buffer,
  Executor,
  type Finished,
  type HostValue,
  isHost,
  type PlannedProgram,
  type RunRequest,
  type RunResults,
  type StepReport,
} from '../engine/index.ts';
import type { KernelDevice } from './backend.ts';
import type { KernelStore } from './kernel-store.ts';
import { requireWithin, tooMuch, valueFault } from './limits.ts';
import type { RunnablePlan } from './planned-executable.ts';

export class KernelPlan implements RunnablePlan {
  readonly #executor: Executor;
  readonly #device: KernelDevice;

  /** @throws LimitError; UnsupportedOpError for a kernel that there is not */
  constructor({ plan, nodes }: Pick<PlannedProgram, 'plan'> & Partial<PlannedProgram>, device: KernelDevice) {
    device.requireAlive();
    requireWithin(plan, device.limits, nodes);
    this.#device = device;
    this.#executor = new Executor(plan, device, nodes);
  }

  get plan() {
    return this.#executor.plan;
  }

  async run(request: RunRequest): Promise<RunResults> {
    const { bindings, release } = this.#bind(request);
    let finished: Finished;
    try {
      finished = request.checkNumerics ? await this.#executor.runChecked(bindings) : this.#executor.run(bindings);
    } catch (e) {
      this.#device.requireAlive(); // kernels fail in many ways on a device that is lost
      throw e;
    } finally {
      release();
    }
    const word = this.#approve(finished, request);
    if (word !== undefined) await word;
    return this.#read(this.#commit(finished, request), request.as);
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
    void this.#approve(finished, request); // nobody waits for a word where nothing can wait
    return this.#readSync(this.#commit(finished, request), request.as);
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
    this.#commit(finished, { ...request, outputs: [] });
  }

  dispose(): void {
    this.#executor.dispose();
  }

  #bind({ feeds, store, randomState }: RunRequest): { bindings: Bindings; release: () => void } {
    const owned: Buffer[] = [];
    const device = this.#device;
    device.requireAlive();
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
    const refuse = (e: unknown): never => {
      for (const buffer of [...finished.updates, ...finished.outputs]) this.#device.release(buffer);
      throw e;
    };
    try {
      this.#device.requireAlive();
      return request.beforeUpdates()?.catch(refuse);
    } catch (e) {
      return refuse(e);
    }
  }

  /** Makes the updates; gives the outputs that were asked for. */
  #commit(finished: Finished, request: RunRequest): readonly Output[] {
    const { plan } = this;
    const device = this.#device;
    const store = request.store as KernelStore;
    let updated = 0;
    try {
      for (; updated < plan.updates.length; updated++)
        store.replace(plan.updates[updated]!.name, finished.updates[updated]!);
    } catch (e) {
      for (const buffer of finished.updates.slice(updated)) device.release(buffer);
      for (const buffer of finished.outputs) device.release(buffer);
      throw e;
    }
    request.afterUpdates();
    const outputs: Output[] = [];
    plan.outputs.forEach((value, i) => {
      const buffer = finished.outputs[i]!;
      if (request.outputs.includes(value.name)) outputs.push({ ...value, buffer });
      else device.release(buffer);
    });
    return outputs;
  }

  // Outputs are handed over, or read and freed.

  async #read(outputs: readonly Output[], as: RunRequest['as']): Promise<RunResults> {
    const device = this.#device;
    if (as === 'device') return this.#give(outputs);
    try {
      const read = async ({ buffer, shape, dtype }: Output): Promise<HostValue['data']> =>
        device.read(buffer, shape, dtype);
      return byName(outputs, await Promise.all(outputs.map(read)));
    } finally {
      for (const { buffer } of outputs) device.release(buffer);
    }
  }

  #readSync(outputs: readonly Output[], as: RunRequest['as']): RunResults {
    const device = this.#device;
    if (as === 'device') return this.#give(outputs);
    try {
      return byName(
        outputs,
        outputs.map(({ buffer, shape, dtype }) => device.readSync(buffer, shape, dtype)),
      );
    } finally {
      for (const { buffer } of outputs) device.release(buffer);
    }
  }

  #give(outputs: readonly Output[]): RunResults {
    return Object.fromEntries(
      outputs.map(({ name, buffer, shape, dtype }) => [name, this.#device.give(buffer, shape, dtype)]),
    );
  }
}

interface Output extends Omit<HostValue, 'data'> {
  readonly name: string;
  readonly buffer: Buffer;
}

const byName = (outputs: readonly Output[], data: readonly HostValue['data'][]): Record<string, HostValue> =>
  Object.fromEntries(outputs.map(({ name, shape, dtype }, i) => [name, { data: data[i]!, shape, dtype }]));
