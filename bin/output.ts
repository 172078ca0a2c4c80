/** Writes output: results to stdout, everything else to stderr. */
import { stripVTControlCharacters } from 'node:util';
import Table from 'cli-table3';
import pc from 'picocolors';

/** NO_COLOR and --no-color come first, then FORCE_COLOR and --color; otherwise only terminals get colors. */
function wantsColor(stream: NodeJS.WriteStream): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (NO_COLOR || process.argv.includes('--no-color')) return false;
  if (FORCE_COLOR || process.argv.includes('--color')) return FORCE_COLOR !== '0';
  return stream.isTTY === true && TERM !== 'dumb';
}

export const colors = pc.createColors(wantsColor(process.stdout));
export const errorColors = pc.createColors(wantsColor(process.stderr));

export function write(text = ''): void {
  process.stdout.write(`${text}\n`);
}

export function note(text: string): void {
  process.stderr.write(`${errorColors.dim(text)}\n`);
}

/** Writes the result as JSON. As in graph documents, numbers that are not finite are strings; typed arrays are arrays. */
export function writeJson(value: unknown): void {
  const plain = (_key: string, v: unknown): unknown => {
    if (typeof v === 'number' && !Number.isFinite(v)) return String(v);
    return ArrayBuffer.isView(v) ? Array.from(v as Float32Array) : v;
  };
  write(JSON.stringify(value, plain, 2));
}

export const heading = (text: string): string => colors.bold(text);

const BARE = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
};
const INNER = {
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '',
};

/** The terminal's width. Output to a file or another program is as wide as it needs. */
export const terminalWidth = (): number =>
  process.stdout.isTTY ? process.stdout.columns || 80 : Number.POSITIVE_INFINITY;

export interface TableOptions {
  /** Columns of numbers: aligned to the right, never wrapped. */
  readonly right?: readonly number[];
  /** Characters of a line. Default: the terminal's width. */
  readonly width?: number;
}

const GAP = 2;
/** The least width to which a column of words is reduced. */
const LEAST = 16;

/**
 * Formats a table. Columns are as wide as they need; if a line is longer than the terminal's, they are wrapped; if they become too narrow,
 * every row is a block with a line for each cell.
 */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  { right = [], width = terminalWidth() }: TableOptions = {},
): string {
  const needed = head.map((title, i) => widest([title, ...rows.map((row) => row[i]!)]));
  const widths = fitColumns(needed, right, width);
  if (widths !== undefined) return draw([head.map((title) => colors.dim(title)), ...rows], widths, right);
  const titles = widest(head);
  const block = (row: readonly string[]): string => {
    const lines = head.map((title, i) => [colors.dim(title), row[i]!]).filter(([, cell]) => cell !== '');
    return draw(lines, [titles, Math.max(1, width - GAP - titles)]);
  };
  return rows.map(block).join('\n\n');
}

function draw(rows: readonly (readonly string[])[], widths: readonly number[], right: readonly number[] = []): string {
  const made = new Table({
    chars: { ...BARE, ...INNER },
    style: { 'padding-left': 0, 'padding-right': GAP, head: [], border: [] },
    colAligns: widths.map((_, i) => (right.includes(i) ? 'right' : 'left')),
    colWidths: widths.map((columns) => columns + GAP),
    wordWrap: true,
  });
  made.push(...rows.map((row) => row.map((text, i) => breakWords(text, widths[i]!))));
  const lines = made.toString().split('\n');
  return lines.map((line) => line.trimEnd()).join('\n');
}

const widest = (texts: readonly string[]): number =>
  Math.max(...texts.flatMap((text) => stripVTControlCharacters(text).split('\n')).map((line) => line.length));

/** Widths that fit into a line, by reducing the widest columns of words; undefined if there are none. */
function fitColumns(needed: readonly number[], right: readonly number[], width: number): readonly number[] | undefined {
  const room = width - GAP * (needed.length - 1);
  for (let most = Math.max(LEAST, ...needed); most >= LEAST; most--) {
    const widths = needed.map((own, i) => (right.includes(i) ? own : Math.min(own, most)));
    if (widths.reduce((a, b) => a + b, 0) <= room) return widths;
  }
  return undefined;
}

/** Breaks words that are longer than a line, such as paths. */
function breakWords(text: string, width: number): string {
  if (widest([text]) <= width) return text;
  const escapeOrPiece = new RegExp(`\\u001b\\[[0-9;]*m|[^\\s\\u001b]{${width}}(?=[^\\s\\u001b])`, 'g');
  const flat = text.replace(/^ +/gm, ''); // wrapping does not count indentation
  return flat.replace(escapeOrPiece, (match) => (match.startsWith('\u001b') ? match : `${match} `));
}

export const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;
export const count = (n: number, one: string, many = `${one}s`): string =>
  `${n.toLocaleString('en')} ${n === 1 ? one : many}`;

export const metric = (name: string, value: number): string =>
  name.includes('accuracy') ? percent(value) : value.toPrecision(3);
