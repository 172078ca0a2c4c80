/**
 * The plan: a program as data. Values live in integer slots; a step reads and writes slots and says which of them end with it.
 * A plan is structured-cloneable (kernels by name, no closures), so a worker needs only `run` and a backend.
 */
import type { Node } from '../build/sym.ts';
import type { DimExpr } from '../dim/index.ts';
import type { Elements, Leaf } from '../op.ts';
import type { ScalarDocument } from '../scalar/document.ts';
import type { DType } from '../types.ts';

/** A value as a step sees it: a slot, under a shape (a reshape is another shape on the same slot). */
export interface Value {
  readonly slot: number;
  readonly shape: readonly number[];
  readonly dtype: DType;
}

/** What a slot holds. */
export interface Slot {
  readonly label: string;
  readonly kind: Leaf | 'value';
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
export interface LoopStep extends StepBase {
  readonly kind: 'loop';
  readonly count: number;
  readonly body: Plan;
  /** The body's parameters, in order: the first `mapped` are sliced, every iteration gets the others whole. */
  readonly inputs: readonly Value[];
  readonly mapped: number;
  /** The first of the outputs are stacks of the body's results; the others their sums. */
  readonly stacked: number;
}
export type Step = KernelStep | DrawStep | LoopStep;

export interface NamedValue extends Value {
  readonly name: string;
}
export interface PlannedConstant extends Value {
  /** No dim: each is a number. */
  readonly data: Exclude<Elements, DimExpr>;
}

export interface Plan {
  readonly slots: readonly Slot[];
  /** Fed at every run. In a body: its parameters, by position. */
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

export const keepNodes = (plan: Plan, nodes: readonly Node[]): unknown => nodesOfSteps.set(plan, nodes);

/** The node that a step computes, for errors; undefined where the plan is a clone. */
export const nodeOfStep = (plan: Plan, index: number): Node | undefined => nodesOfSteps.get(plan)?.[index];

/** The plan, and those of all bodies within it. */
export function* plansIn(plan: Plan): Generator<Plan, void> {
  yield plan;
  for (const step of plan.steps) if (step.kind === 'loop') yield* plansIn(step.body);
}
