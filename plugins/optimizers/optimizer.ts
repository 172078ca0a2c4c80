/**
 * The common part of all optimizers. An optimizer adds nodes to the graph of its variables. Its slots and step counter are variables too,
 * so they are saved, loaded and shared like all others. At run time only kernels are left.
 */
import type { Attr, AttrSchema, Attrs, Graph, InitializerLike, Sym, SymLike, Update } from '../../engine/index.ts';
import {
  AttributeError,
  apart,
  assign,
  cast,
  constant,
  DTypeError,
  expose,
  formatType,
  GraphError,
  gradients as gradientsOf,
  lift,
  NoPathError,
  parseAttrs,
  ShapeError,
  toposort,
  variableName,
} from '../../engine/index.ts';
import { add, mul } from '../../ops/exports.ts';
import { requirePenalties } from '../regularizers/penalties.ts';
import { clipByGlobalNorm, clipByValue } from './clip.ts';
import type { LearningRate } from './settings.ts';
import { graphOfVariable, listed, matches, trainableVariables, type VariableFilter } from './variables.ts';

/** A variable and the gradient of the loss with respect to it. */
export interface VariableGradient {
  readonly variable: Sym;
  readonly gradient: Sym;
}

export interface Optimizer {
  /** The middle part of its slots' names: `W1/adam/m`. */
  readonly name: string;
  /**
   * Builds updates that decrease a scalar loss. They cover the trainable variables that the loss depends on.
   * @param variables a function: covers only those of them for which it returns true; a list or a record: covers all of its variables, also
   * those that are not trainable
   * @throws ShapeError for a loss that is not a scalar; NoPathError for a listed variable that it does not depend on; GraphError if there
   * is nothing to train, or if the loss lacks penalties of regularized layers: pass `regularized(loss)`
   */
  minimize(loss: Sym, variables?: VariableFilter): readonly Update[];
  /** The first half of `minimize`: gradients of the loss. */
  gradients(loss: Sym, variables?: VariableFilter): readonly VariableGradient[];
  /** The second half: updates from gradients, which you may have changed. */
  apply(gradients: readonly VariableGradient[]): readonly Update[];
}

/** Settings of all optimizers. */
export interface Settings {
  readonly learningRate?: LearningRate;
}

/** Variables with separate settings. Each variable belongs to the first group that contains it. */
export type Group<H> = Partial<H> & { readonly variables: VariableFilter };

export interface CommonOptions<H> {
  /**
   * The middle part of the slots' names. Default: the optimizer's kind. Optimizers of the same name share slots and step counter, so two in
   * one program need different names.
   */
  readonly name?: string;
  /** Variables that are not updated. */
  readonly frozen?: VariableFilter;
  /** Settings for groups of variables. */
  readonly groups?: readonly Group<H>[];
  /** Limits each element of each gradient to [-clipValue, clipValue]. */
  readonly clipValue?: number;
  /** Scales all gradients together to at most this global norm, after `clipValue`. */
  readonly clipNorm?: number;
}

/** An optimizer's settings, and the options of all optimizers. */
export type OptimizerOptions<H> = H & CommonOptions<H>;

export interface Slots {
  /** The slot's value before this step. @param start its initial value */
  readonly before: (name: string, start?: number) => Sym;
  /** Sets the slot's value for the next step, and returns it. */
  readonly after: (name: string, value: Sym) => Sym;
}

/** A schema for each setting. */
export type Schema<H> = { readonly [K in keyof H]-?: Attr<Required<H>[K]> };

/** The update rule of an optimizer. */
export interface Rule<H extends Settings, S> {
  readonly kind: string;
  readonly settings: Schema<H>;
  /** Scalars that all variables of a group share, computed once a step. @param t gives the number of this update, starting at 1 */
  readonly shared: (settings: Required<H>, rate: SymLike, t: () => Sym) => S;
  /** The variable's next value. */
  readonly update: (variable: Sym, gradient: Sym, shared: S, slots: Slots) => Sym;
}

