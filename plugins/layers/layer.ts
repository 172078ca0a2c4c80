/** What layers share: scopes and names of their variables, common options, and checks of arguments. */

import type { Dim, InitializerLike, Sym } from '../../engine/index.ts';
import {
  AttributeError,
  dimValue,
  formatShape,
  Graph,
  GraphError,
  isSym,
  ShapeError,
  surroundings,
} from '../../engine/index.ts';
import { add, div } from '../../ops/exports.ts';
import { glorotUniform } from '../initializers/exports.ts';
import type { Regularizer } from '../regularizers/exports.ts';
import { penalize } from '../regularizers/penalties.ts';

/** A function of one value, such as `relu` from 'retrograph/ops'. */
export type Activation = (x: Sym) => Sym;

export interface LayerOptions {
  /**
   * The scope of the layer's variables, as in `dense/kernel`. By default it is the kind of layer, with a number from the second one of that
   * kind in the graph on ('dense', 'dense_1'), so that graphs built by the same code have the same variable names.
   */
  readonly name?: string;
  /** false: optimizers skip the variables unless they are listed. */
  readonly trainable?: boolean;
  /** Reuse the variables of the layer of that name, to apply one layer twice. By default, a taken name is an error. */
  readonly share?: boolean;
  /** The graph of the variables. Needed only outside of a graph's scopes, for an input without a graph, such as randomNormal(...). */
  readonly graph?: Graph;
  /** The penalty of the output, divided by the batch size: see `regularized`. */
  readonly activityRegularizer?: Regularizer;
}

/** Makes a variable of a layer, named within the layer's scope, with a known shape and an initializer. */
export type MakeVariable = (
  name: string,
  shape: readonly Dim[],
  init: InitializerLike,
  options?: { readonly trainable?: boolean; readonly regularizer?: Regularizer | undefined },
) => Sym;

/** Adds the variables of an inner layer to this layer's, under the inner layer's name. */
export type IncludeVariables = (inner: string, variables: LayerVariables) => void;

/** A layer's variables by their names within the layer: `kernel`, `bias`. */
export type LayerVariables = Readonly<Record<string, Sym>>;

/** By the value that a layer returned. */
const owned = /* @__PURE__ */ new WeakMap<Sym, LayerVariables>();

/** A layer's result: a value, or a record that contains one as `y`. */
type Given = Sym | { readonly y: Sym };
const outputOf = (given: Given): Sym => (isSym(given) ? given : given?.y);

/**
 * The variables of the layer that returned a value, by their names within the layer. Use them to read values
 * (`variables.get(variablesOf(h).kernel)`), to freeze them (`adam({ frozen: variablesOf(h) })`), or to penalize them.
 * @param given the layer's result: a Sym, or the whole of `{ y, state }` or `{ y, updates }`
 * @throws GraphError for a value that no layer with variables returned
 */
export function variablesOf(given: Given): LayerVariables {
  const value = outputOf(given);
  if (!isSym(value)) throw new AttributeError('given is what a layer gave');
  const variables = owned.get(value);
  if (variables === undefined)
    throw new GraphError(`variablesOf: '${value.label}' is not what a layer with variables gave`, {
      site: value.node.site,
    });
  return variables;
}

/**
 * Runs `build` in the scope of a new layer, in the graph of its operands.
 * @throws GraphError if no operand belongs to a graph, or the name is taken; AttributeError for `share` without a name, or a regularizer
 * that is not a function
 */
