/** Charts made of characters. */
import asciichart from 'asciichart';
import { colors, table, terminalWidth } from './output.ts';

const HEIGHT = 10;
const LABEL = 10;

/** The ratio of largest to smallest value from which a curve has a logarithmic axis. */
const WIDE = 20;

/** Draws values over steps. If there are more values than columns, each column is a mean. */
export function curve(values: readonly number[], title: string): string {
  const width = Math.max(20, Math.min(72, terminalWidth() - LABEL - 4));
  const columns = Math.min(values.length, width);
  const lost = values.filter((v) => !Number.isFinite(v)).length;
  if (lost > 0) return `${title}: ${lost} of ${values.length} values are not finite`;
  const points = Array.from({ length: columns }, (_, i) => {
    const part = values.slice(
      Math.floor((i * values.length) / columns),
      Math.floor(((i + 1) * values.length) / columns),
    );
    return part.reduce((sum, v) => sum + v, 0) / part.length;
  });
  const isWide = Math.min(...points) > 0 && Math.max(...points) > WIDE * Math.min(...points);
  const format = (v: number): string =>
    Number((isWide ? 10 ** v : v).toPrecision(3))
      .toString()
      .padStart(LABEL);
  const lines = asciichart.plot(isWide ? points.map(Math.log10) : points, { height: HEIGHT, format }).split('\n');
  const drawn = lines.map((line) => `${colors.dim(line.slice(0, LABEL + 1))}${colors.cyan(line.slice(LABEL + 1))}`);
  const last = `step ${values.length.toLocaleString('en')}`;
  const axis = `${' '.repeat(LABEL + 2)}1${last.padStart(Math.max(columns - 1, last.length + 1))}`;
  return [isWide ? `${title} (log scale)` : title, ...drawn, colors.dim(axis)].join('\n');
}

/** Draws a confusion matrix: rows are labels, columns are predictions. On a narrow terminal, the columns are split into several blocks. */
export function confusionMatrix(
  counts: readonly (readonly number[])[],
  classes: readonly string[],
  width = terminalWidth(),
): string {
  const cell = (n: number, right: boolean): string =>
    n === 0 ? colors.dim('·') : right ? colors.green(`${n}`) : colors.yellow(`${n}`);
  const labels = Math.max(...classes.map((name) => name.length));
  const column = Math.max(labels, ...counts.flat().map((n) => `${n}`.length)) + 2;
  const most = Math.max(1, Math.min(classes.length, Math.floor((width - labels) / column)));
  const part = (first: number): string => {
    const head = ['', ...classes.slice(first, first + most)];
    const rows = counts.map((row, label) => [
      colors.dim(classes[label]!),
      ...row.slice(first, first + most).map((n, k) => cell(n, first + k === label)),
    ]);
    return table(head, rows, { right: head.map((_, i) => i), width });
  };
  const parts = Math.ceil(classes.length / most);
  return Array.from({ length: parts }, (_, i) => part(i * most)).join('\n\n');
}
