import wasm from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import threadedSimd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import { startPage } from '../browser-plain/page.js';
import '../browser-plain/style.css';
import { lossPlot } from './loss-plot.ts';

startPage(
  {
    worker: () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }),
    wasmPaths: {
      'tfjs-backend-wasm.wasm': wasm,
      'tfjs-backend-wasm-simd.wasm': simd,
      'tfjs-backend-wasm-threaded-simd.wasm': threadedSimd,
    },
  },
  lossPlot(document.querySelector<HTMLElement>('#losses')!),
);
