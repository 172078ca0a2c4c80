/**
 * Attribute schemas. A schema checks and canonicalises an attribute's value, gives its key for interning, converts it to and from JSON, and
 * describes it for the command line and the docs.
 */

import type { Fn } from './build/sym.ts';
import { type Dim, DimExpr, type DimLike, dimNames, evaluateDim, formatDim, toDim } from './dim/index.ts';
import { AttributeError } from './errors.ts';
import { asTypedArray, DTYPES, type DType, dtypeOf, type TypedArray } from './types.ts';

/** Sizes by symbol, without the '$'. */
export type DimBindings = Readonly<Record<string, number>>;

export interface Attr<T> {
  /** The canonical value of an argument, or of a result of `toJSON`. @throws AttributeError */
  readonly parse: (value: unknown) => T;
  /** Equal keys mean equal values. */
  readonly key: (value: T) => string;
  readonly toJSON: (value: T) => unknown;
  /** The accepted values, in words. */
  readonly expects: string;
  /** The value with symbols replaced by sizes. */
  readonly bind?: (value: T, dims: DimBindings) => T;
  /** The symbols in the value. */
  readonly dims?: (value: T) => readonly string[];
}
export interface DefaultedAttr<T> extends Attr<T> {
  readonly default: T;
}

// biome-ignore lint/suspicious/noExplicitAny: a schema of any type of value, as op definitions hold them
export type AnyAttr = Attr<any>;
export type AttrSchema = Readonly<Record<string, AnyAttr>>;
export type Attrs = Readonly<Record<string, unknown>>;

const refuse = (expects: string, value: unknown): never => {
  throw new AttributeError(`expected ${expects}, got ${formatValue(value)}`);
};
/** A value as text for errors. */
export const formatValue = (value: unknown): string =>
  typeof value === 'string'
    ? `'${value}'`
    : Array.isArray(value)
      ? formatList(value)
      : typeof value === 'function'
        ? 'a function'
        : typeof value === 'object' && value !== null && String(value) === '[object Object]'
          ? `{ ${Object.entries(value)
              .map(([key, v]) => (isPlain(v) ? `${key}: ${formatValue(v)}` : key))
              .join(', ')} }`
          : String(value);
/** Arrays with more elements are described by their number of elements. */
const SHOWN = 12;

function formatList(list: readonly unknown[]): string {
  const count = list.flat(Number.POSITIVE_INFINITY).length;
  return count > SHOWN ? `an array of ${count} elements` : `[${list.map(formatValue).join(', ')}]`;
}

const isPlain = (value: unknown): boolean => typeof value !== 'object' && typeof value !== 'function';

function make<T>(expects: string, parse: (value: unknown) => T | undefined, more: Partial<Attr<T>> = {}): Attr<T> {
  return {
    expects,
    parse: (value) => {
      const parsed = parse(value);
      return parsed === undefined ? refuse(expects, value) : parsed;
    },
    key: (value) => String(value),
    toJSON: (value) => value,
    ...more,
  };
}

function defaulted<T>(schema: Attr<T>): Attr<T>;
function defaulted<T>(schema: Attr<T>, value: T): DefaultedAttr<T>;
function defaulted<T>(schema: Attr<T>, value?: T): Attr<T> {
  return value === undefined ? schema : ({ ...schema, default: value } as DefaultedAttr<T>);
}

const parseNumber = (v: unknown): number | undefined =>
  typeof v === 'number'
    ? v
    : v === 'NaN'
      ? Number.NaN
      : v === 'Infinity'
        ? Infinity
        : v === '-Infinity'
          ? -Infinity
          : undefined;
const numberToJSON = (v: number): number | string =>
  Number.isFinite(v) && !Object.is(v, -0) ? v : Object.is(v, -0) ? '-0' : String(v);

const BOOL = make('true or false', (v) => (typeof v === 'boolean' ? v : undefined));
const INT = make('an integer', (v) => (Number.isInteger(v) ? (v as number) + 0 : undefined));
const NUMBER = make('a number', (v) => (v === '-0' ? -0 : parseNumber(v)), {
  key: (v) => (Object.is(v, -0) ? '-0' : String(v)),
  toJSON: numberToJSON,
});
const STRING = make('a string', (v) => (typeof v === 'string' ? v : undefined), { key: (v) => JSON.stringify(v) });
const INTS = make('a list of integers', (v) =>
  Array.isArray(v) && v.every(Number.isInteger) ? Object.freeze([...(v as number[])]) : undefined,
);

