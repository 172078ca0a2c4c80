/**
 * Runs plans on a device: a tight loop over steps. Kernels are resolved when a plan is loaded, and their argument objects are made once,
 * so a run looks nothing up by name.
 */
import { classOf } from '../error-class.ts';
import { BackendError, LimitError, NumericsError, RetrographError } from '../errors.ts';
import { shown } from '../inspect.ts';
import type { DrawStep, KernelStep, LoopStep, NamedValue, Plan, Step, Value } from '../plan/plan.ts';
import { nodeOfStep } from '../plan/plan.ts';
import { randomBits } from '../random.ts';
import { scalarFromJSON } from '../scalar/document.ts';
import { compileScalar } from '../scalar/evaluate.ts';
import { sizeOf, typedArrayOf } from '../types.ts';
import type { HostValue, StepReport } from './backend.ts';
import { constantsOn, type SharedConstant } from './constants.ts';
import { type Buffer, type Device, type Kernel, type KernelInputs, type KernelTensor, watchedOn } from './device.ts';

/** The inputs of a run: buffers of feeds and variables, and the random state. */
export interface Bindings {
  readonly feeds: readonly Buffer[];
  readonly variables: readonly Buffer[];
  readonly randomState: Int32Array;
}

type Slots = (Buffer | undefined)[];

/** A step with its kernels resolved. */
interface LoadedStep {
  run(slots: Slots, state: Int32Array): void;
  /** For a loop: runs it and yields each step of its body. */
  runStepwise?(slots: Slots, state: Int32Array): Generator<CompletedStep, void>;
}

/** The results of a plan: a buffer for each output and each update, owned by the caller. */
export interface Finished {
  readonly outputs: readonly Buffer[];
  readonly updates: readonly Buffer[];
}

/** A step that has run, with its outputs on the device. */
interface CompletedStep extends Omit<StepReport, 'outputs'> {
  readonly outputs: readonly BufferValue[];
  /** Adds the step to an error. */
  readonly explain: (error: unknown) => unknown;
}
interface BufferValue extends Omit<HostValue, 'data'> {
  readonly buffer: Buffer;
}

export class Executor {
  readonly plan: Plan;
  readonly #device: Device;
  readonly #steps: LoadedStep[] = [];
  /** Executors of the bodies of loops. */
  readonly #children: Executor[] = [];
  readonly #constants: (readonly [slot: number, constant: SharedConstant])[] = [];

  constructor(plan: Plan, device: Device) {
    this.plan = plan;
    this.#device = device;
    try {
      for (const step of plan.steps) this.#steps.push(loadStep(step, device, this.#children));
      const constants = constantsOn(device);
      for (const constant of plan.constants) this.#constants.push([constant.slot, constants.acquire(constant)]);
    } catch (e) {
      this.dispose();
      throw e;
    }
  }

  /** Bytes of the constants that no other plan shares. */
  get constantBytes(): number {
    const unshared = this.#constants.reduce((sum, [, { bytes, owners }]) => sum + (owners === 1 ? bytes : 0), 0);
    return this.#children.reduce((sum, child) => sum + child.constantBytes, unshared);
  }

  /** Runs all steps. On failure, frees the values of the run. */
  run(bindings: Bindings): Finished {
    const slots = this.#bind(bindings);
    const device = this.#device;
    const loaded = this.#steps;
    const { steps } = this.plan;
    let i = 0;
    try {
      for (; i < loaded.length; i++) {
        loaded[i]!.run(slots, bindings.randomState);
        const { free } = steps[i]!;
        for (let k = 0; k < free.length; k++) {
          const slot = free[k]!;
          device.release(slots[slot]!);
          slots[slot] = undefined;
        }
      }
    } catch (e) {
      this.#releaseValues(slots);
      throw this.#explain(e, i);
    }
    return this.#finish(slots);
  }

