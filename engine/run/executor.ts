/**
 * Runs a plan on a device: a tight loop over steps. Kernels are resolved when the plan is loaded, and their arguments laid out
 * once; nothing is looked up by name in a run.
 */
import { classOf } from '../error-class.ts';
import { BackendError, LimitError, NumericsError, RetrographError } from '../errors.ts';
import { shown } from '../inspect.ts';
import {
  type DrawStep,
  type KernelStep,
  type LoopStep,
  type NamedValue,
  nodeOfStep,
  type Plan,
  type Step,
  type Value,
} from '../plan/plan.ts';
import { randomBits } from '../random.ts';
import { scalarFromJSON } from '../scalar/document.ts';
import { compileScalar } from '../scalar/evaluate.ts';
import { sizeOf, typedArrayOf } from '../types.ts';
import type { HostValue, StepReport } from './backend.ts';
import { constantsOn, type SharedConstant } from './constants.ts';
import { type Buffer, type Device, type Kernel, type KernelInputs, type KernelTensor, watchedOn } from './device.ts';

/** What a run brings: buffers of feeds and variables, and the random state. */
export interface Bindings {
  readonly feeds: readonly Buffer[];
  readonly variables: readonly Buffer[];
  readonly randomState: Int32Array;
}

type Slots = (Buffer | undefined)[];

/** A step, loaded: what it needs is resolved and laid out. */
interface LoadedStep {
  run(slots: Slots, state: Int32Array): void;
  /** Runs it and shows each step of its body, where it has one. */
  runStepwise?(slots: Slots, state: Int32Array): Generator<TakenStep, void>;
}

/** What a loaded plan holds on to, besides its constants. */
type Children = Executor[];

/** What a finished plan leaves: a buffer for each output and each update, each owned by the caller. */
export interface Finished {
  readonly outputs: readonly Buffer[];
  readonly updates: readonly Buffer[];
}

/** A step that has been taken, and what it made, which is still on the device. */
interface TakenStep extends Omit<StepReport, 'outputs'> {
  readonly made: readonly MadeValue[];
  /** The error that names the step. */
  readonly explain: (error: unknown) => unknown;
}
interface MadeValue extends Omit<HostValue, 'data'> {
  readonly buffer: Buffer;
}

export class Executor {
  readonly plan: Plan;
  readonly #device: Device;
  readonly #steps: LoadedStep[] = [];
  readonly #children: Children = [];
  readonly #constants: (readonly [slot: number, constant: SharedConstant])[] = [];

  constructor(plan: Plan, device: Device) {
    this.plan = plan;
    this.#device = device;
    try {
      for (const step of plan.steps) this.#steps.push(loadStep(step, device, this.#children));
      const constants = constantsOn(device);
      for (const constant of plan.constants) this.#constants.push([constant.slot, constants.take(constant)]);
    } catch (e) {
      this.dispose();
      throw e;
    }
  }

  /** What its constants take on the device, without those that others had brought there. */
  get constantBytes(): number {
    const own = this.#constants.reduce((sum, [, { bytes, owners }]) => sum + (owners === 1 ? bytes : 0), 0);
    return this.#children.reduce((sum, child) => sum + child.constantBytes, own);
  }

