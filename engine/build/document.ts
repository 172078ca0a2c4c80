/** The schema of a serialized graph, and its strict parser: unknown fields are errors, so nothing in a document is ignored. */
import { SerializationError } from '../errors.ts';

export const FORMAT = 'retrograph';
export const VERSION = 1;

export interface NodeDocument {
  id: string;
  op: string;
  inputs?: Record<string, string | string[]>;
  attrs?: Record<string, unknown>;
  /** Names of the first output. */
  names?: string[];
  /** Names of further outputs, by output number. */
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

/** A parsed node: optional fields have their defaults. */
export type ParsedNode = Required<NodeDocument>;
export interface ParsedFunction extends FunctionDocument {
  nodes: ParsedNode[];
}
export interface ParsedDocument extends Required<GraphDocument> {
  nodes: ParsedNode[];
  functions: Record<string, ParsedFunction>;
}

/** Parses a value of a document and fills in defaults. `path` is its position in the document, for errors. */
type Parser<T> = (value: unknown, path: string) => T;

const refuse = (path: string, expected: string): never => {
  throw new SerializationError(`malformed at '${path || 'top level'}': expected ${expected}`);
};
const below = (path: string, key: string | number): string => (path === '' ? `${key}` : `${path}.${key}`);
const objectAt = (value: unknown, path: string): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : refuse(path, 'an object');

const unknown: Parser<unknown> = (value) => value;
const string: Parser<string> = (value, path) => (typeof value === 'string' ? value : refuse(path, 'a string'));
const id: Parser<string> = (value, path) => string(value, path) || refuse(path, 'a string that is not empty');
const optional =
  <T>(part: Parser<T>, otherwise: T): Parser<T> =>
  (value, path) =>
    value === undefined ? otherwise : part(value, path);
const list =
  <T>(part: Parser<T>): Parser<T[]> =>
  (value, path) =>
    Array.isArray(value) ? Array.from(value, (v, i) => part(v, below(path, i))) : refuse(path, 'a list');
const record =
  <T>(part: Parser<T>): Parser<Record<string, T>> =>
  (value, path) =>
    Object.fromEntries(Object.entries(objectAt(value, path)).map(([key, v]) => [key, part(v, below(path, key))]));
/** An object with these fields and no others. */
const exactly =
  <T extends object>(parts: { readonly [K in keyof T]-?: Parser<T[K]> }): Parser<T> =>
  (value, path) => {
    const given = objectAt(value, path);
    for (const key of Object.keys(given)) if (!Object.hasOwn(parts, key)) refuse(below(path, key), 'no such field');
    return Object.fromEntries(
      Object.entries<Parser<unknown>>(parts).map(([key, part]) => [
        key,
        part(Object.hasOwn(given, key) ? given[key] : undefined, below(path, key)),
      ]),
    ) as T;
  };

const strings = list(string);
const references: Parser<string | string[]> = (value, path) => (Array.isArray(value) ? strings : string)(value, path);
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

/** Limit on nesting: far more than a document needs. */
const MAX_DEPTH = 100;

/** A copy that is plain data: no proxies, getters, functions, cycles or sparse arrays. */
function plainCopy(given: unknown): unknown {
  let copy: unknown;
  try {
    copy = structuredClone(given);
  } catch (cause) {
    throw new SerializationError(`the document is not plain data: ${String(cause)}`, { cause });
  }
  const visit = (value: unknown, path: string, depth: number): void => {
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return;
    if (depth > MAX_DEPTH) refuse(path, `at most ${MAX_DEPTH} levels`);
    const entries = Object.entries(value);
    if (Array.isArray(value) && entries.length !== value.length) refuse(path, 'a list without holes');
    for (const [key, part] of entries) visit(part, depth < 4 ? below(path, key) : path, depth + 1);
  };
  visit(copy, '', 0);
  return copy;
}

/**
 * Parses a document and fills in defaults.
 * @throws SerializationError naming the path, for a malformed document or one newer than this library
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
