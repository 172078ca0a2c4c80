/** The backends of a page or its worker, each loaded on demand. */
import type { HostBackends } from './host.ts';

export const hostBackends: HostBackends = {
  wasm: async ({ wasmPaths }) => {
    const { wasm, setWasmPaths } = await import('../../backends/wasm/module.ts');
    if (wasmPaths !== undefined) setWasmPaths(wasmPaths);
    return wasm;
  },
  cpu: async () => (await import('../../backends/cpu/module.ts')).cpu,
  webgl: async () => (await import('../../backends/webgl/module.ts')).webgl,
  webgpu: async () => (await import('../../backends/webgpu/module.ts')).webgpu,
};