export function layer<T extends Given>(
  kind: string,
  operands: Sym | readonly Sym[],
  options: LayerOptions,
  build: (variable: MakeVariable, include: IncludeVariables) => T,
): T {
  const { name, trainable = true, share = false, activityRegularizer } = options;
  const graph = graphOfLayer(kind, [operands].flat(), options.graph);
  if (share && name === undefined)
    throw new AttributeError(`${kind}: 'share' says to use the variables of a name, and there is no 'name'`);
  const scope = name ?? graph.unusedScope(kind);
  const variables: Record<string, Sym> = {};
  return graph.scope(scope, () => {
    const make: MakeVariable = (own, shape, init, { regularizer, ...other } = {}) => {
      const made = graph.variable(own, requireSizes(kind, own, shape), init, { trainable, share, ...other });
      variables[own] = made;
      if (regularizer !== undefined) {
        const value = penaltyOf(kind, regularizer, made);
        penalize({ what: made.label, of: made, variables: [made], value });
      }
      return made;
    };
    const include: IncludeVariables = (inner, made) => {
      for (const [own, variable] of Object.entries(made)) variables[`${inner}/${own}`] = variable;
    };
    const given = build(make, include);
    const y = outputOf(given);
    if (!isSym(y)) throw new AttributeError(`${kind}: the activation gives a value of the graph, not ${String(y)}`);
    owned.set(y, Object.freeze({ ...owned.get(y), ...variables }));
    if (activityRegularizer !== undefined) {
      const value = div(penaltyOf(kind, activityRegularizer, y), dimValue(y.shape[0] ?? 1));
      penalize({ what: `the activity of ${scope}`, of: y, variables: Object.values(variables), value });
    }
    return given;
  });
}

/** The graph of the first operand that has one, or else the given one, or else that of the surrounding scope. @throws GraphError */
function graphOfLayer(kind: string, operands: readonly Sym[], given: Graph | undefined): Graph {
  const found = operands.find((x) => isSym(x) && x.node.graph !== undefined)?.node.graph;
  if (found !== undefined && given !== undefined && found !== given)
    throw new GraphError(`${kind}: its input belongs to another graph than the one that is given`);
  const graph = found ?? given ?? surroundings();
  if (!operands.every(isSym) || !(graph instanceof Graph))
    throw new GraphError(
      `${kind}: its input belongs to no graph, where its variables could be; start from a placeholder, or give { graph }`,
    );
  return graph;
}

/** @throws AttributeError for a regularizer that is not a function; ShapeError for one that does not return a scalar */
function penaltyOf(kind: string, regularizer: Regularizer, x: Sym): Sym {
  if (typeof regularizer !== 'function')
    throw new AttributeError(
      `${kind}: the regularizer of '${x.label}' is a function, not ${JSON.stringify(regularizer)}`,
    );
  const value = regularizer(x);
  if (!isSym(value) || value.rank > 0 || value.dtype !== 'float32')
    throw new ShapeError(
      `${kind}: a regularizer gives a float32 scalar, and that of '${x.label}' gives ${String(value)}`,
    );
  return value;
}

function requireSizes(kind: string, name: string, shape: readonly Dim[]): readonly number[] {
  if (!shape.every((d) => typeof d === 'number'))
    throw new ShapeError(`${kind}: its variable '${name}' would be ${formatShape(shape)}; all its sizes must be known`);
  return shape as readonly number[];
}

/** The size of an axis that determines the shape of variables. @throws ShapeError if it is unknown, or there is no such axis */
export function sizeOfAxis(kind: string, x: Sym, axis: number): number {
  if (!Number.isInteger(axis) || axis < -x.rank || axis >= x.rank)
    throw new ShapeError(`${kind}: its input ${formatShape(x.shape)} has no axis ${axis}`);
  const size = x.shape.at(axis);
  if (typeof size !== 'number')
    throw new ShapeError(
      `${kind}: axis ${axis} of its input ${formatShape(x.shape)} is not a known size, on which its variables depend`,
    );
  return size;
}

/** @throws ShapeError for a value of another rank */
export function requireRank(kind: string, x: Sym, rank: number, axes: string): void {
  if (x.rank !== rank)
    throw new ShapeError(
      `${kind}: an input of rank ${rank} is expected, ${axes}, and this one is ${formatShape(x.shape)}`,
    );
}

