/** Feeds: what a user hands to a run, checked by name, dtype and shape, and the dims that they bind. */
import type { DimBindings } from '../attr.ts';
import { captureSite, type Entered, formatSite } from '../build/callsite.ts';
import type { Sym } from '../build/sym.ts';
import { type Dim, dimNames, evaluateDim, formatDim, formatShape } from '../dim/index.ts';
import { FeedError } from '../errors.ts';
import { flatten, positionOf } from '../literal.ts';
import {
  asTypedArray,
  type DType,
  formatType,
  kindOf,
  type NestedArray,
  numbersPer,
  type Shape,
  sizeOf,
  type TypedArray,
  typedArrayOf,
} from '../types.ts';
import { type DeviceValue, faultOf, type HostValue, isHost } from './backend.ts';

/**
 * Nested arrays, a flat typed array (its leading dim follows from its length), a result of a run, or a tf.Tensor. Complex numbers
 * are pairs [real, imaginary], which a flat array has in turn.
 */
export type FeedValue = number | boolean | NestedArray | TypedArray | HostValue | DeviceValue;
export type Feeds = Readonly<Record<string, FeedValue>>;

export interface BoundFeeds {
  readonly feeds: Readonly<Record<string, HostValue | DeviceValue>>;
  readonly dims: DimBindings;
}

/** With copies of what is on the host, for a run that has to wait: arrays may change before its turn. */
export const copied = (feeds: BoundFeeds['feeds']): BoundFeeds['feeds'] =>
  Object.fromEntries(
    Object.entries(feeds).map(([name, value]) => [
      name,
      isHost(value) ? { ...value, data: value.data.slice() } : value,
    ]),
  );

/** The name of a dim that is nothing but a name. */
export const bareName = (d: Dim): string | undefined => {
  if (typeof d === 'number') return undefined;
  const [name, ...others] = dimNames(d);
  return others.length === 0 && formatDim(d) === `$${name}` ? name : undefined;
};

/** A placeholder, and what a feed of it can tell: worked out once. */
interface Slot {
  readonly name: string;
  readonly placeholder: Sym;
  /** Whether the program needs it. */
  readonly isNeeded: boolean;
  /** For each axis the name that the feed binds; undefined for a number, and for a dim that is more than a name. */
  readonly binds: readonly (string | undefined)[];
}

/** What a program can be fed, and the dims that follow from it. */
export class FeedBinder {
  readonly #known: ReadonlyMap<string, Sym>;
  readonly #slots: readonly Slot[];
  readonly #fixed: DimBindings;

