/** The package's face in Node: the engine, with backends by name, plugins' among them. */
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
/** Of these plugins, once something has asked for it. */
let container: Promise<PluginContainer> | undefined;

/** The library's own, each loaded when its name is first used. */
const BACKENDS: Readonly<Record<string, () => Promise<Backend>>> = {
  wasm: async () => (await import('./backends/wasm/module.ts')).wasm,
  cpu: async () => (await import('./backends/cpu/module.ts')).cpu,
  node: async () => (await import('./backends/node/module.ts')).node,
  webgl: async () => (await import('./plugins/browser/index.ts')).webgl,
  webgpu: async () => (await import('./plugins/browser/index.ts')).webgpu,
};

/** Makes the passes and backends of plugins known to `compile` and the like. */
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
  // the container, which brings every op, is for plugins, and to say what else there is
  const all = async () => (await bindPlugins()).backends();
  return resolveBackend(own ?? name, all);
}

/** What the backend 'auto' comes to here, started, and why. */
export const chooseBackend = (): Promise<BackendChoice> => chooseAmong(PREFERRED.node, (name) => BACKENDS[name]!());

const around: Surroundings = { resolve, passes: () => plugins.flatMap((p) => p.passes) };

/**
 * A backend by name, started.
 * @throws BackendError for one that is unknown or unavailable: it lists the available ones, and why the others are not
 */
export const backend = (like?: BackendLike): Promise<Backend> => resolve(like);
/** Compiles outputs and updates for a backend, which is started first. See the engine's `compile`. */
export const compile = /* @__PURE__ */ compileIn(around);
/** A quick look at values: compiled, run and disposed. */
export const evaluate = /* @__PURE__ */ evaluateIn(around);
/** A variables store, made ahead of the programs that share it. */
export const openVariables = /* @__PURE__ */ openVariablesIn(around);
/** For tests: compares gradients to finite differences. See the engine's `checkGradient`. */
export const checkGradient = /* @__PURE__ */ checkGradientIn(around);
