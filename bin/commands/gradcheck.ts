/** The command `gradcheck`: checks ops, and writes the matrix of results. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import type { Backend } from '../../engine/index.ts';
import type { GradcheckReport, Matrix, RangeReport, RowResult } from '../../plugins/gradcheck/index.ts';
import {
  describeFault,
  describeRangeCase,
  describeRangeRow,
  filesOf,
  gradcheck,
  makeMatrix,
  rangecheck,
  renderMatrix,
  updateMatrix,
  withRange,
} from '../../plugins/gradcheck/index.ts';
import { EXIT, UsageError } from '../errors.ts';
import { type CommonOptions, withCommonOptions } from '../options.ts';
import { colors, count, heading, table, write, writeJson } from '../output.ts';
import { showProgress } from '../progress.ts';
import { type OpListing, openSession, type SampledListing } from '../session.ts';

const BACKENDS = ['cpu', 'wasm'];

interface Options extends CommonOptions {
  readonly matrix?: string;
  readonly range?: boolean;
}

export const command = withCommonOptions(
  new Command('gradcheck')
    .description(
      "Checks ops by their samples: values against double precision and tfjs's own, gradients and their gradients against finite differences.",
    )
    .argument('[op...]', 'ops, their files, or families (default: all)')
    .option(
      '--matrix <folder>',
      'writes what was found there, as ops.md and ops.json; of given ops, their rows of those that are there',
    )
    .option(
      '--range',
      'checks functions of floats over the whole range of float32 instead, element by element; with --matrix, writes its column of those that are there',
    )
    .addHelpText(
      'after',
      `
Examples:
  $ retrograph gradcheck Tanh BatchMatMul
  $ retrograph gradcheck losses --backend wasm,webgl
  $ retrograph gradcheck LogCosh --plugin examples/plugin
  $ retrograph gradcheck Tanh Pow --range
  $ retrograph gradcheck --json > gradcheck.json

It ends with exit code 1 if any check fails.`,
    ),
  `where the ops run, several with commas (default: ${BACKENDS.join(',')})`,
).action(async (names: readonly string[], options: Options) => {
  const session = await openSession(options);
  const found = names.length === 0 ? session.ops() : names.flatMap((name) => session.findOps(name));
  const ops = await session.withSamples([...new Map(found.map((op) => [op.path, op])).values()]);
  const backends = await Promise.all((options.backend?.split(',') ?? BACKENDS).map((name) => session.backend(name)));
  if (options.range) return overRange(options, ops, backends, session.seed);
  const matrix = options.matrix === undefined ? undefined : openMatrix(options.matrix, names, backends);
  const progress = showProgress('checking');
  let failed = 0;
  const onProgress = (done: number, total: number, { op, status }: RowResult): void => {
    if (status === 'failed') failed++;
    progress.update(done, total, failed === 0 ? op : `${op}, ${failed} failed`);
  };
  let report: GradcheckReport;
  try {
    report = await gradcheck({ ops, backends, seed: session.seed, onProgress });
  } finally {
    progress.stop();
  }
  if (options.matrix !== undefined) writeMatrix(options.matrix, merged(matrix, report, ops, session.ops()));
  if (options.json) writeJson(report);
  else write(show(report));
  if (report.totals.failed > 0) process.exitCode = EXIT.failed;
});

async function overRange(
  options: Options,
  ops: readonly SampledListing[],
  backends: readonly Backend[],
  seed: number,
): Promise<void> {
  const path = options.matrix && join(options.matrix, 'ops.json');
  if (path !== undefined && !existsSync(path))
    throw new UsageError(`there is no '${path}' to add a column to`, `--matrix without --range writes one`);
  const progress = showProgress('checking');
  let report: RangeReport;
  try {
    report = await rangecheck({
      ops,
      backends,
      seed,
      onProgress: (done, total, { op }) => progress.update(done, total, op),
    });
  } finally {
    progress.stop();
  }
  if (path !== undefined)
    writeMatrix(options.matrix!, withRange(JSON.parse(readFileSync(path, 'utf8')) as Matrix, report.rows));
  if (options.json) writeJson(report);
  else write(showRange(report));
  if (report.totals.failed > 0) process.exitCode = EXIT.failed;
}

function showRange({ rows, totals }: RangeReport): string {
  if (rows.length === 0) return 'none of these is a function of floats, element by element';
  const summary = `${count(totals.ok, 'function is right', 'functions are right')} over the whole range of float32, ${totals.failed} failed`;
  const lines = rows.map(({ op, attrs, backend, status }) => [
    status === 'ok' ? colors.green('✓') : colors.red('✗'),
    describeRangeCase(op, attrs),
    backend,
  ]);
  return [
    table(['', 'op', 'backend'], lines),
    ...rows
      .filter(({ status }) => status === 'failed')
      .flatMap((row) => [
        '',
        `${colors.red('✗')} ${heading(describeRangeCase(row.op, row.attrs))}`,
        ...describeRangeRow(row).map((line) => `  ${line}`),
      ]),
    '',
    totals.failed === 0 ? colors.green(summary) : colors.red(summary),
  ].join('\n');
}

/** The existing matrix whose rows are to be replaced; undefined if there is none, or all ops are checked. @throws UsageError */
function openMatrix(folder: string, names: readonly string[], backends: readonly Backend[]): Matrix | undefined {
  const path = join(folder, 'ops.json');
  if (names.length === 0 || !existsSync(path)) return undefined;
  const matrix = JSON.parse(readFileSync(path, 'utf8')) as Matrix;
  const wanted = matrix.backends.join(',');
  if (backends.map(({ name }) => name).join(',') === wanted) return matrix;
  throw new UsageError(`'${path}' is of other backends`, `--backend ${wanted}`);
}

