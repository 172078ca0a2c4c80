/** What layers share: where their variables live, what they are named, and options that all of them have. */
import {
  AttributeError,
  type Dim,
  formatShape,
  Graph,
  GraphError,
  graphOf,
  type InitializerLike,
  isSym,
  ShapeError,
  type Sym,
} from '../../engine/index.ts';
import { add } from '../../ops/elementwise/add.ts';

/** A function of one value, such as `relu` of 'retrograph/ops'. */
export type Activation = (x: Sym) => Sym;

export interface LayerOptions {
  /**
   * The scope of the layer's variables, as in `dense/kernel`. By default the kind of layer, with a number from the second of its kind
   * in the graph on: 'dense', 'dense_1', so that two graphs built alike have variables of the same names.
   */
  readonly name?: string;
  /** false: optimizers leave the variables alone unless they are listed. */
  readonly trainable?: boolean;
  /** Use the variables of the layer of that name instead of refusing the name: one layer, applied twice. */
  readonly share?: boolean;
}

/** Makes the variables of a layer: by name in its scope, with a shape that is known and a first value. */
export type MakeVariable = (
  name: string,
  shape: readonly Dim[],
  init: InitializerLike,
  options?: { readonly trainable?: boolean },
) => Sym;

/**
 * Runs `build` in the scope of a new layer of the graph that x belongs to.
 * @throws GraphError for a value that belongs to no graph, or a name that is taken; AttributeError for `share` without a name
 */
export function layer<T>(
  kind: string,
  x: Sym,
  { name, trainable = true, share = false }: LayerOptions,
  build: (variable: MakeVariable) => T,
): T {
  const graph = isSym(x) ? graphOf([x]) : undefined;
  if (!(graph instanceof Graph) || x.node.graph === undefined)
    throw new GraphError(`${kind}: its input belongs to no graph; start from a placeholder`);
  if (share && name === undefined)
    throw new AttributeError(`${kind}: 'share' says to use the variables of a name, and there is no 'name'`);
  return graph.scope(name ?? graph.unusedScope(kind), () =>
    build((own, shape, init, options = {}) =>
      graph.variable(own, requireSizes(kind, own, shape), init, { trainable, share, ...options }),
    ),
  );
}

function requireSizes(kind: string, name: string, shape: readonly Dim[]): readonly number[] {
  if (!shape.every((d) => typeof d === 'number'))
    throw new ShapeError(`${kind}: its variable '${name}' would be ${formatShape(shape)}; all its sizes must be known`);
  return shape as readonly number[];
}

/** The size of an axis on which variables depend. @throws ShapeError where it is unknown, or there is no such axis */
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

/** @throws AttributeError for what is no positive integer */
export function requireCount(kind: string, what: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 1)
    throw new AttributeError(`${kind}: ${what} is a positive integer, not ${String(value)}`);
}

/** One number for every axis, or one for each. */
export type PerAxis = number | readonly number[];

/** @throws AttributeError for another number of them, or what is no positive integer */
export function perAxis(kind: string, what: string, size: PerAxis, axes: number): readonly number[] {
  const list = typeof size === 'number' ? Array<number>(axes).fill(size) : size;
  if (!Array.isArray(list) || list.length !== axes)
    throw new AttributeError(
      `${kind}: ${what} is one number${axes === 1 ? '' : ` or ${axes}`}, not ${JSON.stringify(size)}`,
    );
  for (const n of list) requireCount(kind, what, n);
  return list;
}

/** @throws AttributeError for a value that is none of these */
export function requireOneOf(kind: string, what: string, value: string, known: readonly string[]): void {
  if (!known.includes(value))
    throw new AttributeError(
      `${kind}: ${what} is ${known.map((k) => `'${k}'`).join(' or ')}, not ${JSON.stringify(value)}`,
    );
}

/** Where the channels are: after the axes of space, or before them. */
export type DataFormat = 'channelsLast' | 'channelsFirst';

const SPACE = [['steps'], ['height', 'width'], ['depth', 'height', 'width']] as const;

/** Requires a batch of sequences, images or volumes. @throws ShapeError for a value of another rank; AttributeError */
export function requireSpace(kind: string, x: Sym, axes: 1 | 2 | 3, format: DataFormat = 'channelsLast'): void {
  requireOneOf(kind, 'dataFormat', format, ['channelsLast', 'channelsFirst']);
  const space = SPACE[axes - 1]!;
  const named = format === 'channelsLast' ? [...space, 'channels'] : ['channels', ...space];
  requireRank(kind, x, axes + 2, `[batch, ${named.join(', ')}]`);
}

/** @throws AttributeError for a name, which Keras takes: here an activation is the builder itself, so that bundles hold what they use */
export function requireActivation(kind: string, what: string, activation: Activation | undefined): void {
  if (activation !== undefined && typeof activation !== 'function')
    throw new AttributeError(
      `${kind}: ${what} is a function such as relu, of 'retrograph/ops', not ${JSON.stringify(activation)}`,
    );
}

export interface BiasOptions {
  /** true */
  readonly useBias?: boolean;
  /** zeros */
  readonly biasInitializer?: InitializerLike;
}

/** The value plus a bias along its last axis, or along another where channels come first. */
export const withBias = (
  variable: MakeVariable,
  x: Sym,
  units: number,
  { useBias = true, biasInitializer = 0 }: BiasOptions,
  reshaped: (bias: Sym) => Sym = (bias) => bias,
): Sym => (useBias ? add(x, reshaped(variable('bias', [units], biasInitializer))) : x);
