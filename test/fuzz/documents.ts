/** Graph documents that have been changed somewhere: each is read and compiled, or refused by a typed error, soon. */
import fc from 'fast-check';
import { NullBackend } from '../../backends/null/module.ts';
import { compileSync, Graph, type GraphDocument, RetrographError, SerializationError } from '../../engine/index.ts';
import { catalogue } from '../../ops/catalogue.ts';
import { initializers } from '../../plugins/initializers/index.ts';
import { cpuSecondsSince } from '../support/cpu-time.ts';
import { buildKind, KINDS } from '../support/graphs.ts';
import type { Kind } from './kind.ts';
import { buildGraph, graphCases } from './random-graph.ts';

const OPTIONS = { ops: catalogue.flatMap(({ op }) => op ?? []), initializers };
/** The processor's time that a document takes. */
const SECONDS = 2;

/** Replaces, removes, doubles or renames something, somewhere in a document. */
const mutation: fc.Arbitrary<(document: GraphDocument) => void> = fc
  .record({
    path: fc.array(fc.nat(), { minLength: 1, maxLength: 8 }),
    kind: fc.constantFrom('replace', 'remove', 'copy', 'rename'),
    from: fc.array(fc.nat(), { maxLength: 8 }),
    value: fc.oneof(
      fc.constantFrom<unknown>(
        null,
        true,
        -1,
        0,
        1,
        2,
        1.5,
        2 ** 31,
        2 ** 40,
        2 ** 53,
        'x',
        'w',
        'n1',
        'f0',
        'f1',
        '',
        '__proto__',
        'constructor',
      ),
      fc.constantFrom<unknown>(
        '$b',
        '$__proto__',
        '$constructor * 2',
        [2 ** 40, 2 ** 40],
        [2 ** 31, 0],
        '-$b',
        '$b * $b - 3',
        'floorDiv($b, 0)',
        'mod($b, $c)',
        'int32',
        'bool',
        'NaN',
        'Infinity',
        [],
        {},
      ),
      fc.constantFrom<unknown>(
        [0, 0],
        [-1],
        ['$batch'],
        [[0, 1]],
        { function: 'f0' },
        { name: 'zeros' },
        { type: 'float32', base64: 'AAAAAA==' },
      ),
      fc.json().map((text) => JSON.parse(text)),
    ),
    name: fc.constantFrom('x', 'axis', 'shape', '__proto__', 'toString', 'constructor', 'hasOwnProperty'),
  })
  .map(({ path, kind, from, value, name }) => (document) => {
    const [parent, key] = descend(document, path);
    if (kind === 'remove') {
      if (Array.isArray(parent)) parent.splice(Number(key), 1);
      else delete parent[key];
    } else if (kind === 'rename' && !Array.isArray(parent)) {
      parent[name] = parent[key];
      delete parent[key];
    } else if (kind === 'copy') {
      const [source, at] = descend(document, from.length === 0 ? path : from);
      parent[key] = structuredClone(source[at]);
    } else parent[key] = structuredClone(value);
  });

type Container = Record<string, unknown>;

/** A place in a document: the object or list, and the key in it. */
function descend(document: object, path: readonly number[]): [Container, string] {
  let parent = document as Container;
  for (let i = 0; ; i++) {
    const keys = Object.keys(parent);
    const key = keys[path[i]! % keys.length] ?? '0';
    const child = parent[key];
    if (i === path.length - 1 || typeof child !== 'object' || child === null || Object.keys(child).length === 0)
      return [parent, key];
    parent = child as Container;
  }
}

const written = (document: GraphDocument): GraphDocument => JSON.parse(JSON.stringify(document));
const good: fc.Arbitrary<GraphDocument> = fc.oneof(
  fc.constantFrom(...Object.keys(KINDS)).map((name) => {
    const { graph, outputs, updates } = buildKind(name);
    return written(graph.toJSON(outputs, updates));
  }),
  graphCases(6).map((chosen) => {
    const { graph, outputs, updates } = buildGraph(chosen);
    return written(graph.toJSON(outputs, updates));
  }),
);

/** @throws what is wrong with what a document is read and compiled as */
function check(document: unknown): void {
  const before = process.cpuUsage();
  const read = typed(SerializationError, () => Graph.fromJSON(document, OPTIONS));
  if (read !== undefined) {
    const { outputs, updates } = read;
    typed(RetrographError, () => compileSync(outputs, { backend: new NullBackend(), updates }).dispose());
  }
  const seconds = cpuSecondsSince(before);
  if (seconds > SECONDS) throw new Error(`it took ${seconds} seconds`);
}

/** What a call gives, if it is not refused by an error of the class. */
function typed<T>(Class: abstract new (...args: never[]) => Error, call: () => T): T | undefined {
  try {
    return call();
  } catch (e) {
    if (e instanceof Class) return undefined;
    throw e;
  }
}

export const documents: Kind = {
  name: 'documents',
  open: async () => ({
    property: fc.property(good, fc.array(mutation, { minLength: 1, maxLength: 3 }), (document, changes) => {
      const copy = structuredClone(document);
      for (const change of changes) change(copy);
      try {
        check(copy);
      } catch (e) {
        throw new Error(`${(e as Error).message}, by the document\n${JSON.stringify(copy)}`, { cause: e });
      }
    }),
    close: async () => {},
  }),
};
