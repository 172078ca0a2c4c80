/** The backends of a worker thread, each loaded on demand. */
import type { HostBackends } from './host.ts';

export const hostBackends: HostBackends = {
  wasm: async () => (await import('../../backends/wasm/module.ts')).wasm,
  cpu: async () => (await import('../../backends/cpu/module.ts')).cpu,
  webgpu: async () => (await import('../../backends/webgpu/node.ts')).webgpu,
};
