/** Programs on backends that run kernels: a plan for each binding of dims, the last few kept. */
import {
  type Bindings,
  type Buffer,
  bindDims,
  type DimBindings,
  type Executable,
  Executor,
  type Finished,
  foldConstants,
  type HostValue,
  isHost,
  legalizeBound,
  makePlan,
  type Node,
  type PassSwitches,
  type Plan,
  type ProgramGraph,
  type RunRequest,
  type RunResult,
  type StepReport,
  simplifyLegal,
  type Target,
} from '../engine/index.ts';
import type { KernelDevice } from './backend.ts';
import type { KernelStore } from './kernel-store.ts';

/** How many plans a program keeps: the last used. */
const KEPT_PLANS = 8;

/** Equal for equal dims. */
const keyOf = (dims: DimBindings): string => {
  let key = '';
  for (const name of Object.keys(dims).sort()) key += `${name}=${dims[name]};`;
  return key;
};

export class KernelExecutable implements Executable {
  readonly #program: ProgramGraph;
  readonly #target: Target;
  readonly #device: KernelDevice;
  readonly #passes: PassSwitches;
  readonly #executors = new Map<string, Executor>();
  #lastKey: string | undefined;
  #last: Executor | undefined;

  constructor(program: ProgramGraph, target: Target, device: KernelDevice, passes: PassSwitches = {}) {
    this.#program = program;
    this.#target = target;
    this.#device = device;
    this.#passes = passes;
  }

  bind(dims: DimBindings): void {
    this.#executor(dims);
  }

  plan(dims: DimBindings): Plan {
    return this.#executor(dims).plan;
  }

  run(request: RunRequest): RunResult {
    const executor = this.#executor(request.dims);
    const { bindings, release } = this.#bindings(executor.plan, request);
    let finished: Finished;
    try {
      finished = request.checkNumerics ? executor.runChecked(bindings) : executor.run(bindings);
    } finally {
      release();
    }
    return this.#commit(executor.plan, finished, request);
  }

  *steps(request: RunRequest): Generator<StepReport, void> {
    const executor = this.#executor(request.dims);
    const { bindings, release } = this.#bindings(executor.plan, request);
    try {
      const finished = yield* executor.steps(bindings);
      this.#commit(executor.plan, finished, { ...request, outputs: [] }).readSync();
    } finally {
      release();
    }
  }

  dispose(): void {
    for (const executor of this.#executors.values()) executor.dispose();
    this.#executors.clear();
    this.#lastKey = this.#last = undefined;
  }

  #executor(dims: DimBindings): Executor {
    const key = keyOf(dims);
    // the common case: the same sizes as in the last run
    if (key === this.#lastKey) return this.#last!;
    let executor = this.#executors.get(key);
    if (executor === undefined) {
      const { plan, nodes } = this.#makePlan(dims);
      executor = new Executor(plan, this.#device, nodes);
    } else {
      this.#executors.delete(key);
    }
    // re-inserted at the end: a Map's order is the order of use
    this.#executors.set(key, executor);
    if (this.#executors.size > KEPT_PLANS) {
      const [oldest, evicted] = this.#executors.entries().next().value!;
      this.#executors.delete(oldest);
      evicted.dispose();
    }
    this.#lastKey = key;
    this.#last = executor;
    return executor;
  }

  #makePlan(dims: DimBindings): { plan: Plan; nodes: readonly Node[] } {
    const target = this.#target;
    const { simplify = true, 'fold-constants': fold = true } = this.#passes;
    const bound = Object.keys(dims).length === 0 ? this.#program : bindDims(this.#program, dims);
    let program = legalizeBound(bound, target);
    // what binding made known (a dim's value, a shape) is worth another look
    if (program !== this.#program) {
      if (simplify) program = simplifyLegal(program, target, [...target.rules, ...target.boundRules]);
      if (fold) program = foldConstants(program);
    }
    return makePlan(program);
  }

  #bindings(plan: Plan, { feeds, store, randomState }: RunRequest): { bindings: Bindings; release: () => void } {
    const owned: Buffer[] = [];
    const device = this.#device;
    const release = (): void => {
      for (const buffer of owned) device.release(buffer);
    };
    try {
      const feedBuffers = plan.feeds.map(({ name, shape, dtype }) => {
        const value = feeds[name]!;
        // a complex tensor has its parts in two buffers
        const own = isHost(value) || value.dtype === 'complex64' ? undefined : device.bufferOf(value);
        if (own !== undefined) return own;
        const buffer = device.upload(isHost(value) ? value.data : device.toHost(value), shape, dtype);
        owned.push(buffer);
        return buffer;
      });
      const variables = plan.variables.map(({ name }) => (store as KernelStore).buffer(name));
      return { bindings: { feeds: feedBuffers, variables, randomState }, release };
    } catch (e) {
      release();
      throw e;
    }
  }

  #commit(plan: Plan, finished: Finished, request: RunRequest): RunResult {
    const device = this.#device;
    const store = request.store as KernelStore;
    let updated = 0;
    try {
      request.beforeUpdates();
      for (; updated < plan.updates.length; updated++)
        store.replace(plan.updates[updated]!.name, finished.updates[updated]!);
    } catch (e) {
      for (const buffer of finished.updates.slice(updated)) device.release(buffer);
      for (const buffer of finished.outputs) device.release(buffer);
      throw e;
    }
    const outputs: Output[] = [];
    plan.outputs.forEach((value, i) => {
      const buffer = finished.outputs[i]!;
      if (request.outputs.includes(value.name)) outputs.push({ ...value, buffer });
      else device.release(buffer);
    });
    return resultOf(outputs, request.as, device);
  }
}

interface Output extends HostType {
  readonly name: string;
  readonly buffer: Buffer;
}
type HostType = Omit<HostValue, 'data'>;

/** Outputs, which are read, or handed over, when they are asked for; that frees them here. */
function resultOf(outputs: readonly Output[], as: RunRequest['as'], device: KernelDevice): RunResult {
  const byName = <T>(values: readonly T[]): Record<string, T> =>
    Object.fromEntries(outputs.map(({ name }, i) => [name, values[i]!]));
  if (as === 'device') {
    const values = byName(outputs.map(({ buffer, shape, dtype }) => device.give(buffer, shape, dtype)));
    return { read: async () => values, readSync: () => values };
  }
  const host = ({ shape, dtype }: Output, data: HostValue['data']): HostValue => ({ data, shape, dtype });
  const release = (): void => {
    for (const { buffer } of outputs) device.release(buffer);
  };
  return {
    read: async () => {
      try {
        const reads = outputs.map(async (out) => host(out, await device.read(out.buffer, out.shape, out.dtype)));
        return byName(await Promise.all(reads));
      } finally {
        release();
      }
    },
    readSync: () => {
      try {
        return byName(outputs.map((out) => host(out, device.readSync(out.buffer, out.shape, out.dtype))));
      } finally {
        release();
      }
    },
  };
}
