/** What the benchmarks share: their options, a table or JSON of what they found, and an exit code. */
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { RetrographError } from '../index.node.ts';

export interface Options {
  /** Print JSON instead of a table. */
  readonly json: boolean;
  /** Sizes that show only that the script works: nothing is held to a bar. */
  readonly quick: boolean;
}

/** One line of a report: figures by name, and whether they reach their bar. */
export interface Row {
  readonly name: string;
  readonly figures: Readonly<Record<string, number>>;
  /** What is required, in words. */
  readonly bar: string;
  readonly ok: boolean;
}

export interface Report {
  readonly title: string;
  readonly rows: readonly Row[];
  /** What was compared, and what was left out, in sentences. */
  readonly remarks?: readonly string[];
}

/** Runs a benchmark where its file is the script that Node was started with; the exit code is 1 below a bar. */
export async function runIfMain(url: string, benchmark: (options: Options) => Promise<Report>): Promise<void> {
  if (process.argv[1] === undefined || url !== pathToFileURL(process.argv[1]).href) return;
  const { values } = parseArgs({ options: { json: { type: 'boolean' }, quick: { type: 'boolean' } } });
  const options = { json: values.json ?? false, quick: values.quick ?? false };
  const report = await benchmark(options).catch((e: unknown) => {
    if (!(e instanceof RetrographError)) throw e;
    console.error(e.message);
    process.exit(1);
  });
  console.log(options.json ? JSON.stringify(report) : format(report, options));
  process.exitCode = options.quick || report.rows.every((row) => row.ok) ? 0 : 1;
}

function format({ title, rows, remarks = [] }: Report, { quick }: Options): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row.figures)))];
  const head = ['', ...columns, ...(quick ? [] : ['bar', ''])];
  const table = new Table({ head, style: { head: [], border: [], compact: true } });
  for (const { name, figures, bar, ok } of rows) {
    const verdict = quick ? [] : [bar, ok ? 'ok' : 'BELOW'];
    table.push([name, ...columns.map((c) => formatFigure(figures[c])), ...verdict]);
  }
  return [title, table.toString(), ...remarks].join('\n');
}

/** Three digits, or all of a large number's. */
const formatFigure = (value: number | undefined): string =>
  value === undefined ? '' : value >= 100 ? Math.round(value).toLocaleString('en') : `${Number(value.toPrecision(3))}`;
