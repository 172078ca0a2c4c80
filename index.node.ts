/** The package's face in Node: the engine, with backends by name, plugins' among them. */
import { canonicalName } from './backends/aliases.ts';
import { AUTO, type BackendChoice, chooseAmong, PREFERRED, resolveBackend } from './backends/resolve.ts';
import type { Backend } from './engine/index.ts';
import {
  type BackendLike,
  checkGradientIn,
  compileIn,
  evaluateIn,
  openVariablesIn,
  type Surroundings,
} from './face.ts';
import type { Plugin } from './plugins/plugin.ts';

export * from './api.ts';
export type { BackendChoice } from './backends/resolve.ts';
export type { BackendLike, CheckGradientOptions, CompileOptions, VariablesOptions } from './face.ts';

const plugins: Plugin[] = [];

/** Makes the passes and backends of plugins known to `compile` and the like. */
export function use(...added: readonly Plugin[]): void {
  plugins.push(...added);
}

async function resolve(like: BackendLike | undefined) {
  if (like !== undefined && typeof like !== 'string') return resolveBackend(like, []);
  // only names need the container, which brings every op
  const { createContainer } = await import('./plugins/container.ts');
  const name = like ?? process.env.RETROGRAPH_BACKEND;
  const backends = createContainer(plugins).backends();
  return name === AUTO
    ? (await choose(backends)).backend
    : resolveBackend(name === undefined ? name : canonicalName(name), backends);
}

const choose = (backends: readonly Backend[]): Promise<BackendChoice> =>
  chooseAmong(PREFERRED.node, (name) => backends.find((b) => b.name === name));

/** What the backend 'auto' comes to here, started, and why. */
export async function chooseBackend(): Promise<BackendChoice> {
  const { createContainer } = await import('./plugins/container.ts');
  return choose(createContainer(plugins).backends());
}

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
