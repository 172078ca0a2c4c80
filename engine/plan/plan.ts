/**
 * The plan: a program as data. Values live in integer slots; a step reads and writes slots and says which of them end with it.
 * A plan is structured-cloneable (kernels by name, no closures), so a worker needs only `run` and a backend.
 */
import type { Fn } from '../build/function.ts';
import { NodeMap } from '../build/node-map.ts';
import type { Node, Sym } from '../build/sym.ts';
import { toposort } from '../build/toposort.ts';
import { variableName } from '../build/update.ts';
import { UnsupportedOpError } from '../errors.ts';
import { shownAs } from '../inspect.ts';
import type { AnyOp } from '../op.ts';
import { expressionOf } from '../optimize/expression-of.ts';
import type { ProgramGraph } from '../optimize/program-graph.ts';
import { type ScalarDocument, scalarToJSON } from '../scalar/document.ts';
import { inputRecord } from '../slots.ts';
import { BYTES_PER_ELEMENT, type DType, sizeOf, type TypedArray } from '../types.ts';
import { lifetimes } from './liveness.ts';

/** A value as a step sees it: a slot, under a shape (a reshape is another shape on the same slot). */
export interface Value {
  readonly slot: number;
  readonly shape: readonly number[];
  readonly dtype: DType;
}

/** What a slot holds. */
export interface Slot {
  readonly label: string;
  readonly kind: 'feed' | 'variable' | 'constant' | 'random' | 'parameter' | 'value';
  readonly bytes: number;
  /** Indices of the steps that make it (-1: before all) and last need it (the number of steps: after all). */
  readonly first: number;
  readonly last: number;
}

interface StepBase {
  /** The node that it computes, for errors. */
  readonly label: string;
  readonly outputs: readonly Value[];
  /** Slots that nothing needs after this step. */
  readonly free: readonly number[];
}
/** A call of a backend's kernel. */
export interface KernelStep extends StepBase {
  readonly kind: 'kernel';
  readonly kernel: string;
  /** Names of the inputs; undefined: the kernel takes a list. */
  readonly names: readonly string[] | undefined;
  readonly inputs: readonly Value[];
  readonly attrs: Readonly<Record<string, unknown>>;
}
/** A draw, made on the host: an expression of an element's 32 bits, input 0, which are those of a stream. */
export interface DrawStep extends StepBase {
  readonly kind: 'draw';
  readonly inputs: readonly Value[];
  readonly stream: number;
  readonly expression: ScalarDocument;
}
/** A body run `count` times over the leading axis. */
export interface MapStep extends StepBase {
  readonly kind: 'map';
  readonly count: number;
  readonly body: Plan;
  /** The body's parameters, in order: the first `mapped` are sliced, every iteration gets the others whole. */
  readonly inputs: readonly Value[];
  readonly mapped: number;
  /** The first of the outputs are stacks of the body's results; the others their sums. */
  readonly stacked: number;
}
export type Step = KernelStep | DrawStep | MapStep;

export interface NamedValue extends Value {
  readonly name: string;
}
export interface PlannedConstant extends Value {
  /** The elements, or one number for all of them, or a start and a step. */
  readonly data: TypedArray | number | { readonly start: number; readonly step: number };
}

export interface Plan {
  readonly slots: readonly Slot[];
  /** Fed at every run. In a Map's body: its parameters, by position. */
  readonly feeds: readonly NamedValue[];
  readonly variables: readonly NamedValue[];
  readonly constants: readonly PlannedConstant[];
  /** Slots that hold the random state. */
  readonly random: readonly number[];
  readonly steps: readonly Step[];
  readonly outputs: readonly NamedValue[];
  /** What variables hold after the run. */
  readonly updates: readonly NamedValue[];
  /** The most bytes alive at any step, constants, feeds and variables included. */
  readonly peakBytes: number;
}

/** The node of each step: beside the plan, because nodes cannot be cloned. */
const nodesOfSteps = new WeakMap<Plan, readonly Node[]>();

/** The node that a step computes, for errors; undefined where the plan is a clone. */
export const nodeOfStep = (plan: Plan, index: number): Node | undefined => nodesOfSteps.get(plan)?.[index];

