/** Programs on backends that run plans: a plan for each binding of dims, the last few kept. */
import {
  bindDims,
  type DimBindings,
  type Executable,
  foldConstants,
  legalizeBound,
  makePlan,
  type PassSwitches,
  type Plan,
  type PlannedProgram,
  type ProgramGraph,
  ProgramStateError,
  type RunRequest,
  type RunResults,
  type StepReport,
  simplifyLegal,
  type Target,
} from '../engine/index.ts';
import { dimsKey } from './dims-key.ts';

/** A plan that is ready to run on some device. */
export interface RunnablePlan {
  readonly plan: Plan;
  run(request: RunRequest): Promise<RunResults>;
  runSync?(request: RunRequest): RunResults;
  steps?(request: RunRequest): AsyncGenerator<StepReport, void>;
  dispose(): void;
}

/** How many plans a program keeps: the last used. */
const KEPT_PLANS = 8;

export class PlannedExecutable implements Executable {
  readonly #program: ProgramGraph;
  readonly #target: Target;
  readonly #passes: PassSwitches;
  readonly #load: (planned: PlannedProgram) => RunnablePlan;
  readonly #plans = new Map<string, RunnablePlan>();
  #lastKey: string | undefined;
  #last: RunnablePlan | undefined;

  /** @param load brings a plan to the device */
  constructor(
    program: ProgramGraph,
    target: Target,
    passes: PassSwitches,
    load: (planned: PlannedProgram) => RunnablePlan,
  ) {
    this.#program = program;
    this.#target = target;
    this.#passes = passes;
    this.#load = load;
  }

  bind(dims: DimBindings): void {
    this.#planFor(dims);
  }

  plan(dims: DimBindings): Plan {
    return this.#planFor(dims).plan;
  }

  // not `async`: what a plan does before it first waits happens within the call
  run(request: RunRequest): Promise<RunResults> {
    return this.#planFor(request.dims).run(request);
  }

  runSync(request: RunRequest): RunResults {
    const plan = this.#planFor(request.dims);
    if (plan.runSync === undefined) throw new ProgramStateError(`'${this.#target.name}' cannot run synchronously`);
    return plan.runSync(request);
  }

  steps(request: RunRequest): AsyncGenerator<StepReport, void> {
    const plan = this.#planFor(request.dims);
    if (plan.steps === undefined)
      throw new ProgramStateError(`'${this.#target.name}' is elsewhere, and does not run step by step`);
    return plan.steps(request);
  }

  dispose(): void {
    for (const plan of this.#plans.values()) plan.dispose();
    this.#plans.clear();
    this.#lastKey = this.#last = undefined;
  }

  #planFor(dims: DimBindings): RunnablePlan {
    const key = dimsKey(dims);
    // the common case: the same sizes as in the last run
    if (key === this.#lastKey) return this.#last!;
    let plan = this.#plans.get(key);
    if (plan === undefined) plan = this.#load(this.#makePlan(dims));
    else this.#plans.delete(key);
    // re-inserted at the end: a Map's order is the order of use
    this.#plans.set(key, plan);
    if (this.#plans.size > KEPT_PLANS) {
      const [oldest, evicted] = this.#plans.entries().next().value!;
      this.#plans.delete(oldest);
      evicted.dispose();
    }
    this.#lastKey = key;
    this.#last = plan;
    return plan;
  }

  #makePlan(dims: DimBindings): PlannedProgram {
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
}
