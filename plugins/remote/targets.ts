/** What the compiler has to know of the backends that may be elsewhere; each is loaded when it is asked for. */
import type { TfjsTarget } from '../../backends/target.ts';

export const targets: Readonly<Record<string, () => Promise<TfjsTarget>>> = {
  wasm: async () => (await import('../../backends/wasm/target.ts')).target,
  cpu: async () => (await import('../../backends/cpu/target.ts')).target,
  webgl: async () => (await import('../../backends/webgl/target.ts')).target,
  webgpu: async () => (await import('../../backends/webgpu/target.ts')).target,
};