/** The plan, and those of all bodies within it. */
export function* plansIn(plan: Plan): Generator<Plan, void> {
  yield plan;
  for (const step of plan.steps) if (step.kind === 'map') yield* plansIn(step.body);
}

/** Plans a program whose dims are numbers. @throws UnsupportedOpError for an op that no step stands for */
export function makePlan(program: ProgramGraph): Plan {
  const outputs = Object.entries(program.outputs);
  return planRoots(
    outputs.map(([name, sym]) => ({ name, sym })),
    program.updates.map((u) => ({ name: variableName(u.variable), sym: u.value })),
    program.kept,
    [],
  );
}

interface Root {
  readonly name: string;
  readonly sym: Sym;
}

function planRoots(
  outputs: readonly Root[],
  updates: readonly Root[],
  kept: readonly Sym[],
  parameters: readonly Sym[],
): Plan {
  const roots = [...outputs, ...updates].map((r) => r.sym);
  const order = toposort([...roots, ...kept]);
  const builder = new PlanBuilder(parameters);
  for (const node of order) builder.add(node);
  return builder.finish(outputs, updates);
}

type Draft<S> = { -readonly [K in keyof S]: S[K] };
const NONE: readonly number[] = Object.freeze([]);

class PlanBuilder {
  /** A value for each output of a node. */
  readonly #values = new NodeMap<readonly Value[]>();
  readonly #slots: Draft<Slot>[] = [];
  readonly #steps: Draft<Step>[] = [];
  readonly #nodes: Node[] = [];
  readonly #feeds: NamedValue[] = [];
  readonly #variables: NamedValue[] = [];
  readonly #constants: PlannedConstant[] = [];
  readonly #random: number[] = [];
  readonly #bodies = new Map<string, Plan>();
  readonly #names = new Map<AnyOp, readonly string[]>();

  constructor(parameters: readonly Sym[]) {
    parameters.forEach((p, i) => {
      this.#feeds.push({ ...this.#leaf(p, 'parameter'), name: `${i}` });
    });
  }