/** @throws AttributeError for anything but a positive integer */
export function requireCount(kind: string, what: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 1)
    throw new AttributeError(`${kind}: ${what} is a positive integer, not ${String(value)}`);
}

/** One number for all axes, or a list with one for each. */
export type PerAxis = number | readonly number[];

/** @throws AttributeError for a wrong count, or anything but positive integers */
export function perAxis(kind: string, what: string, size: PerAxis, axes: number): readonly number[] {
  const list = typeof size === 'number' ? Array<number>(axes).fill(size) : size;
  if (!Array.isArray(list) || list.length !== axes)
    throw new AttributeError(
      `${kind}: ${what} is one number${axes === 1 ? '' : ` or ${axes}`}, not ${JSON.stringify(size)}`,
    );
  for (const n of list) requireCount(kind, what, n);
  return list;
}

/** @throws AttributeError for an unknown value */
export function requireOneOf(kind: string, what: string, value: string, known: readonly string[]): void {
  if (!known.includes(value))
    throw new AttributeError(
      `${kind}: ${what} is ${known.map((k) => `'${k}'`).join(' or ')}, not ${JSON.stringify(value)}`,
    );
}

/** Whether the channels are the last axis or come before the spatial axes. */
export type DataFormat = 'channelsLast' | 'channelsFirst';

const SPACE = [['steps'], ['height', 'width'], ['depth', 'height', 'width']] as const;

/** Checks that a value is a batch of sequences, images or volumes. @throws ShapeError for a wrong rank; AttributeError */
export function requireSpace(kind: string, x: Sym, axes: 1 | 2 | 3, format: DataFormat = 'channelsLast'): void {
  requireOneOf(kind, 'dataFormat', format, ['channelsLast', 'channelsFirst']);
  const space = SPACE[axes - 1]!;
  const named = format === 'channelsLast' ? [...space, 'channels'] : ['channels', ...space];
  requireRank(kind, x, axes + 2, `[batch, ${named.join(', ')}]`);
}

/** @throws AttributeError for a name, which Keras accepts: an activation is a function here, so that bundles contain only those in use */
export function requireActivation(kind: string, what: string, activation: Activation | undefined): void {
  if (activation !== undefined && typeof activation !== 'function')
    throw new AttributeError(
      `${kind}: ${what} is a function such as relu, of 'retrograph/ops', not ${JSON.stringify(activation)}`,
    );
}

export interface KernelOptions {
  /** Default: glorotUniform. */
  readonly kernelInitializer?: InitializerLike;
  /** The penalty of the kernel: see `regularized`. */
  readonly kernelRegularizer?: Regularizer;
}

export const makeKernel = (
  variable: MakeVariable,
  shape: readonly Dim[],
  { kernelInitializer = glorotUniform(), kernelRegularizer }: KernelOptions,
): Sym => variable('kernel', shape, kernelInitializer, { regularizer: kernelRegularizer });

export interface BiasOptions {
  /** Default true. */
  readonly useBias?: boolean;
  /** Default: zeros. */
  readonly biasInitializer?: InitializerLike;
  /** The penalty of the bias: see `regularized`. */
  readonly biasRegularizer?: Regularizer;
}

/** Makes the variable `bias`, unless useBias is false. */
export const makeBias = (
  variable: MakeVariable,
  shape: readonly Dim[],
  { useBias = true, biasInitializer = 0, biasRegularizer }: BiasOptions,
): Sym | undefined =>
  useBias ? variable('bias', shape, biasInitializer, { regularizer: biasRegularizer }) : undefined;

/** Adds a bias along the last axis. @param reshaped reshapes the bias, if the channels come first */
export function withBias(
  variable: MakeVariable,
  x: Sym,
  units: number,
  options: BiasOptions,
  reshaped: (bias: Sym) => Sym = (bias) => bias,
): Sym {
  const bias = makeBias(variable, [units], options);
  return bias === undefined ? x : add(x, reshaped(bias));
}