function merged(
  before: Matrix | undefined,
  { rows }: GradcheckReport,
  checked: readonly OpListing[],
  all: readonly OpListing[],
): Matrix {
  const fresh = makeMatrix(rows, filesOf(checked));
  return before === undefined ? fresh : updateMatrix(before, fresh, filesOf(all));
}

function writeMatrix(folder: string, matrix: Matrix): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'ops.json'), `${JSON.stringify(matrix, undefined, 1)}\n`);
  writeFileSync(join(folder, 'ops.md'), renderMatrix(matrix));
}

function show({ rows, totals }: GradcheckReport): string {
  const groups = new Map<string, RowResult[]>();
  for (const row of rows) {
    const key = `${row.op} ${row.backend}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  const failures = rows.filter(({ status }) => status === 'failed');
  const skipped = totals.skipped === 0 ? '' : `, ${totals.skipped} skipped`;
  const summary = `${count(totals.ok, 'row is right', 'rows are right')}, ${totals.failed} failed${skipped}`;
  return [
    table(['', 'op', 'backend', 'rows', 'value', 'gradient', 'second order'], [...groups.values()].map(line), {
      right: [3, 4, 5, 6],
    }),
    ...failures.flatMap(({ op, row, note, backend, faults }) => [
      '',
      `${colors.red('✗')} ${heading(op)}, row ${row}${note === '' ? '' : ` (${note})`}, on ${backend}`,
      ...faults.map((fault) => `  ${describeFault(fault)}`),
    ]),
    '',
    ...unchecked(rows),
    totals.failed === 0 ? colors.green(summary) : colors.red(summary),
  ].join('\n');
}

/** The most reasons that are listed; of more, only the number. */
const LISTED = 40;

/** The reasons why parts were not checked or compared, each once for the rows of an op. */
function unchecked(rows: readonly RowResult[]): readonly string[] {
  const byReason = new Map<string, Set<number>>();
  for (const { op, row, reasons } of rows) {
    for (const reason of reasons) {
      const key = `${op}: ${reason}`;
      byReason.set(key, (byReason.get(key) ?? new Set()).add(row));
    }
  }
  if (byReason.size === 0) return [];
  const lines =
    byReason.size > LISTED
      ? [`  for ${byReason.size} reasons, which --json and --matrix list`]
      : [...byReason].map(([reason, list]) => `  ${reason} (row${list.size > 1 ? 's' : ''} ${[...list].join(', ')})`);
  return ['not checked, or not compared:', ...lines, ''];
}

/** A line for an op on a backend: the number of rows, and the largest errors. */
function line(rows: readonly RowResult[]): readonly string[] {
  const { op, backend } = rows[0]!;
  const worst = (part: 'forward' | 'first' | 'second'): string => {
    const errors = rows.flatMap((row) => row[part] ?? []);
    return errors.length === 0 ? '-' : Math.max(...errors).toExponential(1);
  };
  const bad = rows.filter(({ status }) => status === 'failed').length;
  return [
    bad === 0 ? colors.green('✓') : colors.red('✗'),
    op,
    backend,
    bad === 0 ? `${rows.length}` : `${bad} of ${rows.length} failed`,
    worst('forward'),
    worst('first'),
    worst('second'),
  ];
}
