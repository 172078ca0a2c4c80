import { fileURLToPath } from 'node:url';
import { defaultClientConditions, defineConfig } from 'vite';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './', // works from any folder of a server
  // retrograph from the sources of this repository; where it is installed, this line is not needed
  resolve: { conditions: ['retrograph-source', ...defaultClientConditions] },
  // found when a worker first asks for them, they would make the dev server reload the page
  optimizeDeps: {
    include: ['core', 'backend-cpu', 'backend-wasm', 'backend-webgl', 'backend-webgpu'].map(
      (name) => `@tensorflow/tfjs-${name}`,
    ),
  },
  worker: { format: 'es' },
  build: { target: 'es2022' },
});
