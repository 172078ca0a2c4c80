/**
 * Results as a text table. Below a row that shows a slip stands the form that the document prints, and what is wrong
 * with it; below one with a tolerance of its own, the reason.
 */
import { digits, type Result } from './example.ts';
import { shapeOf, type Tensor } from './matrix.ts';

interface Column {
  readonly heading: string;
  /** It is never wider. */
  readonly most: number;
  /** It is left out where lines are short. */
  readonly goes?: true;
  readonly cell: (row: Result) => string;
}

/** Columns become narrower than the first only when those that may go are gone, and never than the second. */
const LEAST = [14, 6] as const;

const COLUMNS: readonly Column[] = [
  { heading: '', most: 1, cell: ({ ok }) => (ok ? '✓' : '✗') },
  { heading: 'id', most: 24, cell: ({ id }) => id },
  { heading: 'what', most: 70, cell: ({ what }) => what },
  { heading: 'computed', most: 34, cell: ({ computed }) => show(computed) },
  { heading: 'closed form', most: 34, goes: true, cell: ({ expected }) => show(expected) },
  { heading: 'error', most: 8, goes: true, cell: ({ error }) => error.toExponential(1) },
  {
    heading: 'differences',
    most: 11,
    goes: true,
    cell: ({ differences }) => differences?.toExponential(1) ?? '',
  },
];

/** @param width characters in a line, of which 40 are enough; cells that are cut end in '…' */
export function table(results: readonly Result[], width = Number.POSITIVE_INFINITY): string {
  const all = COLUMNS.map((column) => {
    const cells = [column.heading, ...results.map((row) => column.cell(row))];
    return { ...column, cells, width: Math.min(column.most, Math.max(...cells.map((text) => text.length))) };
  });
  const columns = narrowTo(all, width);
  const [head = '', ...rows] = [-1, ...results.keys()].map((row) =>
    columns
      .map((column) => pad(column.cells[row + 1]!, column.width))
      .join('  ')
      .trimEnd(),
  );
  const lines = rows.flatMap((line, i) => [line, ...notes(results[i]!).flatMap((text) => wrap(text, width))]);
  return [head, '-'.repeat(head.length), ...lines].join('\n');
}

/** Columns that fit into a line: the widest give way, and then the last ones go. */
function narrowTo<C extends Pick<Column, 'goes'> & { readonly width: number }>(
  columns: readonly C[],
  width: number,
): readonly C[] {
  const fits = (some: readonly C[]): boolean => some.reduce((sum, column) => sum + column.width + 2, -2) <= width;
  const capped = (some: readonly C[], least: number): readonly C[] => {
    let most = Math.max(...some.map((column) => column.width));
    let result = some;
    while (!fits(result) && most > least) {
      most--;
      result = some.map((column) => ({ ...column, width: Math.min(column.width, most) }));
    }
    return result;
  };
  let some = columns;
  while (!fits(capped(some, LEAST[0])) && some.some(({ goes }) => goes)) {
    const last = some.findLastIndex(({ goes }) => goes);
    some = some.filter((_, i) => i !== last);
  }
  return capped(some, fits(capped(some, LEAST[0])) ? LEAST[0] : LEAST[1]);
}

function notes(row: Result): readonly string[] {
  const slip = row.slip === undefined ? [] : [`printed: ${row.slip.printed}`, `✗ ${row.slip.wrong}`];
  return row.reason === undefined ? slip : [`within ${row.tolerance}: ${row.reason}`, ...slip];
}

/** Lines below a row, of whole words. */
function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const longer = `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && longer.length + 3 <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.map((line) => `   ${line}`);
}

/** The entries to four digits; where they do not fit, with the shape in front. */
function show(t: Tensor): string {
  const text = typeof t === 'number' ? digits(t) : nested(t);
  return text.length <= 34 ? text : `${shapeOf(t).join('x')} ${text}`;
}

const nested = (t: Tensor): string => (typeof t === 'number' ? digits(t) : `[${t.map(nested).join(', ')}]`);
const pad = (text: string, width: number): string =>
  (text.length <= width ? text : `${text.slice(0, width - 1)}…`).padEnd(width);
