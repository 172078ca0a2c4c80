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
export const copied = ({ feeds, dims }: BoundFeeds): BoundFeeds => ({
  dims,
  feeds: Object.fromEntries(
    Object.entries(feeds).map(([name, value]) => [
      name,
      isHost(value) ? { ...value, data: value.data.slice() } : value,
    ]),
  ),
});

/** The name of a dim that is nothing but a name. */
export const bareName = (d: Dim): string | undefined => {
  if (typeof d === 'number') return undefined;
  const [name, ...others] = dimNames(d);
  return others.length === 0 && formatDim(d) === `$${name}` ? name : undefined;
};

/**
 * Checks feeds against placeholders, and binds dims by them.
 * @param known all placeholders of the graph: feeding one that the program does not need is no mistake, and may bind a dim
 * @param entered the function that the user has called
 * @throws FeedError that lists everything that is missing, unknown or misshapen
 */
export function bindFeeds(
  placeholders: ReadonlyMap<string, Sym>,
  known: ReadonlyMap<string, Sym>,
  given: Feeds,
  fixed: DimBindings,
  entered: Entered,
): BoundFeeds {
  const faults: string[] = [];
  const dims: Record<string, number> = { ...fixed };
  const boundBy: Record<string, string> = Object.fromEntries(
    Object.keys(fixed).map((name) => [name, 'the dims that it was compiled with']),
  );
  const feeds: Record<string, HostValue | DeviceValue> = {};
  for (const name of Object.keys(given)) {
    if (!placeholders.has(name) && !known.has(name))
      faults.push(`'${name}' is no placeholder; there are ${[...placeholders.keys()].join(', ') || 'none'}`);
  }
  /** Whether it is done with: what does not tell its own shape has to wait for dims that others bind. */
  const take = (name: string): boolean => {
    const placeholder = known.get(name)!;
    try {
      const typed = toValue(given[name]!, placeholder, dims);
      if (typed === undefined) return false;
      bindShape(name, placeholder, typed.shape, dims, boundBy);
      if (placeholders.has(name)) feeds[name] = typed;
    } catch (e) {
      faults.push(`'${name}': ${(e as Error).message}`);
    }
    return true;
  };
  let waiting: readonly string[] = [];
  for (const [name, placeholder] of known) {
    if (given[name] === undefined || given[name] === null) {
      if (placeholders.has(name)) faults.push(`'${name}' is missing; it is ${formatType(placeholder)}`);
    } else if (!take(name)) waiting = [...waiting, name];
  }
  for (let before = waiting.length + 1; waiting.length > 0 && waiting.length < before; ) {
    before = waiting.length;
    waiting = waiting.filter((name) => !take(name));
  }
  if (faults.length === 0) for (const name of waiting) faults.push(untold(name, known.get(name)!, dims));
  if (faults.length === 0) checkComposite(placeholders, feeds, dims, faults);
  if (faults.length > 0)
    throw new FeedError(
      faults.length === 1 ? `feeds: ${faults[0]}` : `feeds:\n${faults.map((f) => `  - ${f}`).join('\n')}`,
      { site: formatSite(captureSite(entered)) },
    );
  return { feeds, dims };
}

function bindShape(
  name: string,
  placeholder: Sym,
  shape: readonly number[],
  dims: Record<string, number>,
  boundBy: Record<string, string>,
): void {
  const wrong = (why: string): never => {
    throw new FeedError(`expected ${formatType(placeholder)}, got shape [${shape.join(', ')}]${why}`);
  };
  if (shape.length !== placeholder.rank) wrong(isRow(shape, placeholder.shape) ? '; a batch of one is [x]' : '');
  placeholder.shape.forEach((d, i) => {
    const size = shape[i]!;
    const dim = bareName(d);
    if (typeof d === 'number' && d !== size) wrong('');
    if (dim === undefined) return;
    if (dims[dim] !== undefined && dims[dim] !== size) wrong(`; $${dim} is ${dims[dim]} by ${boundBy[dim]}`);
    dims[dim] = size;
    boundBy[dim] ??= `'${name}'`;
  });
}

/** Whether it is one row of a batch. */
const isRow = (shape: readonly number[], [batch, ...row]: Shape): boolean =>
  batch !== undefined && shape.length === row.length && row.every((d, i) => typeof d !== 'number' || d === shape[i]);

/** Dims that are more than a name, once all names are bound. */
function checkComposite(
  placeholders: ReadonlyMap<string, Sym>,
  feeds: BoundFeeds['feeds'],
  dims: DimBindings,
  faults: string[],
): void {
  for (const [name, placeholder] of placeholders) {
    placeholder.shape.forEach((d, i) => {
      if (typeof d === 'number' || bareName(d) !== undefined || dimNames(d).some((n) => dims[n] === undefined)) return;
      const expected = evaluateDim(d, dims);
      const actual = feeds[name]!.shape[i];
      if (actual !== expected) faults.push(`'${name}': dimension ${i} is ${formatDim(d)} = ${expected}, got ${actual}`);
    });
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
