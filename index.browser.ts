/** The package's entry for browsers: the engine, and backends that are loaded when their names are first used. */
import { AUTO, type BackendChoice, chooseAmong, PREFERRED, resolveBackend } from './backends/resolve.ts';
import type { Backend } from './engine/index.ts';
import { BackendError } from './engine/index.ts';
import {
  type BackendLike,
  checkGradientIn,
  compileIn,
  evaluateIn,
  openVariablesIn,
  type Surroundings,
} from './face/calls.ts';

export type { BackendChoice } from './backends/resolve.ts';
export type { BackendLike, CheckGradientOptions, CompileOptions, VariablesOptions } from './face/calls.ts';
export * from './face/index.ts';

const BACKENDS: Readonly<Record<string, () => Promise<Backend>>> = {
  wasm: async () => (await import('./backends/wasm/module.ts')).wasm,
  webgl: async () => (await import('./backends/webgl/module.ts')).webgl,
  webgpu: async () => (await import('./backends/webgpu/module.ts')).webgpu,
  cpu: async () => (await import('./backends/cpu/module.ts')).cpu,
};

async function resolve(like: BackendLike = 'wasm'): Promise<Backend> {
  if (typeof like !== 'string') return resolveBackend(like);
  if (like === AUTO) return (await chooseBackend()).backend;
  const load = BACKENDS[like];
  if (load === undefined)
    throw new BackendError(`there is no backend '${like}' in browsers; there are ${Object.keys(BACKENDS).join(', ')}`);
  return resolveBackend(await load());
}

/** Chooses and starts the backend for 'auto', and says why. */
export const chooseBackend = (): Promise<BackendChoice> => chooseAmong(PREFERRED.browser, (name) => BACKENDS[name]!());

const around: Surroundings = { resolve, passes: () => [] };

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
