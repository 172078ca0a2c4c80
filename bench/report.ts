/** What the benchmarks share: options, reports as a table or JSON, and the exit code. */
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { RetrographError } from '../index.node.ts';

export interface Options {
  /** Print JSON instead of a table. */
  readonly json: boolean;
  /** Use small sizes, only to test the script: bars are ignored. */
  readonly quick: boolean;
  /** Run only what has this text in its name. */
  readonly only?: string;
  readonly backend?: string;
}

export interface Row {
  readonly name: string;
  readonly figures: Readonly<Record<string, number>>;
  /** The requirement as text. */
  readonly bar: string;
  readonly ok: boolean;
}

export interface Report {
  readonly title: string;
  readonly rows: readonly Row[];
  /** Sentences on what was compared and what was left out. */
  readonly remarks?: readonly string[];
}

/** Runs a benchmark if its file is the main script. The exit code is 1 if a figure misses its bar. */
export async function runIfMain(url: string, benchmark: (options: Options) => Promise<Report>): Promise<void> {
  if (process.argv[1] === undefined || url !== pathToFileURL(process.argv[1]).href) return;
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      only: { type: 'string' },
      backend: { type: 'string' },
    },
  });
  const options = { ...values };
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

/** Three significant digits, or all digits of a large integer part. */
const formatFigure = (value: number | undefined): string =>
  value === undefined ? '' : value >= 100 ? Math.round(value).toLocaleString('en') : `${Number(value.toPrecision(3))}`;
