/** The published matrix: results of the gradient check by op, backend and order, beside those of tfjs for the same rows. */
import type { RowResult } from './check-row.ts';
import { type NamedEntry, nameOf } from './entry.ts';
import type { RangeRow } from './range-cases.ts';
import type { Verdict } from './witness.ts';

export type Order = 'forward' | 'first' | 'second';
const ORDERS: readonly Order[] = ['forward', 'first', 'second'];

/** A cell: whether all rows are right, and the largest relative error, rounded up to a power of ten. */
export interface Cell {
  /** 'none': no row checks this. */
  readonly status: 'right' | 'wrong' | 'none';
  readonly error?: string;
}

/** The number of rows by verdict on tfjs, without rows that tfjs has no function for. */
export type Tally = Readonly<Partial<Record<Exclude<Verdict, 'none'>, number>>>;

/** The number of rows that are right in all checks, and of rows that do not apply to a backend. */
export interface Counts {
  readonly right: number;
  readonly skipped: number;
}

export interface MatrixRow {
  readonly op: string;
  readonly file: string;
  readonly rows: number;
  readonly backends: Readonly<Record<string, Readonly<Record<Order, Cell>> & Counts>>;
  readonly tfjs: Readonly<Record<Order, Tally>>;
  /** By backend, whether a function of floats is right over all of float32. Absent for other ops. */
  readonly range?: Readonly<Record<string, 'right' | 'wrong'>>;
  /** Parts of rows that were not checked or compared, with the reasons. */
  readonly unchecked: readonly { readonly row: number; readonly note: string; readonly reason: string }[];
}

export interface Matrix {
  readonly backends: readonly string[];
  readonly totals: {
    readonly ops: number;
    readonly rows: number;
    /** `Counts`, by backend. */
    readonly right: Readonly<Record<string, number>>;
    readonly skipped: Readonly<Record<string, number>>;
    readonly tfjs: Readonly<Record<Order, Tally>>;
  };
  readonly ops: readonly MatrixRow[];
}

/** The file of each op's samples, by the op's name in reports. */
export const filesOf = (entries: readonly (NamedEntry & { readonly path: string })[]): ReadonlyMap<string, string> =>
  new Map(entries.map((entry) => [nameOf(entry), `ops/${entry.path}.ts`]));

/** @param files the file of each op, in the order of the rows */
export function makeMatrix(results: readonly RowResult[], files: ReadonlyMap<string, string>): Matrix {
  const backends = [...new Set(results.map(({ backend }) => backend))];
  const ops = [...files].map(([op, file]): MatrixRow => {
    const own = results.filter((r) => r.op === op);
    const once = own.filter(({ backend }) => backend === backends[0]);
    const on = (name: string): readonly RowResult[] => own.filter(({ backend }) => backend === name);
    return {
      op,
      file,
      rows: once.length,
      backends: Object.fromEntries(backends.map((name) => [name, { ...cells(on(name)), ...counts(on(name)) }])),
      tfjs: tallies(once),
      unchecked: once.flatMap(({ row, note, reasons }) => reasons.map((reason) => ({ row, note, reason }))),
    };
  });
  return withTotals(backends, ops);
}

/**
 * Replaces the rows of some ops in a matrix.
 * @param files the files of all ops, in the order of the rows; ops that neither matrix contains are left out
 * @throws RangeError if the matrices have different backends
 */
export function updateMatrix(before: Matrix, fresh: Matrix, files: ReadonlyMap<string, string>): Matrix {
  if (fresh.backends.join() !== before.backends.join())
    throw new RangeError(`the matrix is of ${before.backends.join(', ')}, and not of ${fresh.backends.join(', ')}`);
  const rows = new Map([...before.ops, ...fresh.ops].map((row) => [row.op, row]));
  return withTotals(
    before.backends,
    [...files.keys()].flatMap((op) => rows.get(op) ?? []),
  );
}