/** Makes an optimizer from a rule. @throws AttributeError for a setting that is missing, unknown or rejected by its schema */
export function makeOptimizer<H extends Settings, S>(rule: Rule<H, S>, options: OptimizerOptions<H>): Optimizer {
  const {
    name = rule.kind,
    frozen = [],
    groups = [],
    clipValue,
    clipNorm,
    ...own
  } = options as OptimizerOptions<Settings>;
  for (const [setting, attr] of Object.entries(rule.settings as AttrSchema))
    if (typeof attr?.parse !== 'function')
      throw new AttributeError(
        `${rule.kind}: the schema of its setting '${setting}' is none: write settings.number(0.9) or the like`,
      );
  const withDefaults = (given: object): Required<H> =>
    parseAttrs(rule.kind, rule.settings as AttrSchema, given as Attrs) as Required<H>;
  const base = withDefaults(own);
  const grouped = groups.map(({ variables, ...settings }) => ({
    variables,
    settings: withDefaults({ ...own, ...settings }),
  }));
  for (const [option, limit] of Object.entries({ clipValue, clipNorm })) {
    if (limit !== undefined && !(limit > 0))
      throw new AttributeError(`${rule.kind}: ${option} is a positive number, not ${limit}`);
  }

  const gradients = (loss: Sym, variables?: VariableFilter): readonly VariableGradient[] => {
    const covered = choose(rule.kind, loss, variables, frozen);
    requirePenalties(rule.kind, loss, covered);
    return gradientsOf(loss, covered).map((gradient, i) => ({ variable: covered[i]!, gradient }));
  };

  const apply = (given: readonly VariableGradient[]): readonly Update[] => {
    const list = given.filter(({ variable }) => !matches(frozen, variable));
    const graph = check(rule.kind, list);
    const step = new Step(graph, name);
    const clipped = clipAll(
      list.map((g) => g.gradient),
      clipValue,
      clipNorm,
    );
    const shared = new Map<Required<H>, S>();
    const updates = list.flatMap(({ variable }, i) => {
      const settings = grouped.find((group) => matches(group.variables, variable))?.settings ?? base;
      if (!shared.has(settings))
        shared.set(
          settings,
          rule.shared(settings, rateOf(settings.learningRate!, step), () => step.number),
        );
      const slots: Update[] = [];
      const value = rule.update(variable, clipped[i]!, shared.get(settings)!, slotsOf(graph, variable, name, slots));
      return [assign(variable, value), ...slots];
    });
    return [...updates, ...step.updates];
  };

  return exposeOptimizer({
    name,
    gradients,
    apply,
    minimize: (loss, variables) => apply(gradients(loss, variables)),
  });
}

/** The optimizer for users, which checks arguments. */
export const exposeOptimizer = ({ name, gradients, apply, minimize }: Optimizer): Optimizer => ({
  name,
  gradients: expose('gradients', 'loss:y variables?:fr[y]', gradients),
  apply: expose('apply', 'gradients:[o]', apply),
  minimize: expose('minimize', 'loss:y variables?:fr[y]', minimize),
});

/** A moving average: decay * before + (1 - decay) * x. */
export const average = (before: Sym, x: Sym, decay: number): Sym => add(mul(before, decay), mul(x, 1 - decay));

/** The variables that `minimize` covers. */
function choose(
  kind: string,
  loss: Sym,
  variables: VariableFilter | undefined,
  frozen: VariableFilter,
): readonly Sym[] {
  if (loss.rank > 0)
    throw new ShapeError(
      `${kind}: the loss '${loss.label}' is ${formatType(loss)}, not a scalar; take its mean or sum`,
      { site: loss.node.site },
    );
  const explicit = variables === undefined ? undefined : listed(variables);
  const trainable = trainableVariables(loss);
  const wanted =
    explicit === undefined
      ? trainable.filter((v) => variables === undefined || matches(variables, v))
      : [...new Set(explicit)];
  if (explicit !== undefined) requirePaths(kind, loss, wanted);
  const covered = wanted.filter((v) => !matches(frozen, v));
  if (covered.length > 0) return covered;
  const why =
    trainable.length === 0 && explicit === undefined
      ? 'depends on no trainable variable'
      : 'depends on variables, but all of them are frozen or left out';
  throw new GraphError(`${kind}: there is nothing to train: '${loss.label}' ${why}`, { site: loss.node.site });
}

