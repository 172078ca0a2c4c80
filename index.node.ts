/** The package's entry for Node: the engine, and backends by name, including those of plugins. */
import { canonicalName } from './backends/aliases.ts';
import {
  AUTO,
  type BackendChoice,
  chooseAmong,
  DEFAULT_BACKEND,
  PREFERRED,
  resolveBackend,
} from './backends/resolve.ts';
import type { Backend } from './engine/index.ts';
import {
  type BackendLike,
  checkGradientIn,
  compileIn,
  evaluateIn,
  openVariablesIn,
  type Surroundings,
} from './face/calls.ts';
import type { PluginContainer } from './plugins/container.ts';
import type { Plugin } from './plugins/plugin.ts';

export type { BackendChoice } from './backends/resolve.ts';
export type { BackendLike, CheckGradientOptions, CompileOptions, VariablesOptions } from './face/calls.ts';
export * from './face/index.ts';

const plugins: Plugin[] = [];
/** The container with these plugins, made on demand. */
let container: Promise<PluginContainer> | undefined;

/** The library's backends, each loaded when its name is first used. */
const BACKENDS: Readonly<Record<string, () => Promise<Backend>>> = {
  wasm: async () => (await import('./backends/wasm/module.ts')).wasm,
  cpu: async () => (await import('./backends/cpu/module.ts')).cpu,
  node: async () => (await import('./backends/node/module.ts')).node,
  webgl: async () => (await import('./plugins/browser/index.ts')).webgl,
  webgpu: async () => (await import('./plugins/browser/index.ts')).webgpu,
};

/** Registers plugins: `compile` and similar functions use their passes and backends. */
export function use(...added: readonly Plugin[]): void {
  plugins.push(...added);
  container = undefined;
}

const bindPlugins = (): Promise<PluginContainer> =>
  (container ??= import('./plugins/container.ts').then(({ createContainer }) => createContainer(plugins)));

async function resolve(like: BackendLike | undefined) {
  if (like !== undefined && typeof like !== 'string') return resolveBackend(like);
  const name = canonicalName(like || process.env.RETROGRAPH_BACKEND || DEFAULT_BACKEND);
  if (name === AUTO) return (await chooseBackend()).backend;
  const own = plugins.length === 0 ? await BACKENDS[name]?.() : undefined;
  // the container loads every op, so it is used only for plugins, and for errors that list the backends
  const all = async () => (await bindPlugins()).backends();
  return resolveBackend(own ?? name, all);
}

/** Chooses and starts the backend for 'auto', and says why. */
export const chooseBackend = (): Promise<BackendChoice> => chooseAmong(PREFERRED.node, (name) => BACKENDS[name]!());

const around: Surroundings = { resolve, passes: () => plugins.flatMap((p) => p.passes) };

/**
 * Finds and starts a backend by name.
 * @throws BackendError for an unknown or unavailable one; the message lists the available ones, and why others are not
 */
export const backend = (like?: BackendLike): Promise<Backend> => resolve(like);
/** Starts the backend, and compiles outputs and updates for it. See the engine's `compile`. */
export const compile = /* @__PURE__ */ compileIn(around);
/** Compiles and runs values once, for a quick look. */
export const evaluate = /* @__PURE__ */ evaluateIn(around);
/** Opens a variables store, for programs that will share it. */
export const openVariables = /* @__PURE__ */ openVariablesIn(around);
/** Compares gradients with finite differences, for tests. See the engine's `checkGradient`. */
export const checkGradient = /* @__PURE__ */ checkGradientIn(around);