/** Adds the results of the range check to a matrix. */
export function withRange(matrix: Matrix, rows: readonly RangeRow[]): Matrix {
  const ops = matrix.ops.map((row) => {
    const own = rows.filter(({ op }) => op === row.op);
    if (own.length === 0) return row;
    const isRight = (name: string): boolean => own.every(({ backend, status }) => backend !== name || status === 'ok');
    const names = [...new Set(own.map(({ backend }) => backend))];
    return {
      ...row,
      range: Object.fromEntries(names.map((name) => [name, isRight(name) ? 'right' : 'wrong'] as const)),
    };
  });
  return { ...matrix, ops };
}

function withTotals(backends: readonly string[], ops: readonly MatrixRow[]): Matrix {
  const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
  const byBackend = (of: keyof Counts): Record<string, number> =>
    Object.fromEntries(backends.map((name) => [name, sum(ops.map((row) => row.backends[name]![of]))]));
  return {
    backends,
    totals: {
      ops: ops.length,
      rows: sum(ops.map(({ rows }) => rows)),
      right: byBackend('right'),
      skipped: byBackend('skipped'),
      tfjs: byOrder((order) => addTallies(ops.map(({ tfjs }) => tfjs[order]))),
    },
    ops,
  };
}

/** The matrix with the columns of these backends only. */
export function ofBackends(matrix: Matrix, names: readonly string[]): Matrix {
  const only = <T>(record: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(Object.entries(record).filter(([name]) => names.includes(name)));
  return {
    backends: matrix.backends.filter((name) => names.includes(name)),
    totals: { ...matrix.totals, right: only(matrix.totals.right), skipped: only(matrix.totals.skipped) },
    ops: matrix.ops.map((row) => ({ ...row, backends: only(row.backends) })),
  };
}

const byOrder = <T>(make: (order: Order) => T): Record<Order, T> =>
  Object.fromEntries(ORDERS.map((order) => [order, make(order)])) as Record<Order, T>;

function cells(rows: readonly RowResult[]): Record<Order, Cell> {
  const wrong = rows.some(({ status }) => status === 'failed');
  return byOrder((order) => {
    const errors = rows.flatMap((row) => row[order] ?? []);
    if (errors.length === 0) return { status: wrong ? 'wrong' : 'none' };
    return { status: wrong ? 'wrong' : 'right', error: powerOfTen(Math.max(...errors)) };
  });
}

const counts = (rows: readonly RowResult[]): Counts => ({
  right: rows.filter(({ status }) => status === 'ok').length,
  skipped: rows.filter(({ status }) => status === 'skipped').length,
});

/** An error rounded up to a power of ten, so that it is the same in every run. At least 1e-7, the precision of float32. */
const powerOfTen = (error: number): string =>
  Number.isFinite(error) ? `1e${Math.max(-7, Math.ceil(Math.log10(error)))}` : String(error);

const tallies = (rows: readonly RowResult[]): Record<Order, Tally> =>
  byOrder((order) => {
    const counts: Partial<Record<Verdict, number>> = {};
    for (const { tfjs } of rows) {
      const verdict = tfjs?.[order] ?? 'none';
      if (verdict !== 'none') counts[verdict] = (counts[verdict] ?? 0) + 1;
    }
    return counts;
  });

function addTallies(tallies: readonly Tally[]): Tally {
  const total: Partial<Record<Verdict, number>> = {};
  for (const [verdict, n] of tallies.flatMap((tally) => Object.entries(tally) as [keyof Tally, number][]))
    total[verdict] = (total[verdict] ?? 0) + n;
  return total;
}

const count = (tally: Tally): number => Object.values(tally).reduce((sum, n) => sum + n, 0);

export function describeTotals({ backends, totals }: Matrix): string {
  const own = backends
    .map((name) => `${totals.right[name]} of ${totals.rows - totals.skipped[name]!} rows are right on ${name}`)
    .join(', ');
  const part = (order: Order): string => `${totals.tfjs[order].right ?? 0} of ${count(totals.tfjs[order])}`;
  return `${totals.ops} ops, checked to second order: ${own}. Of the rows that TensorFlow.js has a function for, it gets ${part('forward')} values, ${part('first')} gradients and ${part('second')} second derivatives right; the rows were chosen to find what is wrong, so that these are no shares of everyday use.`;
}

/** The matrix as a Markdown page. */
export function renderMatrix(matrix: Matrix): string {
  const { backends, ops } = matrix;
  const families = new Map<string, MatrixRow[]>();
  for (const row of ops) {
    const family = row.file.split('/')[1] ?? '';
    families.set(family, [...(families.get(family) ?? []), row]);
  }
  const columns = [
    ...backends.flatMap((b) => [`${b}: value`, 'gradient', 'second']),
    'range',
    'tfjs: value',
    'gradient',
    'second',
  ];
  const tables = [...families].map(([family, rows]) =>
    [
      `## ${family}`,
      '',
      `| op | rows | ${columns.join(' | ')} |`,
      `|${' --- |'.repeat(columns.length + 2)}`,
      ...rows.map(
        (row) =>
          `| [${row.op}](../${row.file}) | ${row.rows} | ${[
            ...backends.flatMap((b) => ORDERS.map((order) => renderCell(row.backends[b]![order]))),
            renderRange(row.range),
            ...ORDERS.map((order) => renderTally(row.tfjs[order])),
          ].join(' | ')} |`,
      ),
    ].join('\n'),
  );
  const reasons = ops
    .filter(({ unchecked }) => unchecked.length > 0)
    .map(({ op, unchecked }) => {
      const byReason = new Map<string, number[]>();
      for (const { row, reason } of unchecked) byReason.set(reason, [...(byReason.get(reason) ?? []), row]);
      return `- **${op}**: ${[...byReason].map(([reason, list]) => `${reason} (row${list.length > 1 ? 's' : ''} ${list.join(', ')})`).join('; ')}`;
    });
  return `# Every op, checked

Written by \`npm run docs\`; \`npm run test:full\` fails where it is out of date.

${describeTotals(matrix)}

Each op is checked by the rows of samples beside its file. A value is held to the same graph in double precision and to TensorFlow.js;
a gradient to central differences of the value, and a Hessian-vector product to central differences of central differences, both
in double precision. Errors are relative to the largest element of a result (or to 0.1), the worst of all rows, rounded up to a power
of ten: a value may be off by 1e-4, a gradient by 1e-4, a second derivative by 1e-3. "–": integers, or nothing to differentiate.
The columns of webgl and webgpu come from Chromium, computing in software (SwiftShader), with nothing left to the processor's kernels.

The column "range" says whether a function of floats is right at every size that float32 has, infinities, NaN and both sides of each
switch included: each element by itself, in value, first and second derivatives, to 1e-6 of itself (2e-6 on GPUs), but for what
[conventions](conventions.md) say; "–" where it is no such function.

The columns of tfjs say how many rows its own function gets right, on its cpu backend in double precision: the value, \`tf.grads\`, and
\`tf.grads\` of \`tf.grads\`; "–" where it has no such function.

${tables.join('\n\n')}

## What was not checked, or not compared, and why

${reasons.join('\n')}
`;
}

const renderCell = ({ status, error }: Cell): string =>
  status === 'none' ? '–' : `${status === 'right' ? '✓' : '✗'} ${error ?? ''}`.trim();

function renderRange(range: MatrixRow['range']): string {
  if (range === undefined) return '–';
  const wrong = Object.keys(range).filter((name) => range[name] === 'wrong');
  return wrong.length === 0 ? '✓' : `✗ ${wrong.join(', ')}`;
}

const renderTally = (tally: Tally): string => {
  const total = count(tally);
  if (total === 0) return '–';
  const right = tally.right ?? 0;
  return right === total ? '✓' : right === 0 ? '✗' : `${right} of ${total}`;
};
