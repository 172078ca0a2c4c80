/** The package's face in browsers: the engine, with each backend loaded when its name is first used. */
import { resolveBackend } from './backends/resolve.ts';
import type { Backend } from './engine/index.ts';
import { BackendError } from './engine/index.ts';
import { type BackendLike, makeFace } from './face.ts';

export * from './engine/index.ts';
export type { BackendLike, CheckGradientOptions, CompileOptions, VariablesOptions } from './face.ts';

const BACKENDS: Readonly<Record<string, () => Promise<Backend>>> = {
  wasm: async () => (await import('./backends/wasm/module.ts')).wasm,
  webgl: async () => (await import('./backends/webgl/module.ts')).webgl,
  webgpu: async () => (await import('./backends/webgpu/module.ts')).webgpu,
  cpu: async () => (await import('./backends/cpu/module.ts')).cpu,
};

async function resolve(like: BackendLike = 'wasm'): Promise<Backend> {
  if (typeof like !== 'string') return resolveBackend(like, []);
  const load = BACKENDS[like];
  if (load === undefined)
    throw new BackendError(`there is no backend '${like}' in browsers; there are ${Object.keys(BACKENDS).join(', ')}`);
  return resolveBackend(await load(), []);
}

export const { backend, compile, evaluate, openVariables, checkGradient } = makeFace(resolve);