  add(node: Node): void {
    const out = node.outputs[0]!;
    const attrs = node.attrs as Record<string, never>;
    switch (node.op.name) {
      case 'Placeholder':
        this.#feeds.push({ ...this.#leaf(out, 'feed'), name: attrs.name! });
        break;
      case 'Variable':
        this.#variables.push({ ...this.#leaf(out, 'variable'), name: attrs.name! });
        break;
      case 'Constant':
        this.#constants.push({ ...this.#leaf(out, 'constant'), data: attrs.data! });
        break;
      case 'Fill':
        this.#constants.push({ ...this.#leaf(out, 'constant'), data: attrs.value! });
        break;
      case 'Iota':
        this.#constants.push({
          ...this.#leaf(out, 'constant'),
          data: { start: attrs.start!, step: attrs.step! },
        });
        break;
      case 'RandomState':
        this.#random.push(this.#leaf(out, 'random').slot);
        break;
      case 'Parameter':
        break; // a parameter's value is there from the start
      case 'Reshape':
        this.#values.set(node, [{ ...this.#value(node.inputs[0]!), shape: out.shape as readonly number[] }]);
        break;
      case 'Map':
        this.#step(node, this.#map(node));
        break;
      default:
        this.#step(node, node.op.traits.random ? this.#draw(node) : this.#kernel(node));
    }
  }

  /** The only value of a node that no step makes. */
  #leaf(sym: Sym, kind: Slot['kind']): Value {
    const value = this.#slot(sym, kind, sym.label);
    this.#values.set(sym.node, [value]);
    return value;
  }

  #slot({ shape, dtype }: Sym, kind: Slot['kind'], label: string): Value {
    const sizes = shape as readonly number[];
    this.#slots.push({ label, kind, bytes: sizeOf(sizes) * BYTES_PER_ELEMENT[dtype], first: -1, last: -1 });
    return { slot: this.#slots.length - 1, shape: sizes, dtype };
  }

  readonly #value = (sym: Sym): Value => this.#values.get(sym.node)![sym.output]!;

  #step(node: Node, step: Step): void {
    this.#steps.push(step);
    this.#nodes.push(node);
  }

  #outputs(node: Node, label: string): readonly Value[] {
    const values = node.outputs.map((s) => this.#slot(s, 'value', s.output === 0 ? label : s.label));
    this.#values.set(node, values);
    return values;
  }

  #kernel(node: Node): KernelStep {
    const { op } = node;
    const inputs = node.inputs.map(this.#value);
    const list = op.slots.length === 1 && op.slots[0]!.kind === 'variadic';
    const names = list
      ? undefined
      : node.arity === undefined
        ? this.#namesOf(op)
        : Object.keys(inputRecord(op, node.inputs, node.arity));
    if (names !== undefined && names.length !== inputs.length) {
      throw new UnsupportedOpError(`${op.name}: a kernel takes named inputs or a list, not both`, {
        node: node.label,
        site: node.site,
      });
    }
    const { label } = node;
    return {
      kind: 'kernel',
      kernel: op.name,
      label,
      names,
      inputs,
      outputs: this.#outputs(node, label),
      attrs: plainAttrs(node),
      free: NONE,
    };
  }

  /** Names of the inputs of an op that has no optional ones; one array for all its steps. */
  #namesOf(op: AnyOp): readonly string[] {
    let names = this.#names.get(op);
    if (names === undefined) {
      names = op.slots.map((slot) => slot.name);
      this.#names.set(op, names);
    }
    return names;
  }

  #draw(node: Node): DrawStep {
    const expression = expressionOf(node);
    if (expression === undefined)
      throw new UnsupportedOpError(`${node.op.name}: a random op needs an expression`, {
        node: node.label,
        site: node.site,
      });
    return {
      kind: 'draw',
      label: node.label,
      inputs: node.inputs.map(this.#value),
      stream: node.attrs.stream as number,
      expression: scalarToJSON(expression),
      outputs: this.#outputs(node, node.label),
      free: NONE,
    };
  }

  #map(node: Node): MapStep {
    const { body, count, stacked } = node.attrs as unknown as { body: Fn; count: number; stacked: number };
    return {
      kind: 'map',
      label: node.label,
      count,
      stacked,
      body: this.#body(body),
      inputs: node.inputs.map(this.#value),
      mapped: node.arity![0]!,
      outputs: this.#outputs(node, node.label),
      free: NONE,
    };
  }

  #body(fn: Fn): Plan {
    let plan = this.#bodies.get(fn.key);
    if (plan === undefined) {
      plan = planRoots(
        fn.results.map((sym, i) => ({ name: `${i}`, sym })),
        [],
        [],
        fn.parameters,
      );
      this.#bodies.set(fn.key, plan);
    }
    return plan;
  }

  finish(outputs: readonly Root[], updates: readonly Root[]): Plan {
    const named = ({ name, sym }: Root): NamedValue => ({ ...this.#value(sym), name });
    const ends = [...outputs, ...updates].map((r) => this.#value(r.sym).slot);
    const peakBytes = lifetimes(this.#slots, this.#steps, ends);
    const plan: Plan = {
      slots: this.#slots,
      feeds: this.#feeds,
      variables: this.#variables,
      constants: this.#constants,
      random: this.#random,
      steps: this.#steps,
      outputs: outputs.map(named),
      updates: updates.map(named),
      peakBytes,
    };
    const size = `${this.#steps.length} steps, ${this.#slots.length} slots, ${peakBytes} bytes`;
    shownAs(plan, () => `Plan of ${size}`);
    nodesOfSteps.set(plan, this.#nodes);
    return plan;
  }
}

/** Attributes as kernels take them: plain data. */
function plainAttrs(node: Node): Readonly<Record<string, unknown>> {
  const [name] = node.op.functions;
  if (name !== undefined)
    throw new UnsupportedOpError(`${node.op.name}: a kernel cannot take a Function ('${name}')`, {
      node: node.label,
      site: node.site,
    });
  return node.attrs;
}
