/**
 * The plan: a program as data. Steps read and write values in numbered slots, and list the slots to free after them. A plan can be cloned
 * by structuredClone (kernels by name, no closures), so a worker needs only `run` and a backend.
 */
import type { Fn } from '../build/function.ts';
import type { Node, Sym } from '../build/sym.ts';
import { variableName } from '../build/update.ts';
import type { DimExpr } from '../dim.ts';
import { shownAs } from '../inspect.ts';
import type { Elements, Leaf } from '../op.ts';
import type { ProgramGraph } from '../optimize/program-graph.ts';
import type { ScalarDocument } from '../scalar/document.ts';
import type { DType } from '../types.ts';
import { liveness, peakOf } from './liveness.ts';
import { schedule } from './schedule.ts';
import { assignSlots } from './slots.ts';
import { needsStep, stepOf } from './steps.ts';

/** A value of a step: a slot with a shape and dtype (a reshape is another shape of the same slot). */
export interface Value {
  readonly slot: number;
  readonly shape: readonly number[];
  readonly dtype: DType;
}

export interface Slot {
  /** The label of the node that it stores, for errors. */
  readonly label: string;
  readonly kind: Leaf | 'value';
  readonly bytes: number;
  /** Its live range: indices of the steps that write it (-1: a leaf) and last read it (the number of steps: it outlives the run). */
  readonly first: number;
  readonly last: number;
}

interface StepBase {
  /** The node that it computes, for errors. */
  readonly label: string;
  readonly outputs: readonly Value[];
  /** Slots that nothing reads after this step. */
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
/** A random draw, computed on the host: `expression` of each element's 32 random bits (its input 0) from `stream`. */
export interface DrawStep extends StepBase {
  readonly kind: 'draw';
  readonly inputs: readonly Value[];
  readonly stream: number;
  readonly expression: ScalarDocument;
}
/** A loop: a body run `count` times over the leading axis. */
export interface LoopStep extends StepBase {
  readonly kind: 'loop';
  readonly count: number;
  readonly body: Plan;
  /** Arguments of the body's parameters: the first `mapped` are sliced along the leading axis, the others passed whole. */
  readonly inputs: readonly Value[];
  readonly mapped: number;
  /** The first `stacked` outputs are stacks of the body's results over the iterations; the others are sums. */
  readonly stacked: number;
}
export type Step = KernelStep | DrawStep | LoopStep;

export interface NamedValue extends Value {
  readonly name: string;
}
export interface PlannedConstant extends Value {
  /** Never a dim: all dims are bound. */
  readonly data: Exclude<Elements, DimExpr>;
}

export interface Plan {
  readonly slots: readonly Slot[];
  /** Placeholders. In a body: its parameters, named '0', '1', ... */
  readonly feeds: readonly NamedValue[];
  readonly variables: readonly NamedValue[];
  readonly constants: readonly PlannedConstant[];
  /** Slots that hold the random state. */
  readonly random: readonly number[];
  readonly steps: readonly Step[];
  readonly outputs: readonly NamedValue[];
  /** New values of variables, by the variable's name. */
  readonly updates: readonly NamedValue[];
  /** The most bytes alive at any step, including constants, feeds and variables. */
  readonly peakBytes: number;
}

/** The node of each step: stored outside of the plan, because nodes cannot be cloned. */
const nodesOfSteps = new WeakMap<Plan, readonly Node[]>();

/** The node that a step computes, for errors; undefined if the plan is a clone. */
export const nodeOfStep = (plan: Plan, index: number): Node | undefined => nodesOfSteps.get(plan)?.[index];

/** The plan, and those of all bodies within it. */
export function* plansIn(plan: Plan): Generator<Plan, void> {
  yield plan;
  for (const step of plan.steps) if (step.kind === 'loop') yield* plansIn(step.body);
}

/** Plans a bound program. @throws UnsupportedOpError for an op that no step can compute */
export function makePlan(program: ProgramGraph): Plan {
  const outputs = Object.entries(program.outputs).map(([name, sym]) => ({ name, sym }));
  const updates = program.updates.map((u) => ({ name: variableName(u.variable), sym: u.value }));
  return planRegion({ outputs, updates, kept: program.kept, parameters: [] }, new Map());
}

interface Root {
  readonly name: string;
  readonly sym: Sym;
}

interface PlannedRegion {
  readonly outputs: readonly Root[];
  readonly updates: readonly Root[];
  readonly kept: readonly Sym[];
  readonly parameters: readonly Sym[];
}

/** @param bodies plans of bodies, by their Functions' keys: equal bodies share a plan */
function planRegion({ outputs, updates, kept, parameters }: PlannedRegion, bodies: Map<string, Plan>): Plan {
  const roots = [...outputs, ...updates];
  const order = schedule([...roots.map((r) => r.sym), ...kept]);
  const { contents, planned, ...leaves } = assignSlots(order, parameters);
  const nodes = order.filter(needsStep);
  const operands = nodes.map((node) => ({ inputs: node.inputs.map(planned), outputs: node.outputs.map(planned) }));
  const results = roots.map((r) => planned(r.sym).slot);
  const { first, last, free } = liveness(contents, operands, results);
  const slots = contents.map(({ label, kind, bytes }, i) => ({ label, kind, bytes, first: first[i]!, last: last[i]! }));
  const steps = nodes.map((node, i) => stepOf(node, operands[i]!, free[i]!, (fn) => planBody(fn, bodies)));
  const named = ({ name, sym }: Root): NamedValue => ({ ...planned(sym), name });
  const plan: Plan = {
    slots,
    ...leaves,
    steps,
    outputs: outputs.map(named),
    updates: updates.map(named),
    peakBytes: peakOf(slots, steps),
  };
  shownAs(plan, () => `Plan of ${steps.length} steps, ${slots.length} slots, ${plan.peakBytes} bytes`);
  nodesOfSteps.set(plan, nodes);
  return plan;
}

function planBody({ key, parameters, results }: Fn, bodies: Map<string, Plan>): Plan {
  let plan = bodies.get(key);
  if (plan === undefined) {
    const outputs = results.map((sym, i) => ({ name: `${i}`, sym }));
    plan = planRegion({ outputs, updates: [], kept: [], parameters }, bodies);
    bodies.set(key, plan);
  }
  return plan;
}
