/** The shape of the serialized form, and the check that a document has it: strict, so that nothing in it is passed over. */
import { SerializationError } from '../errors.ts';

export const FORMAT = 'retrograph';
export const VERSION = 1;

export interface NodeDocument {
  id: string;
  op: string;
  inputs?: Record<string, string | string[]>;
  attrs?: Record<string, unknown>;
  /** Of its first output, and of others by number. */
  names?: string[];
  outputNames?: Record<string, string[]>;
}

export interface FunctionDocument {
  nodes: NodeDocument[];
  parameters: string[];
  results: string[];
}

export interface GraphDocument {
  format: typeof FORMAT;
  version: number;
  nodes: NodeDocument[];
  outputs: Record<string, string>;
  updates?: Record<string, string>;
  functions?: Record<string, FunctionDocument>;
}

/** A node as it is read: nothing is left out. */
export type ParsedNode = Required<NodeDocument>;
export interface ParsedFunction extends FunctionDocument {
  nodes: ParsedNode[];
}
export interface ParsedDocument extends Required<GraphDocument> {
  nodes: ParsedNode[];
  functions: Record<string, ParsedFunction>;
}

/** A part of a document, checked, with its defaults. `path` is where it stands. */
type Part<T> = (value: unknown, path: string) => T;

const refuse = (path: string, expected: string): never => {
  throw new SerializationError(`malformed at '${path || 'top level'}': expected ${expected}`);
};
const below = (path: string, key: string | number): string => (path === '' ? `${key}` : `${path}.${key}`);
const objectAt = (value: unknown, path: string): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : refuse(path, 'an object');

const unknown: Part<unknown> = (value) => value;
const string: Part<string> = (value, path) => (typeof value === 'string' ? value : refuse(path, 'a string'));
const id: Part<string> = (value, path) => string(value, path) || refuse(path, 'a string that is not empty');
const optional =
  <T>(part: Part<T>, otherwise: T): Part<T> =>
  (value, path) =>
    value === undefined ? otherwise : part(value, path);
const list =
  <T>(part: Part<T>): Part<T[]> =>
  (value, path) =>
    Array.isArray(value) ? Array.from(value, (v, i) => part(v, below(path, i))) : refuse(path, 'a list');
const record =
  <T>(part: Part<T>): Part<Record<string, T>> =>
  (value, path) =>
    Object.fromEntries(Object.entries(objectAt(value, path)).map(([key, v]) => [key, part(v, below(path, key))]));
/** An object with these fields and no others. */
const exactly =
  <T extends object>(parts: { readonly [K in keyof T]-?: Part<T[K]> }): Part<T> =>
  (value, path) => {
    const given = objectAt(value, path);
    for (const key of Object.keys(given)) if (!Object.hasOwn(parts, key)) refuse(below(path, key), 'no such field');
    return Object.fromEntries(
      Object.entries<Part<unknown>>(parts).map(([key, part]) => [
        key,
        part(Object.hasOwn(given, key) ? given[key] : undefined, below(path, key)),
      ]),
    ) as T;
  };

const strings = list(string);
const references: Part<string | string[]> = (value, path) => (Array.isArray(value) ? strings : string)(value, path);
const nodes = list(
  exactly<ParsedNode>({
    id,
    op: string,
    inputs: optional(record(references), {}),
    attrs: optional(record(unknown), {}),
    names: optional(strings, []),
    outputNames: optional(record(strings), {}),
  }),
);
const document = exactly<ParsedDocument>({
  format: (value, path) => (value === FORMAT ? value : refuse(path, `'${FORMAT}'`)),
  version: (value, path) => (Number.isInteger(value) ? (value as number) : refuse(path, 'an integer')),
  nodes,
  outputs: record(string),
  updates: optional(record(string), {}),
  functions: optional(record(exactly<ParsedFunction>({ nodes, parameters: strings, results: strings })), {}),
});

/** Far deeper than any document is. */
const DEEPEST = 100;

/** A copy that is plain data: no proxy, no getter, no code, nothing within itself, and no longer than what it holds. */
function plainCopy(given: unknown): unknown {
  let copy: unknown;
  try {
    copy = structuredClone(given);
  } catch (cause) {
    throw new SerializationError(`the document is not plain data: ${String(cause)}`, { cause });
  }
  const visit = (value: unknown, path: string, depth: number): void => {
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return;
    if (depth > DEEPEST) refuse(path, `at most ${DEEPEST} levels`);
    const entries = Object.entries(value);
    if (Array.isArray(value) && entries.length !== value.length) refuse(path, 'a list without holes');
    for (const [key, part] of entries) visit(part, depth < 4 ? below(path, key) : path, depth + 1);
  };
  visit(copy, '', 0);
  return copy;
}

/**
 * The document, checked, with its defaults.
 * @throws SerializationError, which says where, for one that is of another shape, or newer than this library
 */
export function parseDocument(given: unknown): ParsedDocument {
  const copy = plainCopy(given);
  const head = copy as { format?: unknown; version?: unknown } | null;
  if (typeof head !== 'object' || head === null || head.format !== FORMAT)
    throw new SerializationError(`not a graph: expected a JSON object with "format": "${FORMAT}"`);
  if (typeof head.version === 'number' && head.version > VERSION)
    throw new SerializationError(
      `the document has version ${head.version}; this library reads versions up to ${VERSION}`,
    );
  return document(copy, '');
}
