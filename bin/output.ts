/** What commands write: results to stdout, everything else to stderr. */
import Table from 'cli-table3';
import pc from 'picocolors';

/** NO_COLOR and --no-color win; FORCE_COLOR and --color come next; else only terminals get colours. */
function wantsColor(stream: NodeJS.WriteStream): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (NO_COLOR || process.argv.includes('--no-color')) return false;
  if (FORCE_COLOR || process.argv.includes('--color')) return FORCE_COLOR !== '0';
  return stream.isTTY === true && TERM !== 'dumb';
}

export const colors = pc.createColors(wantsColor(process.stdout));
export const errorColors = pc.createColors(wantsColor(process.stderr));

/** A part of the result. */
export function write(text = ''): void {
  process.stdout.write(`${text}\n`);
}

/** A remark that is no part of the result. */
export function note(text: string): void {
  process.stderr.write(`${errorColors.dim(text)}\n`);
}

/** The result for programs. As in graphs' documents, numbers that are not finite are strings; typed arrays are arrays. */
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

export interface TableOptions {
  /** Columns of numbers. */
  readonly right?: readonly number[];
}

/** Columns without rules; each as wide as it needs. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  { right = [] }: TableOptions = {},
): string {
  const made = new Table({
    chars: { ...BARE, ...INNER },
    style: { 'padding-left': 0, 'padding-right': 2, head: [], border: [] },
    colAligns: head.map((_, i) => (right.includes(i) ? 'right' : 'left')),
  });
  made.push(
    head.map((text) => colors.dim(text)),
    ...rows.map((row) => [...row]),
  );
  const lines = made.toString().split('\n');
  return lines.map((line) => line.trimEnd()).join('\n');
}

export const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;
export const count = (n: number, one: string, many = `${one}s`): string =>
  `${n.toLocaleString('en')} ${n === 1 ? one : many}`;

export const metric = (name: string, value: number): string =>
  name.includes('accuracy') ? percent(value) : value.toPrecision(3);