  /**
   * @param placeholders those that the program needs
   * @param known all placeholders of the graph: feeding one that the program does not need is no mistake, and may bind a dim
   * @param fixed dims that are bound already
   */
  constructor(placeholders: ReadonlyMap<string, Sym>, known: ReadonlyMap<string, Sym>, fixed: DimBindings) {
    this.#slots = [...known].map(([name, placeholder]) => ({
      name,
      placeholder,
      isNeeded: placeholders.has(name),
      binds: placeholder.shape.map(bareName),
    }));
    this.#known = known;
    this.#fixed = fixed;
  }

  /**
   * Checks feeds against placeholders, and binds dims by them.
   * @param entered the function that the user has called
   * @throws FeedError that lists everything that is missing, unknown or misshapen
   */
  bind(given: Feeds, entered: Entered): BoundFeeds {
    const binding: Binding = { given, feeds: {}, dims: { ...this.#fixed }, boundBy: {}, faults: [] };
    const { feeds, dims, faults } = binding;
    for (const name of Object.keys(given))
      if (!this.#known.has(name)) {
        const needed = this.#slots.filter(({ isNeeded }) => isNeeded).map((slot) => slot.name);
        faults.push(`'${name}' is no placeholder; there are ${needed.join(', ') || 'none'}`);
      }
    let waiting: Slot[] = [];
    for (const slot of this.#slots) {
      if (given[slot.name] === undefined || given[slot.name] === null) {
        if (slot.isNeeded) faults.push(`'${slot.name}' is missing; it is ${formatType(slot.placeholder)}`);
      } else if (!take(slot, binding)) waiting.push(slot);
    }
    for (let before = waiting.length + 1; waiting.length > 0 && waiting.length < before; ) {
      before = waiting.length;
      waiting = waiting.filter((slot) => !take(slot, binding));
    }
    if (faults.length === 0) for (const { name, placeholder } of waiting) faults.push(untold(name, placeholder, dims));
    if (faults.length === 0) for (const slot of this.#slots) checkComposite(slot, binding);
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
function take(slot: Slot, binding: Binding): boolean {
  const { name, placeholder, isNeeded } = slot;
  try {
    const typed = toValue(binding.given[name]!, placeholder, binding.dims);
    if (typed === undefined) return false;
    bindShape(slot, typed.shape, binding);
    if (isNeeded) binding.feeds[name] = typed;
  } catch (e) {
    binding.faults.push(`'${name}': ${(e as Error).message}`);
  }
  return true;
}

function bindShape({ name, placeholder, binds }: Slot, shape: readonly number[], { dims, boundBy }: Binding): void {
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
function checkComposite({ name, placeholder, isNeeded, binds }: Slot, { feeds, dims, faults }: Binding): void {
  if (!isNeeded) return;
  for (const [i, d] of placeholder.shape.entries()) {
    if (typeof d === 'number' || binds[i] !== undefined || dimNames(d).some((n) => dims[n] === undefined)) continue;
    const expected = evaluateDim(d, dims);
    const actual = feeds[name]!.shape[i];
    if (actual !== expected) faults.push(`'${name}': dimension ${i} is ${formatDim(d)} = ${expected}, got ${actual}`);
  }
}

/**
 * A feed as a value with dtype and shape; undefined where its shape depends on dims that are not bound yet. Numbers are taken for an
 * int32 or bool placeholder where they fit.
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
    const own = isHost(typed) ? asTypedArray(typed.data) : undefined;
    return own === undefined || own === (typed as HostValue).data ? typed : { data: own, shape: typed.shape, dtype };
  }
  const array = asTypedArray(value);
  if (array !== undefined) return flatValue(array, placeholder, dims);
  if (ArrayBuffer.isView(value))
    throw new FeedError(`expected a Float32Array, Int32Array or Uint8Array, got ${kindOf(value)}`);
  const { values, shape } = flatten(value as NestedArray, dtype);
  requireExact(value, values, shape, dtype);
  if (shape.at(-1) !== 0 || shape.length >= placeholder.rank) return { data: values, shape, dtype };
  // an empty batch: what its rows would be is the placeholder's word
  const rows = sizesOf(placeholder.shape.slice(shape.length), dims);
  return rows.every((size) => size !== undefined) ? { data: values, shape: [...shape, ...rows], dtype } : undefined;
}

function requireExact(value: unknown, values: TypedArray, shape: readonly number[], dtype: DType): void {
  if (dtype !== 'int32') return;
  const flat = (Array.isArray(value) ? value.flat(Infinity) : [value]) as readonly unknown[];
  const at = flat.findIndex((v, i) => Number(v) !== values[i]);
  if (at >= 0) throw new FeedError(`expected int32, got ${String(flat[at])}${positionOf(at, shape)}`);
}

/** Each dim as a number, where the bindings tell it. */
const sizesOf = (shape: Shape, dims: DimBindings): readonly (number | undefined)[] =>
  shape.map((d) =>
    typeof d === 'number' ? d : dimNames(d).every((n) => dims[n] !== undefined) ? evaluateDim(d, dims) : undefined,
  );

/** A flat typed array fills the placeholder's shape; one unknown dim, however often it is there, follows from its length. */
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

/** What is wrong with a feed that no other helped to a shape. */
function untold(name: string, { shape }: Sym, dims: DimBindings): string {
  const sizes = sizesOf(shape, dims);
  const unknown = new Set(shape.filter((_, i) => sizes[i] === undefined).map(formatDim));
  return `'${name}': a flat or an empty array cannot tell the dims ${[...unknown].join(' and ')}; feed { data, shape, dtype }`;
}
