/** The package's face in Node: the engine, with backends by name, plugins' among them. */
import { resolveBackend } from './backends/resolve.ts';
import { type BackendLike, makeFace } from './face.ts';
import type { Plugin } from './plugins/plugin.ts';

export * from './engine/index.ts';
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
  return resolveBackend(like ?? process.env.RETROGRAPH_BACKEND, createContainer(plugins).backends());
}

export const { backend, compile, evaluate, openVariables, checkGradient } = makeFace(resolve, () =>
  plugins.flatMap((p) => p.passes),
);
