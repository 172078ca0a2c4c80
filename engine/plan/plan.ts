/**
 * The plan: a program as data. Steps read and write values in numbered slots, and list the slots to free after them. A plan can be cloned
 * by structuredClone (kernels by name, no closures), so a worker needs only `run` and a backend.
 */
import type { Node } from '../build/sym.ts';
import type { DimExpr } from '../dim/index.ts';
import type { Elements, Leaf } from '../op.ts';
import type { ScalarDocument } from '../scalar/document.ts';
import type { DType } from '../types.ts';

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

export const keepNodes = (plan: Plan, nodes: readonly Node[]): unknown => nodesOfSteps.set(plan, nodes);

/** The node that a step computes, for errors; undefined where the plan is a clone. */
export const nodeOfStep = (plan: Plan, index: number): Node | undefined => nodesOfSteps.get(plan)?.[index];

/** The plan, and those of all bodies within it. */
export function* plansIn(plan: Plan): Generator<Plan, void> {
  yield plan;
  for (const step of plan.steps) if (step.kind === 'loop') yield* plansIn(step.body);
}
