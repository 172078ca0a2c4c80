/** The backends that a worker or a browser may have; each is loaded when it is asked for. */
import type { TfjsTarget } from '../../backends/target.ts';
import type { HostBackends } from './host.ts';

export const hostBackends: HostBackends = {
  wasm: async ({ wasmPaths }) => {
    const { wasm, setWasmPaths } = await import('../../backends/wasm/module.ts');
    if (wasmPaths !== undefined) await setWasmPaths(wasmPaths);
    return wasm;
  },
  cpu: async () => (await import('../../backends/cpu/module.ts')).cpu,
  webgl: async () => (await import('../../backends/webgl/module.ts')).webgl,
  webgpu: async () => (await import('../../backends/webgpu/module.ts')).webgpu,
};

/** What the compiler has to know of each. */
export const targets: Readonly<Record<string, () => Promise<TfjsTarget>>> = {
  wasm: async () => (await import('../../backends/wasm/target.ts')).target,
  cpu: async () => (await import('../../backends/cpu/target.ts')).target,
  webgl: async () => (await import('../../backends/webgl/target.ts')).target,
  webgpu: async () => (await import('../../backends/webgpu/target.ts')).target,
};
