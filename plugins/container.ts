/**
 * The Inversify container: binds what plugins contribute, and looks it up by name. It serves the command line, Node's entry and plugins;
 * the engine and the ops do not depend on it.
 */
import { type Backend, type InitializerFactory, PIPELINE, type PlacedPass, PluginError } from '../engine/index.ts';
import { shown, some } from '../engine/inspect.ts';
import { builtin } from './builtin.ts';
import { Container, ContainerModule } from './inversify.ts';
import type { OpEntry, OptimizerFactory, Plugin } from './plugin.ts';
import { type Bound, type Contribution, type Kind, TOKENS } from './tokens.ts';

/** A container with the built-in plugin and the given ones. @throws PluginError for two of the same kind and name */
export const createContainer = (plugins: readonly Plugin[] = []): PluginContainer =>
  new PluginContainer([builtin, ...plugins]);

/** The part of Inversify's `Container` in the package's declarations, so that they do not import its types. */
export interface Bindings {
  isBound(token: symbol): boolean;
  /** Everything that is bound to a token. */
  getAll<T>(token: symbol): T[];
}

export class PluginContainer {
  /** Inversify's container: `container.getAll(TOKENS.op)`. */
  readonly container: Bindings;

  constructor(plugins: readonly Plugin[]) {
    const contributions = plugins.flatMap(contributionsOf);
    requireDistinct(contributions);
    const container = new Container();
    container.load(...plugins.map((plugin) => moduleOf(contributions.filter((c) => c.plugin === plugin.name))));
    this.container = container;
  }

  plugins(): readonly Plugin[] {
    return this.#all('plugin');
  }

  ops(): readonly OpEntry[] {
    return this.#all('op');
  }

  /** @throws PluginError for an unknown name, as all find methods do */
  findOp(name: string): OpEntry {
    return this.#find('op', name);
  }

  /** The passes of plugins, for `compile`'s `extraPasses`. */
  passes(): readonly PlacedPass[] {
    return this.#all('pass');
  }

  optimizers(): Readonly<Record<string, OptimizerFactory>> {
    return this.#record('optimizer');
  }

  findOptimizer(name: string): OptimizerFactory {
    return this.#find('optimizer', name);
  }

  backends(): readonly Backend[] {
    return this.#all('backend');
  }

  findBackend(name: string): Backend {
    return this.#find('backend', name);
  }

  initializers(): Readonly<Record<string, InitializerFactory>> {
    return this.#record('initializer');
  }

  findInitializer(name: string): InitializerFactory {
    return this.#find('initializer', name);
  }

  #contributions<K extends Kind>(kind: K): readonly Contribution<K>[] {
    return this.container.isBound(TOKENS[kind]) ? this.container.getAll<Contribution<K>>(TOKENS[kind]) : [];
  }

  #all<K extends Kind>(kind: K): readonly Bound[K][] {
    return this.#contributions(kind).map((c) => c.value);
  }

  #record<K extends Kind>(kind: K): Readonly<Record<string, Bound[K]>> {
    return Object.fromEntries(this.#contributions(kind).map((c) => [c.name, c.value]));
  }

  #find<K extends Kind>(kind: K, name: string): Bound[K] {
    const all = this.#contributions(kind);
    const found = all.find((c) => c.name === name);
    if (found !== undefined) return found.value;
    throw new PluginError(`there is no ${kind} '${name}'; there are ${all.map((c) => c.name).join(', ') || 'none'}`);
  }
}

shown(PluginContainer, 'PluginContainer', (container) => `of ${some(container.plugins(), ({ name }) => name)}`);

interface Tagged extends Contribution {
  readonly kind: Kind;
}

const named = (kind: Kind, plugin: Plugin, values: readonly { readonly name: string }[]): readonly Tagged[] =>
  values.map((value) => ({ kind, name: value.name, plugin: plugin.name, value: value as Bound[Kind] }));
const entries = (kind: Kind, plugin: Plugin, record: Readonly<Record<string, Bound[Kind]>>): readonly Tagged[] =>
  Object.entries(record).map(([name, value]) => ({ kind, name, plugin: plugin.name, value }));

function contributionsOf(plugin: Plugin): readonly Tagged[] {
  return [
    ...named('plugin', plugin, [plugin]),
    ...plugin.ops.map((entry): Tagged => ({ kind: 'op', name: entry.op.name, plugin: plugin.name, value: entry })),
    ...named('pass', plugin, plugin.passes),
    ...entries('optimizer', plugin, plugin.optimizers),
    ...named('backend', plugin, plugin.backends),
    ...entries('initializer', plugin, plugin.initializers),
  ];
}

const moduleOf = (contributions: readonly Tagged[]): ContainerModule =>
  new ContainerModule(({ bind }) => {
    for (const contribution of contributions)
      bind<Contribution>(TOKENS[contribution.kind]).toConstantValue(contribution);
  });

function requireDistinct(contributions: readonly Tagged[]): void {
  const owners = new Map<string, string>(PIPELINE.map((pass) => [`pass '${pass.name}'`, builtin.name]));
  for (const { kind, name, plugin } of contributions) {
    const what = `${kind} '${name}'`;
    const owner = owners.get(what);
    if (owner !== undefined)
      throw new PluginError(
        kind === 'plugin'
          ? `the plugin '${name}' is loaded twice`
          : `two plugins bring the ${what}: '${owner}' and '${plugin}'`,
      );
    owners.set(what, plugin);
  }
}
