/** Programs on backends that run plans: a plan for each binding of dims, the last few kept. */
import {
  type DimBindings,
  type Executable,
  makePlan,
  type PassSwitches,
  type Plan,
  type PlannedProgram,
  type ProgramGraph,
  ProgramStateError,
  type RunRequest,
  type RunResults,
  type StepReport,
  type Target,
} from '../engine/index.ts';
import { boundTo, PerDims } from './per-dims.ts';

/** A plan that is ready to run on some device. */
export interface RunnablePlan {
  readonly plan: Plan;
  run(request: RunRequest): Promise<RunResults>;
  runSync?(request: RunRequest): RunResults;
  steps?(request: RunRequest): AsyncGenerator<StepReport, void>;
  dispose(): void;
}

export class PlannedExecutable implements Executable {
  readonly #target: Target;
  readonly #plans: PerDims<RunnablePlan>;

  /** @param load brings a plan to the device */
  constructor(
    program: ProgramGraph,
    target: Target,
    passes: PassSwitches,
    load: (planned: PlannedProgram) => RunnablePlan,
  ) {
    this.#target = target;
    this.#plans = new PerDims((dims) => load(makePlan(boundTo(program, dims, target, passes))));
  }

  bind(dims: DimBindings): void {
    this.#plans.get(dims);
  }

  plan(dims: DimBindings): Plan {
    return this.#plans.get(dims).plan;
  }

  // not `async`: what a plan does before it first waits happens within the call
  run(request: RunRequest): Promise<RunResults> {
    return this.#plans.get(request.dims).run(request);
  }

  runSync(request: RunRequest): RunResults {
    const plan = this.#plans.get(request.dims);
    if (plan.runSync === undefined) throw new ProgramStateError(`'${this.#target.name}' cannot run synchronously`);
    return plan.runSync(request);
  }

  steps(request: RunRequest): AsyncGenerator<StepReport, void> {
    const plan = this.#plans.get(request.dims);
    if (plan.steps === undefined)
      throw new ProgramStateError(`'${this.#target.name}' is elsewhere, and does not run step by step`);
    return plan.steps(request);
  }

  dispose(): void {
    this.#plans.dispose();
  }
}