const isDimLike = (v: unknown): v is DimLike =>
  typeof v === 'number' || typeof v === 'string' || v === null || v instanceof DimExpr;
const bindDim = (d: Dim, dims: DimBindings): Dim => (typeof d === 'number' ? d : evaluateDim(d, dims));
const dimToJSON = (d: Dim): unknown => (typeof d === 'number' ? d : formatDim(d));
const DIM: Attr<Dim> = make('a dim', (v) => (isDimLike(v) ? toDim(v) : undefined), {
  key: formatDim,
  toJSON: dimToJSON,
  bind: bindDim,
  dims: dimNames,
});
const SHAPE: Attr<readonly Dim[]> = make(
  'a shape: a list of sizes, names such as "$batch", or null for a fresh name',
  (v) => (Array.isArray(v) && v.every(isDimLike) ? Object.freeze(v.map(toDim)) : undefined),
  {
    key: (v) => v.map(formatDim).join(),
    toJSON: (v) => v.map(dimToJSON),
    bind: (v, dims) => (v.every((d) => typeof d === 'number') ? v : v.map((d) => bindDim(d, dims))),
    dims: (v) => v.flatMap((d) => dimNames(d)),
  },
);
/** A list of [before, after] pairs of dims, for padding. */
const PAIRS: Attr<readonly (readonly [Dim, Dim])[]> = make(
  'a list of [before, after] pairs',
  (v) =>
    Array.isArray(v) && v.every((p) => Array.isArray(p) && p.length === 2 && p.every(isDimLike))
      ? Object.freeze((v as DimLike[][]).map((p) => Object.freeze([toDim(p[0]!), toDim(p[1]!)] as const)))
      : undefined,
  {
    key: (v) => v.map((p) => p.map(formatDim).join(':')).join(),
    toJSON: (v) => v.map((p) => p.map(dimToJSON)),
    bind: (v, dims) => v.map(([a, b]) => [bindDim(a, dims), bindDim(b, dims)] as const),
    dims: (v) => v.flatMap((p) => p.flatMap((d) => dimNames(d))),
  },
);
const DTYPE = make(`one of ${DTYPES.join(', ')}`, (v) => (DTYPES.includes(v as DType) ? (v as DType) : undefined));

const isFn = (v: unknown): v is Fn =>
  typeof v === 'object' && v !== null && 'parameters' in v && 'results' in v && 'key' in v;
const FN: Attr<Fn> = make('a function', (v) => (isFn(v) ? v : undefined), { key: (v) => v.key });

/** Arrays with more bytes are interned by identity instead of content. */
const INTERN_BYTES = 4096;
const identities = new WeakMap<object, number>();
let lastIdentity = 0;
function identityOf(value: object): number {
  let id = identities.get(value);
  if (id === undefined) {
    id = ++lastIdentity;
    identities.set(value, id);
  }
  return id;
}
const DATA = make<TypedArray>('a typed array', (v) => asTypedArray(v) ?? (isEncoded(v) ? decodeData(v) : undefined), {
  key: (v) => (v.byteLength > INTERN_BYTES ? `#${identityOf(v)}` : encodeData(v).base64),
  toJSON: (v) => encodeData(v),
});

interface EncodedData {
  readonly type: 'float32' | 'int32' | 'uint8';
  readonly base64: string;
}
const isEncoded = (v: unknown): v is EncodedData =>
  typeof v === 'object' &&
  v !== null &&
  typeof (v as EncodedData).base64 === 'string' &&
  ['float32', 'int32', 'uint8'].includes((v as EncodedData).type);

function encodeData(data: TypedArray): EncodedData {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  let binary = '';
  // in chunks: spreading megabytes into arguments overflows the stack
  for (let i = 0; i < bytes.length; i += 8192) binary += String.fromCharCode(...bytes.subarray(i, i + 8192));
  const dtype = dtypeOf(data);
  const type = dtype === 'float32' || dtype === 'int32' ? dtype : 'uint8';
  return { type, base64: btoa(binary) };
}

function decodeData({ type, base64 }: EncodedData): TypedArray {
  let binary: string;
  try {
    binary = atob(base64);
  } catch {
    throw new AttributeError('expected base64 data');
  }
  const bytes = Uint8Array.from(binary, (c) => c.charCodeAt(0));
  if (type === 'uint8') return bytes;
  if (bytes.length % 4 !== 0) throw new AttributeError(`expected whole ${type} elements, got ${bytes.length} bytes`);
  return type === 'float32' ? new Float32Array(bytes.buffer) : new Int32Array(bytes.buffer);
}

