/** Feeds: checks a user's values by name, dtype and shape, and binds dims by their shapes. */
import type { DimBindings } from '../attr.ts';
import { captureSite, type Entered, formatSite } from '../build/callsite.ts';
import type { Sym } from '../build/sym.ts';
import { type Dim, dimNames, evaluateDim, formatDim, formatShape } from '../dim/index.ts';
import { FeedError } from '../errors.ts';
import { flatten, positionOf } from '../literal.ts';
import type { DType, NestedArray, Shape, TypedArray } from '../types.ts';
import { asTypedArray, formatType, kindOf, numbersPer, sizeOf, typedArrayOf } from '../types.ts';
import { type DeviceValue, faultOf, type HostValue, isHost } from './backend.ts';

/**
 * Nested arrays, a flat typed array (an unknown dim follows from its length), a result of a run, or a tf.Tensor. Complex numbers are
 * pairs [real, imaginary], interleaved in a flat array.
 */
export type FeedValue = number | boolean | NestedArray | TypedArray | HostValue | DeviceValue;
export type Feeds = Readonly<Record<string, FeedValue>>;

export interface BoundFeeds {
  readonly feeds: Readonly<Record<string, HostValue | DeviceValue>>;
  readonly dims: DimBindings;
}

/** Feeds with their host arrays copied, for a run that has to wait: the user may change the arrays before it starts. */
export const copied = (feeds: BoundFeeds['feeds']): BoundFeeds['feeds'] =>
  Object.fromEntries(
    Object.entries(feeds).map(([name, value]) => [
      name,
      isHost(value) ? { ...value, data: value.data.slice() } : value,
    ]),
  );

/** The name of a dim that is a single symbol. */
export const bareName = (d: Dim): string | undefined => {
  if (typeof d === 'number') return undefined;
  const [name, ...others] = dimNames(d);
  return others.length === 0 && formatDim(d) === `$${name}` ? name : undefined;
};

/** A placeholder that can be fed, with the symbols that its feed binds. */
interface Port {
  readonly name: string;
  readonly placeholder: Sym;
  /** Whether the program needs it. */
  readonly isNeeded: boolean;
  /** For each axis, the symbol that a feed binds; undefined for a number or an expression. */
  readonly binds: readonly (string | undefined)[];
}

/** Checks feeds of a program, and binds its dims by them. */
export class FeedBinder {
  readonly #known: ReadonlyMap<string, Sym>;
  readonly #ports: readonly Port[];
  readonly #fixed: DimBindings;

