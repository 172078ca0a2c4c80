import { startPage } from '../browser-plain/page.js';
import '../browser-plain/style.css';
import { lossPlot } from './loss-plot.ts';

startPage(
  { worker: () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }) },
  lossPlot(document.querySelector<HTMLElement>('#losses')!),
);
