/**
 * Results as a text table. Below a row that shows a slip stands the form that the document prints, and what is wrong
 * with it; below one with a tolerance of its own, the reason.
 */
import { digits, type Result } from './example.ts';
import { shapeOf, type Tensor } from './matrix.ts';

/** The columns: a heading, the widest that it may get, and a row's cell. */
const COLUMNS: readonly (readonly [heading: string, widest: number, cell: (row: Result) => string])[] = [
  ['', 1, ({ ok }) => (ok ? '✓' : '✗')],
  ['id', 24, ({ id }) => id],
  ['what', 70, ({ what }) => what],
  ['computed', 34, ({ computed }) => show(computed)],
  ['closed form', 34, ({ expected }) => show(expected)],
  ['error', 8, ({ error }) => error.toExponential(1)],
  ['differences', 11, ({ differences }) => differences?.toExponential(1) ?? ''],
];

export function table(results: readonly Result[]): string {
  const cells = [COLUMNS.map(([heading]) => heading), ...results.map((row) => COLUMNS.map(([, , cell]) => cell(row)))];
  const widths = COLUMNS.map(([, widest], k) =>
    Math.min(widest, Math.max(...cells.map((line) => line[k]?.length ?? 0))),
  );
  const [head = '', ...rows] = cells.map((line) =>
    line
      .map((text, k) => pad(text, widths[k] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [head, '-'.repeat(head.length), ...rows.flatMap((line, i) => [line, ...notes(results[i])])].join('\n');
}

function notes(row: Result | undefined): readonly string[] {
  const slip = row?.slip === undefined ? [] : [`   printed: ${row.slip.printed}`, `   ✗ ${row.slip.wrong}`];
  return row?.reason === undefined ? slip : [`   within ${row.tolerance}: ${row.reason}`, ...slip];
}

/** The entries to four digits; where they do not fit, with the shape in front. */
function show(t: Tensor): string {
  const text = typeof t === 'number' ? digits(t) : nested(t);
  return text.length <= 34 ? text : `${shapeOf(t).join('x')} ${text}`;
}

const nested = (t: Tensor): string => (typeof t === 'number' ? digits(t) : `[${t.map(nested).join(', ')}]`);
const pad = (text: string, width: number): string =>
  (text.length <= width ? text : `${text.slice(0, width - 1)}…`).padEnd(width);