  /**
   * @param placeholders the placeholders that the program needs
   * @param known all placeholders of the graph: one that the program does not need may be fed, and may bind a dim
   * @param fixed dims that are already bound
   */
  constructor(placeholders: ReadonlyMap<string, Sym>, known: ReadonlyMap<string, Sym>, fixed: DimBindings) {
    this.#ports = [...known].map(([name, placeholder]) => ({
      name,
      placeholder,
      isNeeded: placeholders.has(name),
      binds: placeholder.shape.map(bareName),
    }));
    this.#known = known;
    this.#fixed = fixed;
  }

  /**
   * Checks feeds against placeholders, and binds dims by their shapes.
   * @param entered the function that the user called
   * @throws FeedError listing all feeds that are missing, unknown or of another dtype or shape
   */
  bind(given: Feeds, entered: Entered): BoundFeeds {
    const binding: Binding = { given, feeds: {}, dims: { ...this.#fixed }, boundBy: {}, faults: [] };
    const { feeds, dims, faults } = binding;
    for (const name of Object.keys(given))
      if (!this.#known.has(name)) {
        const needed = this.#ports.filter(({ isNeeded }) => isNeeded).map((port) => port.name);
        faults.push(`'${name}' is no placeholder; there are ${needed.join(', ') || 'none'}`);
      }
    let waiting: Port[] = [];
    for (const port of this.#ports) {
      if (given[port.name] === undefined || given[port.name] === null) {
        if (port.isNeeded) faults.push(`'${port.name}' is missing; it is ${formatType(port.placeholder)}`);
      } else if (!take(port, binding)) waiting.push(port);
    }
    for (let before = waiting.length + 1; waiting.length > 0 && waiting.length < before; ) {
      before = waiting.length;
      waiting = waiting.filter((port) => !take(port, binding));
    }
    if (faults.length === 0)
      for (const { name, placeholder } of waiting) faults.push(unknownShape(name, placeholder, dims));
    if (faults.length === 0) for (const port of this.#ports) checkComposite(port, binding);
    if (faults.length > 0)
      throw new FeedError(
        faults.length === 1 ? `feeds: ${faults[0]}` : `feeds:\n${faults.map((f) => `  - ${f}`).join('\n')}`,
        { site: formatSite(captureSite(entered)) },
      );
    return { feeds, dims };
  }
}

/** Feeds as they are bound, one after another. */
interface Binding {
  readonly given: Feeds;
  readonly feeds: Record<string, HostValue | DeviceValue>;
  readonly dims: Record<string, number>;
  /** The feed that has bound a dim. */
  readonly boundBy: Record<string, string>;
  readonly faults: string[];
}

/** Whether a feed is done with: one that does not tell its own shape has to wait for dims that others bind. */
function take(port: Port, binding: Binding): boolean {
  const { name, placeholder, isNeeded } = port;
  try {
    const typed = toValue(binding.given[name]!, placeholder, binding.dims);
    if (typed === undefined) return false;
    bindShape(port, typed.shape, binding);
    if (isNeeded) binding.feeds[name] = typed;
  } catch (e) {
    binding.faults.push(`'${name}': ${(e as Error).message}`);
  }
  return true;
}

function bindShape({ name, placeholder, binds }: Port, shape: readonly number[], { dims, boundBy }: Binding): void {
  const expected = placeholder.shape;
  if (shape.length !== expected.length)
    throw misfit(placeholder, shape, isRow(shape, expected) ? '; a batch of one is [x]' : '');
  for (let i = 0; i < shape.length; i++) {
    const size = shape[i]!;
    const dim = binds[i];
    if (typeof expected[i] === 'number' && expected[i] !== size) throw misfit(placeholder, shape, '');
    if (dim === undefined) continue;
    const known = dims[dim];
    if (known === undefined) {
      dims[dim] = size;
      boundBy[dim] = name;
    } else if (known !== size) {
      const by = Object.hasOwn(boundBy, dim) ? `'${boundBy[dim]}'` : 'the dims that it was compiled with';
      throw misfit(placeholder, shape, `; $${dim} is ${known} by ${by}`);
    }
  }
}

const misfit = (placeholder: Sym, shape: readonly number[], why: string): FeedError =>
  new FeedError(`expected ${formatType(placeholder)}, got shape [${shape.join(', ')}]${why}`);

/** Whether it is one row of a batch. */
const isRow = (shape: readonly number[], [batch, ...row]: Shape): boolean =>
  batch !== undefined && shape.length === row.length && row.every((d, i) => typeof d !== 'number' || d === shape[i]);

/** Dims that are more than a name, once all names are bound. */
function checkComposite({ name, placeholder, isNeeded, binds }: Port, { feeds, dims, faults }: Binding): void {
  if (!isNeeded) return;
  for (const [i, d] of placeholder.shape.entries()) {
    if (typeof d === 'number' || binds[i] !== undefined || dimNames(d).some((n) => dims[n] === undefined)) continue;
    const expected = evaluateDim(d, dims);
    const actual = feeds[name]!.shape[i];
    if (actual !== expected) faults.push(`'${name}': dimension ${i} is ${formatDim(d)} = ${expected}, got ${actual}`);
  }
}

/**
 * A feed as a value with dtype and shape; undefined if its shape depends on dims that are not bound yet. An int32 placeholder takes
 * numbers that are integers.
 * @throws FeedError for another dtype, or an invalid value
 */
function toValue(value: FeedValue, placeholder: Sym, dims: DimBindings): HostValue | DeviceValue | undefined {
  const { dtype } = placeholder;
  if (typeof value === 'object' && !Array.isArray(value) && !ArrayBuffer.isView(value)) {
    const typed = value as HostValue | DeviceValue;
    if (!Array.isArray(typed.shape) || typeof typed.dtype !== 'string')
      throw new FeedError('expected numbers, arrays, typed arrays or tensors');
    if (typed.dtype !== dtype) throw new FeedError(`expected ${dtype}, got ${typed.dtype}`);
    const fault = isHost(typed) ? faultOf(typed) : typed.isDisposed ? 'it has been disposed' : undefined;
    if (fault !== undefined) throw new FeedError(fault);
    const data = isHost(typed) ? asTypedArray(typed.data) : undefined;
    return data === undefined || data === (typed as HostValue).data ? typed : { data, shape: typed.shape, dtype };
  }
  const array = asTypedArray(value);
  if (array !== undefined) return flatValue(array, placeholder, dims);
  if (ArrayBuffer.isView(value))
    throw new FeedError(`expected a Float32Array, Int32Array or Uint8Array, got ${kindOf(value)}`);
  const { values, shape } = flatten(value as NestedArray, dtype);
  requireExact(value, values, shape, dtype);
  if (shape.at(-1) !== 0 || shape.length >= placeholder.rank) return { data: values, shape, dtype };
  // an empty batch: the placeholder gives the shape of its rows
  const rows = sizesOf(placeholder.shape.slice(shape.length), dims);
  return rows.every((size) => size !== undefined) ? { data: values, shape: [...shape, ...rows], dtype } : undefined;
}

function requireExact(value: unknown, values: TypedArray, shape: readonly number[], dtype: DType): void {
  if (dtype !== 'int32') return;
  const flat = (Array.isArray(value) ? value.flat(Infinity) : [value]) as readonly unknown[];
  const index = flat.findIndex((v, i) => Number(v) !== values[i]);
  if (index >= 0) throw new FeedError(`expected int32, got ${String(flat[index])}${positionOf(index, shape)}`);
}

/** Each dim as a number; undefined where it is not bound. */
const sizesOf = (shape: Shape, dims: DimBindings): readonly (number | undefined)[] =>
  shape.map((d) =>
    typeof d === 'number' ? d : dimNames(d).every((n) => dims[n] !== undefined) ? evaluateDim(d, dims) : undefined,
  );

/** A flat typed array in the placeholder's shape. One unknown dim, which may occur several times, follows from the array's length. */
function flatValue(data: TypedArray, placeholder: Sym, dims: DimBindings): HostValue | undefined {
  const { dtype, shape } = placeholder;
  if (kindOf(data) !== kindOf(typedArrayOf(dtype, 0))) throw new FeedError(`expected ${dtype}, got a ${kindOf(data)}`);
  const known = sizesOf(shape, dims);
  const unknown = shape.filter((_, i) => known[i] === undefined);
  const length = data.length / numbersPer(dtype);
  const rest = sizeOf(known.map((d) => d ?? 1));
  if (unknown.some((d) => d !== unknown[0]) || (unknown.length > 0 && rest === 0 && length === 0)) return undefined;
  const size = Math.round((length / rest) ** (1 / unknown.length));
  const sized = known.map((d) => d ?? size);
  if (sizeOf(sized) !== length) throw new FeedError(`${data.length} elements do not fill ${formatShape(shape)}`);
  return { data, shape: sized, dtype };
}

/** The error for a feed whose shape is still unknown after all other feeds are bound. */
function unknownShape(name: string, { shape }: Sym, dims: DimBindings): string {
  const sizes = sizesOf(shape, dims);
  const unknown = new Set(shape.filter((_, i) => sizes[i] === undefined).map(formatDim));
  return `'${name}': a flat or an empty array cannot tell the dims ${[...unknown].join(' and ')}; feed { data, shape, dtype }`;
}
