/** The targets of remote backends, for the compiler, each loaded on demand. */
import type { TfjsTarget } from '../../backends/target.ts';

export const targets: Readonly<Record<string, () => Promise<TfjsTarget>>> = {
  wasm: async () => (await import('../../backends/wasm/target.ts')).target,
  cpu: async () => (await import('../../backends/cpu/target.ts')).target,
  webgl: async () => (await import('../../backends/webgl/target.ts')).target,
  webgpu: async () => (await import('../../backends/webgpu/target.ts')).target,
};