function requirePaths(kind: string, loss: Sym, variables: readonly Sym[]): void {
  const reached = new Set(toposort([loss]));
  for (const variable of variables) {
    graphOfVariable(variable);
    if (!reached.has(variable.node)) {
      throw new NoPathError(`${kind}: the loss '${loss.label}' does not depend on the variable '${variable.label}'`, {
        node: variable.label,
        site: variable.node.site,
      });
    }
  }
}

/** Checks that gradients fit their variables. @returns the graph of all variables */
function check(kind: string, list: readonly VariableGradient[]): Graph {
  const [first] = list;
  if (first === undefined) throw new GraphError(`${kind}: there is nothing to train: no gradients are left`);
  const graph = graphOfVariable(first.variable);
  const seen = new Set<Sym>();
  for (const { variable, gradient } of list) {
    if (graphOfVariable(variable) !== graph)
      throw new GraphError(`${kind}: '${first.variable.label}' and '${variable.label}' belong to different graphs`);
    if (variable.dtype !== 'float32')
      throw new DTypeError(`${kind}: the variable '${variable.label}' is ${variable.dtype}, not float32`, {
        site: variable.node.site,
      });
    if (gradient.dtype !== 'float32' || gradient.shape.join() !== variable.shape.join()) {
      throw new ShapeError(
        `${kind}: the gradient of '${variable.label}', which is ${formatType(variable)}, is ${formatType(gradient)}`,
        { site: gradient.node.site },
      );
    }
    if (seen.has(variable)) throw new GraphError(`${kind}: two gradients of the variable '${variable.label}'`);
    seen.add(variable);
  }
  return graph;
}

function clipAll(
  gradients: readonly Sym[],
  clipValue: number | undefined,
  clipNorm: number | undefined,
): readonly Sym[] {
  const limited = clipValue === undefined ? gradients : clipByValue(gradients, -clipValue, clipValue);
  return clipNorm === undefined ? limited : clipByGlobalNorm(limited, clipNorm);
}

/** An untrainable variable of an optimizer, shared if it exists. */
export const stateVariable = (
  graph: Graph,
  name: string,
  like: Pick<Sym, 'dtype' | 'shape'>,
  start: InitializerLike = 0,
): Sym => graph.variable(name, like.shape, start, { dtype: like.dtype, trainable: false, share: true });

const COUNTER = { dtype: 'int32', shape: [] } as const;

/** The step counter: an int32 variable that is made only if something depends on it. */
class Step {
  readonly #graph: Graph;
  readonly #name: string;
  #variable: Sym | undefined;

  constructor(graph: Graph, name: string) {
    this.#graph = graph;
    this.#name = `${name}/step`;
  }

  /** The number of updates made so far, as float32. */
  get before(): Sym {
    this.#variable ??= stateVariable(this.#graph, this.#name, COUNTER);
    return cast(this.#variable, 'float32');
  }

  /** The number of this update, starting at 1, as float32. */
  get number(): Sym {
    return add(this.before, 1);
  }

  get updates(): readonly Update[] {
    return this.#variable === undefined ? [] : [assign(this.#variable, add(this.#variable, constant(1, 'int32')))];
  }
}

function rateOf(rate: LearningRate, step: Step): SymLike {
  const value = typeof rate === 'function' ? apart(() => rate(step.before)) : rate;
  if (typeof value === 'number') {
    if (Number.isFinite(value)) return value;
    throw new AttributeError(
      `the learning rate is ${value}: a schedule gets the step as a Sym, and gives what ops make of it, as in (step) => div(0.1, add(step, 1))`,
    );
  }
  const sym = lift(value);
  if (sym.rank === 0 && sym.dtype === 'float32') return sym;
  throw new ShapeError(`the learning rate '${sym.label}' is ${formatType(sym)}, not a float32 scalar`, {
    site: sym.node.site,
  });
}

/** @param updates takes the slots' updates */
function slotsOf(graph: Graph, variable: Sym, name: string, updates: Update[]): Slots {
  const before = (slot: string, start = 0): Sym =>
    stateVariable(graph, `${variableName(variable)}/${name}/${slot}`, variable, start);
  const after = (slot: string, value: Sym): Sym => {
    updates.push(assign(before(slot), value));
    return value;
  };
  return { before, after };
}
