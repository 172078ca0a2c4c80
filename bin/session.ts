/** What a command works with: the built-in ops and backends, and those of the given plugins. */
import { existsSync } from 'node:fs';
import { canonicalName } from '../backends/aliases.ts';
import { AUTO, chooseAmong, DEFAULT_BACKEND, PREFERRED, resolveBackend } from '../backends/resolve.ts';
import { type AnyOp, type Backend, BackendError, type OpDoc, PluginError } from '../engine/index.ts';
import { catalogue } from '../ops/catalogue.ts';
import { type Sample, samplesOf } from '../ops/sample.ts';
import { nameOf } from '../plugins/gradcheck/entry.ts';
import { createContainer, loadPlugin, type PluginContainer } from '../plugins/index.ts';
import { UsageError } from './errors.ts';
import type { CommonOptions } from './options.ts';
import { note } from './output.ts';
import { suggest } from './suggest.ts';

/** An op, or a builder that combines ops, as the command line lists it. */
export interface OpListing {
  readonly name: string;
  /** The op's folder, or the name of its plugin. */
  readonly family: string;
  readonly path: string;
  readonly op: AnyOp | undefined;
  readonly doc: OpDoc;
}

/** An op with the sample rows that check it. */
export interface SampledListing extends OpListing {
  readonly samples: readonly Sample[];
}

export const defaultBackend = (): string => process.env.RETROGRAPH_BACKEND || DEFAULT_BACKEND;

export class Session {
  readonly container: PluginContainer;
  readonly seed: number;
  readonly #backend: string;

  constructor(container: PluginContainer, { backend, seed }: CommonOptions) {
    this.container = container;
    this.seed = seed;
    this.#backend = backend ?? defaultBackend();
  }

  /**
   * The chosen backend, started; for 'auto', prints the choice.
   * @throws UsageError for an unknown name; BackendError if it is unavailable
   */
  async backend(name = this.#backend): Promise<Backend> {
    const backends = this.container.backends();
    if (name === AUTO) {
      const { backend, why } = await chooseAmong(PREFERRED.node, (wanted) => backends.find((b) => b.name === wanted));
      note(`backend: ${why}`);
      return backend;
    }
    return resolveBackend(canonicalName(name), () => backends).catch((e: unknown) => {
      const names = [...backends.map((b) => b.name), 'native', AUTO];
      if (!(e instanceof BackendError) || names.includes(name)) throw e;
      throw new UsageError(e.message, suggest(name, names), { cause: e });
    });
  }

  /** All documented and checked ops, by family. */
  ops(): readonly OpListing[] {
    const own = catalogue.map(({ path, op, doc }) => {
      const [family = ''] = path.split('/');
      return { name: nameOf({ op, path }), family, path, op, doc };
    });
    const brought = this.container
      .plugins()
      .slice(1)
      .flatMap((plugin) =>
        plugin.ops.map(({ op, doc }) => ({
          name: op.name,
          family: plugin.name,
          path: `${plugin.name}/${op.name}`,
          op,
          doc,
        })),
      );
    return [...own, ...brought];
  }

  /** The same ops with their samples, which are loaded on demand, since most commands do not need them. */
  async withSamples(ops: readonly OpListing[]): Promise<readonly SampledListing[]> {
    const { sampled } = await import('../ops/samples.ts');
    const own = new Map(sampled.map(({ path, samples }) => [path, samples]));
    const samplesIn = ({ path, op }: OpListing) =>
      own.get(path) ?? samplesOf(this.container.findOp(op!.name).samples ?? []);
    return ops.map((listing) => ({ ...listing, samples: samplesIn(listing) }));
  }

  /** Finds ops by name ('Tanh', in any case), by file ('elementwise/tanh'), or all of a family. @throws UsageError */
  findOps(name: string): readonly OpListing[] {
    const all = this.ops();
    const wanted = name.toLowerCase();
    const exact = all.filter((op) => op.name === name);
    if (exact.length > 0) return exact;
    const found = all.filter(({ name: own, path, family }) =>
      [own, path, family, builderName(path)].some((n) => n.toLowerCase() === wanted),
    );
    if (found.length > 0) return found;
    const hint = suggest(
      name,
      all.flatMap((op) => [op.name, op.family]),
    );
    throw new UsageError(`there is no op '${name}'`, hint ?? '`retrograph ops` lists them all');
  }
}

const builderName = (path: string): string => nameOf({ op: undefined, path });

export async function openSession(options: CommonOptions): Promise<Session> {
  const { browser, libtensorflow, threads, nativeMode } = options;
  if (threads !== undefined) process.env.RETROGRAPH_THREADS = `${threads}`;
  if (libtensorflow !== undefined) {
    if (!existsSync(libtensorflow)) throw new UsageError(`there is no folder '${libtensorflow}'`);
    process.env.RETROGRAPH_LIBTENSORFLOW = libtensorflow;
  }
  if (nativeMode !== undefined) process.env.RETROGRAPH_NATIVE_MODE = nativeMode;
  if (browser !== undefined) {
    if (!existsSync(browser)) throw new UsageError(`there is no browser '${browser}'`);
    process.env.CHROME_PATH = browser;
  }
  try {
    const plugins = await Promise.all(options.plugin.map((path) => loadPlugin(path)));
    return new Session(createContainer(plugins), options);
  } catch (e) {
    throw e instanceof PluginError ? new UsageError(e.message, undefined, { cause: e }) : e;
  }
}
