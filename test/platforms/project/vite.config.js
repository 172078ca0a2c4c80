// The one setting is the form of workers; everything else is as Vite has it.
import { defineConfig } from 'vite';

export default defineConfig(({ mode }) => ({
  base: './',
  worker: { format: mode === 'iife' ? 'iife' : 'es' },
  build: {
    sourcemap: true,
    outDir: `out/vite-${mode}`,
    rolldownOptions: { input: mode === 'page' ? 'index.html' : 'worker.html' },
  },
}));