  /** Runs all steps. On failure everything that the run made is freed. */
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
   * Runs step by step and shows what each made. Abandoned midway, it frees what it made. It holds on to what it reads, which
   * others may replace or dispose of between two steps.
   * @param within whether the steps of bodies are shown too, each before the step that it is a part of
   */
  *runStepwise(bindings: Bindings, within: boolean): Generator<TakenStep, Finished> {
    const slots = this.#bind(bindings);
    const held = slots.filter((buffer) => buffer !== undefined);
    for (const buffer of held) this.#device.retain(buffer);
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
          made: outputs.map(({ slot, shape, dtype }) => ({ buffer: slots[slot]!, shape, dtype })),
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
      for (const buffer of held) this.#device.release(buffer);
    }
  }

  /** Runs step by step and reports what each made; see `runStepwise`. */
  async *steps(bindings: Bindings, within = false): AsyncGenerator<StepReport, Finished> {
    const run = this.runStepwise(bindings, within);
    try {
      for (;;) {
        const { value: next, failure } = watchedOn(this.#device, () => run.next());
        const error = await failure;
        if (error !== undefined) throw next.done ? error : next.value.explain(error);
        if (next.done) return next.value;
        const { made, explain: _, ...step } = next.value;
        yield { ...step, outputs: await Promise.all(made.map((value) => this.#read(value))) };
      }
    } finally {
      run.return(undefined as never);
    }
  }

  /** Runs all steps and looks at what each made. @throws NumericsError naming the first node that gave a value that is not finite */
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

  /** As `runChecked`, on a device that can be read without waiting. */
  runCheckedSync(bindings: Bindings): Finished {
    const run = this.runStepwise(bindings, true);
    for (;;) {
      const next = run.next();
      if (next.done) return next.value;
      const error = notFinite({ ...next.value, outputs: next.value.made.map((value) => this.#readSync(value)) });
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
    // a slot may be several outputs at once, or a feed's or a variable's own: every one of them gets an owner
    const take = ({ slot }: NamedValue): Buffer => {
      const buffer = slots[slot]!;
      this.#device.retain(buffer);
      return buffer;
    };
    const finished = { outputs: this.plan.outputs.map(take), updates: this.plan.updates.map(take) };
    this.#releaseValues(slots);
    return finished;
  }

  /** Frees what a run has made and still holds. */
  #releaseValues(slots: Slots): void {
    const made = this.plan.slots;
    for (let slot = 0; slot < made.length; slot++) {
      const buffer = made[slot]!.kind === 'value' ? slots[slot] : undefined;
      if (buffer === undefined) continue;
      this.#device.release(buffer);
      slots[slot] = undefined;
    }
  }

  async #read({ buffer, shape, dtype }: MadeValue): Promise<HostValue> {
    return { data: await this.#device.read(buffer, shape, dtype), shape, dtype };
  }

  #readSync({ buffer, shape, dtype }: MadeValue): HostValue {
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
    const at = data.findIndex((v) => !Number.isFinite(v));
    if (at < 0) continue;
    const op = node === undefined ? '' : ` (${node.op.name})`;
    return new NumericsError(`'${label}'${op} gave ${data[at]} at element ${at}`, { node: label, site: node?.site });
  }
  return undefined;
}

/** As engines say that an array does not fit into memory. */
const isOutOfMemory = (error: unknown): boolean =>
  error instanceof RangeError && /allocation|array length|buffer size/i.test(error.message);

function loadStep(step: Step, device: Device, children: Children): LoadedStep {
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

/** A kernel's arguments, in order and as it takes them: the same objects. */
interface Arguments {
  readonly tensors: readonly KernelTensor[];
  readonly inputs: KernelInputs;
}

class KernelCall implements LoadedStep {
  readonly #step: KernelStep;
  readonly #kernel: Kernel;
  /** Laid out by the first run: a later one only points them at other buffers. */
  #arguments: Arguments | undefined;

  constructor(step: KernelStep, device: Device) {
    this.#step = step;
    this.#kernel = device.kernel(step.kernel);
  }

  run(slots: Slots): void {
    this.#arguments ??= layOut(this.#step);
    const { tensors, inputs } = this.#arguments;
    const { inputs: values, outputs, attrs } = this.#step;
    for (let i = 0; i < tensors.length; i++) tensors[i]!.dataId = slots[values[i]!.slot]!;
    const result = this.#kernel(inputs, attrs);
    if (Array.isArray(result)) {
      for (let k = 0; k < outputs.length; k++) slots[outputs[k]!.slot] = (result as readonly KernelTensor[])[k]!.dataId;
    } else slots[outputs[0]!.slot] = (result as KernelTensor).dataId;
  }
}

/** What arguments point at before they are pointed at buffers. */
const NOWHERE: Buffer = {};

function layOut({ inputs, names }: KernelStep): Arguments {
  const tensors = inputs.map(({ shape, dtype }): KernelTensor => ({ dataId: NOWHERE, shape, dtype }));
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

function loadLoop(step: LoopStep, device: Device, children: Children): LoadedStep {
  const { body, count, stacked } = step;
  const executor = new Executor(body, device);
  children.push(executor);
  const slice = step.mapped > 0 ? device.kernel('Slice') : undefined;
  const sources = step.inputs.slice(0, step.mapped).map(({ slot, shape, dtype }) => ({
    slot,
    tensor: { dataId: undefined as never, shape, dtype } as KernelTensor,
    size: [1, ...shape.slice(1)],
    rest: shape.slice(1).map(() => 0),
  }));
  const results = step.outputs.map((out, k) => (k < stacked ? stack(out, count, device) : sum(out, device)));

  function* iterate(slots: Slots, state: Int32Array, stepwise: boolean): Generator<TakenStep, void> {
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
    // without steps to show, it gives nothing on the way: the first call runs it to its end
    run: (slots, state) => void iterate(slots, state, false).next(),
    runStepwise: (slots, state) => iterate(slots, state, true),
  };
}

/** How a loop puts the results of its iterations together. It owns the buffers that are collected. */
interface Collector {
  /** Called after each iteration. */
  reduce(collected: Buffer[]): void;
  /** The result, which is the caller's. */
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