export const attr = {
  bool: ((d?: boolean) => defaulted(BOOL, d!)) as { (): Attr<boolean>; (d: boolean): DefaultedAttr<boolean> },
  int: ((d?: number) => defaulted(INT, d!)) as { (): Attr<number>; (d: number): DefaultedAttr<number> },
  /** A float. Values that JSON lacks (NaN, infinities, -0) are written as strings. */
  number: ((d?: number) => defaulted(NUMBER, d!)) as { (): Attr<number>; (d: number): DefaultedAttr<number> },
  string: ((d?: string) => defaulted(STRING, d!)) as { (): Attr<string>; (d: string): DefaultedAttr<string> },
  ints: ((d?: readonly number[]) => defaulted<readonly number[]>(INTS, d!)) as {
    (): Attr<readonly number[]>;
    (d: readonly number[]): DefaultedAttr<readonly number[]>;
  },
  dim: (): Attr<Dim> => DIM,
  shape: (): Attr<readonly Dim[]> => SHAPE,
  pairs: (): Attr<readonly (readonly [Dim, Dim])[]> => PAIRS,
  dtype: ((d?: DType) => defaulted<DType>(DTYPE, d!)) as { (): Attr<DType>; (d: DType): DefaultedAttr<DType> },
  /** One of the given strings. */
  oneOf: (<const S extends readonly string[]>(choices: S, d?: S[number]) =>
    defaulted<S[number]>(
      make(`one of ${choices.join(', ')}`, (v) => (choices.includes(v as string) ? (v as S[number]) : undefined)),
      d!,
    )) as {
    <const S extends readonly string[]>(choices: S): Attr<S[number]>;
    <const S extends readonly string[]>(choices: S, d: S[number]): DefaultedAttr<S[number]>;
  },
  data: (): Attr<TypedArray> => DATA,
  fn: (): Attr<Fn> => FN,
  /** May be left out; absent is `undefined`. */
  optional: <T>(schema: Attr<T>): DefaultedAttr<T | undefined> => {
    const { bind, dims } = schema;
    return {
      expects: `${schema.expects}, or nothing`,
      parse: (v) => (v === undefined || v === null ? undefined : schema.parse(v)),
      key: (v) => (v === undefined ? '-' : schema.key(v)),
      toJSON: (v) => (v === undefined ? null : schema.toJSON(v)),
      ...(bind && { bind: (v: T | undefined, b: DimBindings) => (v === undefined ? undefined : bind(v, b)) }),
      ...(dims && { dims: (v: T | undefined) => (v === undefined ? [] : dims(v)) }),
      default: undefined,
    };
  },
  /** A schema of your own. */
  custom: make,
};

/** Whether an attribute's value is a Function. */
export { isFn };

/** Shared by all nodes without attributes. */
const NO_ATTRS: Attrs = Object.freeze({});

/**
 * Checks attributes against their schema. The result has defaults filled in, canonical values and the schema's order.
 * @throws AttributeError for a missing, unknown or invalid attribute
 */
export function parseAttrs(opName: string, schema: AttrSchema, given: Attrs): Attrs {
  for (const name in given) {
    if (!Object.hasOwn(schema, name)) {
      throw new AttributeError(
        `${opName} has no attribute '${name}'; it has ${Object.keys(schema).join(', ') || 'none'}`,
      );
    }
  }
  let parsed: Record<string, unknown> | undefined;
  for (const name in schema) {
    parsed ??= {};
    const a = schema[name]!;
    if (given[name] === undefined && 'default' in a) parsed[name] = a.default;
    else {
      try {
        parsed[name] = a.parse(given[name]);
      } catch (e) {
        throw new AttributeError(`${opName}: attribute '${name}': ${(e as Error).message}`, { cause: e });
      }
    }
  }
  return parsed === undefined ? NO_ATTRS : Object.freeze(parsed);
}

/** A string that is equal for equal attributes. */
export function attrsKey(schema: AttrSchema, attrs: Attrs): string {
  let key = '';
  for (const name in schema) key += `${schema[name]!.key(attrs[name])};`;
  return key;
}

/** Whether two sets of attributes have equal keys. */
export function sameAttrs(schema: AttrSchema, a: Attrs, b: Attrs): boolean {
  if (a === b) return true;
  for (const name in schema) {
    if (!Object.is(a[name], b[name]) && schema[name]!.key(a[name]) !== schema[name]!.key(b[name])) return false;
  }
  return true;
}