  /**
   * Runs step by step and yields each step's outputs. If the caller stops early, the values of the run are freed. Feeds, variables and
   * constants are retained, since others may replace or dispose of them between two steps.
   * @param within whether to yield the steps of bodies too, before the loop that contains them
   */
  *runStepwise(bindings: Bindings, within: boolean): Generator<CompletedStep, Finished> {
    const slots = this.#bind(bindings);
    const retained = slots.filter((buffer) => buffer !== undefined);
    for (const buffer of retained) this.#device.retain(buffer);
    let finished = false;
    try {
      for (let i = 0; i < this.#steps.length; i++) {
        const explain = (e: unknown): unknown => this.#explain(e, i);
        const step = this.#steps[i]!;
        try {
          if (within && step.runStepwise !== undefined) yield* step.runStepwise(slots, bindings.randomState);
          else step.run(slots, bindings.randomState);
        } catch (e) {
          throw explain(e);
        }
        const { label, outputs, free } = this.plan.steps[i]!;
        yield {
          index: i,
          label,
          node: nodeOfStep(this.plan, i),
          explain,
          outputs: outputs.map(({ slot, shape, dtype }) => ({ buffer: slots[slot]!, shape, dtype })),
        };
        for (const slot of free) {
          this.#device.release(slots[slot]!);
          slots[slot] = undefined;
        }
      }
      finished = true;
      return this.#finish(slots);
    } finally {
      if (!finished) this.#releaseValues(slots);
      for (const buffer of retained) this.#device.release(buffer);
    }
  }

