/** The package's face in browsers: the engine, with each backend loaded when its name is first used. */
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

/** What the backend 'auto' comes to here, started, and why. */
export const chooseBackend = (): Promise<BackendChoice> => chooseAmong(PREFERRED.browser, (name) => BACKENDS[name]!());

const around: Surroundings = { resolve, passes: () => [] };

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
