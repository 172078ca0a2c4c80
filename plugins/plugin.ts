/** Plugins as data: what extends the library from outside. */
import type { AnyOp, Backend, InitializerFactory, OpDoc, PlacedPass } from '../engine/index.ts';
import { PluginError } from '../engine/index.ts';
import type { Samples } from '../ops/sample.ts';
import type { Optimizer } from './optimizers/index.ts';

/** An op's module, which exports its doc and samples beside its definition. */
export interface OpModule {
  readonly doc: OpDoc;
  readonly samples: Samples;
}

/** An op with its doc and samples. The library's own ops have no samples here: they are in ops/samples.ts. */
export interface OpEntry {
  readonly op: AnyOp;
  readonly doc: OpDoc;
  readonly samples?: Samples;
}

/** Makes an optimizer from its options. */
// biome-ignore lint/suspicious/noExplicitAny: each has options of its own, which it checks itself
export type OptimizerFactory = (options?: any) => Optimizer;

export interface PluginDefinition {
  /** The package's name, or any other name that identifies the plugin. */
  readonly name: string;
  /** Modules of ops (`import * as mish from './mish.ts'`). Samples may be added from another file: `{ ...mish, samples }`. */
  readonly ops?: readonly (OpModule | OpEntry)[];
  /** Passes, each placed before or after a named one. */
  readonly passes?: readonly PlacedPass[];
  readonly optimizers?: Readonly<Record<string, OptimizerFactory>>;
  readonly backends?: readonly Backend[];
  /** Functions that make initializers from their settings, to read documents. */
  readonly initializers?: Readonly<Record<string, InitializerFactory>>;
}

export interface Plugin extends Required<Omit<PluginDefinition, 'ops'>> {
  readonly ops: readonly OpEntry[];
}

/** Checks a plugin. @throws PluginError for an invalid definition, so that it fails here and not later, at a plugin's user */
export function definePlugin(definition: PluginDefinition): Plugin {
  const { name, ops = [], passes = [], optimizers = {}, backends = [], initializers = {} } = definition;
  if (typeof name !== 'string' || name === '') throw new PluginError('a plugin needs a name');
  for (const key of Object.keys(definition)) {
    if (!FIELDS.includes(key))
      throw new PluginError(`plugin '${name}' has '${key}'; a plugin has ${FIELDS.join(', ')}`);
  }
  return Object.freeze({
    name,
    ops: ops.map((module, i) => toEntry(name, module, i)),
    passes,
    optimizers,
    backends,
    initializers,
  });
}
const FIELDS = [
  'name',
  'ops',
  'passes',
  'optimizers',
  'backends',
  'initializers',
] satisfies (keyof PluginDefinition)[] as readonly string[];

export const isPlugin = (value: unknown): value is Plugin =>
  typeof value === 'object' &&
  value !== null &&
  FIELDS.every((field) =>
    field === 'name'
      ? typeof (value as PluginDefinition).name === 'string'
      : typeof (value as Record<string, unknown>)[field] === 'object',
  );

const isOp = (value: unknown): value is AnyOp =>
  typeof value === 'object' && value !== null && 'definition' in value && 'slots' in value && 'node' in value;

function toEntry(plugin: string, module: OpModule | OpEntry, index: number): OpEntry {
  const ops = Object.values(module).filter(isOp);
  const [op] = ops;
  if (op === undefined || ops.length > 1)
    throw new PluginError(
      `plugin '${plugin}': ops[${index}] has ${ops.length} ops; it is the module of a file that exports one, by defineOp or defineComposite`,
    );
  const { doc, samples } = module;
  if (typeof doc !== 'object' || !(Array.isArray(samples) || typeof samples === 'function'))
    throw new PluginError(
      `plugin '${plugin}': the op '${op.name}' needs 'doc' and 'samples' beside it: its checks are made of them`,
    );
  return { op, doc, samples };
}
