/** What draws for the report: packages for development, loaded when a report is made. */
import type * as PlotModule from '@observablehq/plot';

export interface Drawing {
  readonly Plot: typeof PlotModule;
  /** A chart as SVG text. */
  readonly svg: (options: PlotModule.PlotOptions) => string;
  /** A Graphviz graph as SVG text. */
  readonly dot: (source: string) => string;
  /** A square picture as a data URL: ink, from 0 to 1, on nothing, so that it suits any ground. */
  readonly png: (ink: Float32Array, side: number) => string;
}

/** @throws Error that says what to install */
export async function loadDrawing(): Promise<Drawing> {
  const [Plot, { parseHTML }, { instance }, { encode }] = await importAll().catch((cause: unknown) => {
    throw new Error(
      'a report is drawn by packages that are not installed: npm install @observablehq/plot linkedom @viz-js/viz fast-png',
      { cause },
    );
  });
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const viz = await instance();
  return {
    Plot,
    svg: (options) => Plot.plot({ ...options, document }).outerHTML,
    dot: (source) => viz.renderString(source, { format: 'svg' }).replace(/^[\s\S]*?(?=<svg)/, ''),
    png: (ink, side) => {
      const data = new Uint8Array(2 * ink.length); // grey, which stays 0, and opacity
      ink.forEach((value, i) => {
        data[2 * i + 1] = Math.round(255 * value);
      });
      const bytes = encode({ width: side, height: side, data, depth: 8, channels: 2 });
      return `data:image/png;base64,${Buffer.from(bytes).toString('base64')}`;
    },
  };
}

const importAll = () =>
  Promise.all([import('@observablehq/plot'), import('linkedom'), import('@viz-js/viz'), import('fast-png')]);
