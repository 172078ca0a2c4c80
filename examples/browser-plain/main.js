import { lossPlot } from './loss-plot.js';
import { startPage } from './page.js';

const worker = () => new Worker(new URL('./dist/worker-serve.js', import.meta.url), { type: 'module' });
const canvas = document.querySelector('#losses');

if (canvas instanceof HTMLCanvasElement) startPage({ worker }, lossPlot(canvas));