  /** Runs step by step and yields each step's outputs, read to the host; see `runStepwise`. */
  async *steps(bindings: Bindings, within = false): AsyncGenerator<StepReport, Finished> {
    const run = this.runStepwise(bindings, within);
    try {
      for (;;) {
        const { value: next, failure } = watchedOn(this.#device, () => run.next());
        const error = await failure;
        if (error !== undefined) throw next.done ? error : next.value.explain(error);
        if (next.done) return next.value;
        const { outputs, explain: _, ...step } = next.value;
        yield { ...step, outputs: await Promise.all(outputs.map((value) => this.#read(value))) };
      }
    } finally {
      run.return(undefined as never);
    }
  }

  /** Runs all steps and checks the outputs of each. @throws NumericsError naming the first node with a value that is not finite */
  async runChecked(bindings: Bindings): Promise<Finished> {
    const run = this.steps(bindings, true);
    for (;;) {
      const next = await run.next();
      if (next.done) return next.value;
      const error = notFinite(next.value);
      if (error === undefined) continue;
      await run.return(undefined as never);
      throw error;
    }
  }

  /** Synchronous `runChecked`. */
  runCheckedSync(bindings: Bindings): Finished {
    const run = this.runStepwise(bindings, true);
    for (;;) {
      const next = run.next();
      if (next.done) return next.value;
      const error = notFinite({ ...next.value, outputs: next.value.outputs.map((value) => this.#readSync(value)) });
      if (error === undefined) continue;
      run.return(undefined as never);
      throw error;
    }
  }

  dispose(): void {
    for (const [, constant] of this.#constants) constantsOn(this.#device).release(constant);
    for (const child of this.#children) child.dispose();
  }

  #bind({ feeds, variables }: Bindings): Slots {
    const { plan } = this;
    const slots: Slots = new Array(plan.slots.length);
    for (const [slot, { buffer }] of this.#constants) slots[slot] = buffer;
    for (let i = 0; i < plan.feeds.length; i++) slots[plan.feeds[i]!.slot] = feeds[i]!;
    for (let i = 0; i < plan.variables.length; i++) slots[plan.variables[i]!.slot] = variables[i]!;
    return slots;
  }

  #finish(slots: Slots): Finished {
    // a slot may be several outputs, or a feed or variable: each result adds an owner
    const retain = ({ slot }: NamedValue): Buffer => {
      const buffer = slots[slot]!;
      this.#device.retain(buffer);
      return buffer;
    };
    const finished = { outputs: this.plan.outputs.map(retain), updates: this.plan.updates.map(retain) };
    this.#releaseValues(slots);
    return finished;
  }

  /** Frees the values of a run that are still alive. */
  #releaseValues(slots: Slots): void {
    const planned = this.plan.slots;
    for (let slot = 0; slot < planned.length; slot++) {
      const buffer = planned[slot]!.kind === 'value' ? slots[slot] : undefined;
      if (buffer === undefined) continue;
      this.#device.release(buffer);
      slots[slot] = undefined;
    }
  }

  async #read({ buffer, shape, dtype }: BufferValue): Promise<HostValue> {
    return { data: await this.#device.read(buffer, shape, dtype), shape, dtype };
  }

  #readSync({ buffer, shape, dtype }: BufferValue): HostValue {
    return { data: this.#device.readSync(buffer, shape, dtype), shape, dtype };
  }

  #explain(error: unknown, index: number): unknown {
    if (error instanceof RetrographError && error.node !== undefined) return error;
    const Class = error instanceof RetrographError ? classOf(error) : isOutOfMemory(error) ? LimitError : BackendError;
    const step = this.plan.steps[index]!;
    const name = step.kind === 'kernel' ? step.kernel : step.kind;
    const shapes =
      step.kind === 'kernel' ? ` on ${step.inputs.map((v) => `${v.dtype}[${v.shape.join(', ')}]`).join(', ')}` : '';
    return new Class(`step ${index}, ${name} ('${step.label}')${shapes}, failed: ${(error as Error).message}`, {
      node: step.label,
      site: nodeOfStep(this.plan, index)?.site,
      cause: error,
    });
  }
}

shown(Executor, 'Executor', ({ plan }) => `of ${plan.steps.length} steps`);

function notFinite({ node, label, outputs }: StepReport): NumericsError | undefined {
  for (const { data, dtype } of outputs) {
    if (dtype !== 'float32') continue;
    const index = data.findIndex((v) => !Number.isFinite(v));
    if (index < 0) continue;
    const op = node === undefined ? '' : ` (${node.op.name})`;
    return new NumericsError(`'${label}'${op} gave ${data[index]} at element ${index}`, {
      node: label,
      site: node?.site,
    });
  }
  return undefined;
}

/** Whether it is a JavaScript engine's error for an array that does not fit into memory. */
const isOutOfMemory = (error: unknown): boolean =>
  error instanceof RangeError && /allocation|array length|buffer size/i.test(error.message);

function loadStep(step: Step, device: Device, children: Executor[]): LoadedStep {
  switch (step.kind) {
    case 'kernel':
      return new KernelCall(step, device);
    case 'draw':
      return { run: loadDraw(step, device) };
    case 'loop':
      return loadLoop(step, device, children);
    default:
      return step satisfies never;
  }
}

/** A kernel's input tensors in order, and the list or record of the same objects that the kernel takes. */
interface Arguments {
  readonly tensors: readonly KernelTensor[];
  readonly inputs: KernelInputs;
}

class KernelCall implements LoadedStep {
  readonly #step: KernelStep;
  readonly #kernel: Kernel;
  /** Made by the first run; later runs only set the buffers. */
  #arguments: Arguments | undefined;

  constructor(step: KernelStep, device: Device) {
    this.#step = step;
    this.#kernel = device.kernel(step.kernel);
  }

  run(slots: Slots): void {
    this.#arguments ??= makeArguments(this.#step);
    const { tensors, inputs } = this.#arguments;
    const { inputs: values, outputs, attrs } = this.#step;
    for (let i = 0; i < tensors.length; i++) tensors[i]!.dataId = slots[values[i]!.slot]!;
    const result = this.#kernel(inputs, attrs);
    if (Array.isArray(result)) {
      for (let k = 0; k < outputs.length; k++) slots[outputs[k]!.slot] = (result as readonly KernelTensor[])[k]!.dataId;
    } else slots[outputs[0]!.slot] = (result as KernelTensor).dataId;
  }
}

/** A placeholder for buffers that each run sets. */
const UNSET: Buffer = {};

function makeArguments({ inputs, names }: KernelStep): Arguments {
  const tensors = inputs.map(({ shape, dtype }): KernelTensor => ({ dataId: UNSET, shape, dtype }));
  return { tensors, inputs: names === undefined ? tensors : named(names, tensors) };
}

function named(names: readonly string[], tensors: readonly KernelTensor[]): Record<string, KernelTensor> {
  const record: Record<string, KernelTensor> = {};
  for (let i = 0; i < names.length; i++) record[names[i]!] = tensors[i]!;
  return record;
}

type RunStep = LoadedStep['run'];

function loadDraw(step: DrawStep, device: Device): RunStep {
  const evaluate = compileScalar(scalarFromJSON(step.expression), 'float32');
  const { slot, shape, dtype } = step.outputs[0]!;
  const length = sizeOf(shape);
  return (slots, state) => {
    const out = typedArrayOf(dtype, length);
    evaluate([randomBits(state, step.stream, length)], length, out);
    slots[slot] = device.upload(out, shape, dtype);
  };
}

function loadLoop(step: LoopStep, device: Device, children: Executor[]): LoadedStep {
  const { body, count, stacked } = step;
  const executor = new Executor(body, device);
  children.push(executor);
  const slice = step.mapped > 0 ? device.kernel('Slice') : undefined;
  const sources = step.inputs.slice(0, step.mapped).map(({ slot, shape, dtype }) => ({
    slot,
    tensor: { dataId: UNSET, shape, dtype } as KernelTensor,
    size: [1, ...shape.slice(1)],
    rest: shape.slice(1).map(() => 0),
  }));
  const results = step.outputs.map((out, k) => (k < stacked ? stack(out, count, device) : sum(out, device)));

  function* iterate(slots: Slots, state: Int32Array, stepwise: boolean): Generator<CompletedStep, void> {
    const captured = step.inputs.slice(step.mapped).map((v) => slots[v.slot]!);
    const collected: Buffer[][] = step.outputs.map(() => []);
    try {
      for (let i = 0; i < count; i++) {
        const elements: Buffer[] = [];
        try {
          for (const { slot, tensor, size, rest } of sources) {
            tensor.dataId = slots[slot]!;
            elements.push((slice!({ x: tensor }, { begin: [i, ...rest], size }) as KernelTensor).dataId);
          }
          const bindings = { feeds: [...elements, ...captured], variables: [], randomState: state };
          const { outputs } = stepwise ? yield* executor.runStepwise(bindings, true) : executor.run(bindings);
          for (const [k, buffer] of outputs.entries()) collected[k]!.push(buffer);
          for (const [k, result] of results.entries()) result.reduce(collected[k]!);
        } finally {
          for (const buffer of elements) device.release(buffer);
        }
      }
      step.outputs.forEach((out, k) => {
        slots[out.slot] = results[k]!.finish(collected[k]!);
      });
    } finally {
      for (const list of collected) for (const buffer of list) device.release(buffer);
    }
  }
  return {
    // not stepwise, the generator yields nothing, so the first call runs it to its end
    run: (slots, state) => void iterate(slots, state, false).next(),
    runStepwise: (slots, state) => iterate(slots, state, true),
  };
}

/** Combines a result's buffers over the iterations of a loop, which owns the collected buffers. */
interface Collector {
  /** Called after each iteration. */
  reduce(collected: Buffer[]): void;
  /** The combined result, owned by the caller. */
  finish(collected: Buffer[]): Buffer;
}

const empty = ({ shape, dtype }: Value, device: Device): Buffer =>
  device.upload(typedArrayOf(dtype, sizeOf(shape)), shape, dtype);

function stack(out: Value, count: number, device: Device): Collector {
  const concat = device.kernel('Concat');
  const shape = [1, ...out.shape.slice(1)];
  return {
    reduce: () => {},
    finish: (collected) => {
      if (count === 0 || sizeOf(out.shape) === 0) return empty(out, device);
      const rows = collected.map((dataId): KernelTensor => ({ dataId, shape, dtype: out.dtype }));
      return (concat(rows, { axis: 0 }) as KernelTensor).dataId;
    },
  };
}

function sum(out: Value, device: Device): Collector {
  const add = device.kernel('Add');
  const tensor = (dataId: Buffer): KernelTensor => ({ dataId, shape: out.shape, dtype: out.dtype });
  return {
    reduce: (collected) => {
      const [total, next] = collected;
      if (total === undefined || next === undefined) return;
      collected.splice(0, 2, (add({ a: tensor(total), b: tensor(next) }, {}) as KernelTensor).dataId);
      device.release(total);
      device.release(next);
    },
    finish: (collected) => collected.pop() ?? empty(out, device),
  };
}
