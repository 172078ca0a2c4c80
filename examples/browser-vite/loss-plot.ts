/** The loss by step, drawn by uPlot. */
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { DrawHistory } from '../browser-plain/page.js';

export function lossPlot(container: HTMLElement): DrawHistory {
  const colour = (name: string) => () => getComputedStyle(container).getPropertyValue(name);
  const axis: uPlot.Axis = {
    stroke: colour('--muted'),
    font: '12px system-ui, sans-serif',
    grid: { stroke: colour('--line'), width: 1 },
    ticks: { show: false },
  };
  const plot = new uPlot(
    {
      width: container.clientWidth,
      height: container.clientHeight,
      padding: [12, 28, 0, 0],
      legend: { show: false },
      cursor: { show: false },
      scales: {
        x: { time: false, range: (_, __, max) => [0, Math.max(max, 100)] },
        y: { range: (_, __, max) => [0, Math.max(max, 0.1)] },
      },
      axes: [
        { ...axis, size: 32, grid: { show: false } },
        { ...axis, size: 48 },
      ],
      series: [{}, { stroke: colour('--accent'), width: 2, points: { show: false } }],
    },
    [[], []],
    container,
  );
  return ({ steps, losses }) => {
    const { clientWidth: width, clientHeight: height } = container;
    if (plot.width !== width || plot.height !== height) plot.setSize({ width, height });
    plot.setData([steps, losses]);
  };
}
