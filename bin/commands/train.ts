import { Command } from 'commander';
import { CancelledError, RetrographError } from '../../engine/index.ts';
import type { TunableExample } from '../../examples/digits/index.ts';
import { DEFAULTS, type Settings } from '../../examples/digits/settings.ts';
import type { TrainOptions, TrainResult } from '../../examples/digits/train.ts';
import type { Example, Progress, Result, RunOptions } from '../../examples/example.ts';
import { table as resultTable } from '../../examples/table.ts';
import { confusionMatrix, curve } from '../charts.ts';
import { EXIT, UsageError } from '../errors.ts';
import { EXAMPLES, loadExample } from '../examples.ts';
import { prepareFile, requireFile, writeFileAtomically } from '../files.ts';
import { interruptible } from '../interrupt.ts';
import { type CommonOptions, positiveNumber, wholeNumber, wholeNumbers, withCommonOptions } from '../options.ts';
import { colors, count, heading, note, percent, table, write, writeJson } from '../output.ts';
import { showProgress } from '../progress.ts';
import { openSession } from '../session.ts';

interface TrainFlags extends CommonOptions, Partial<Settings>, Pick<TrainOptions, 'limit' | 'load' | 'save'> {
  /** false: none. */
  readonly report?: string | false;
}

const REPORT = 'reports/digits.html';

export const command = withCommonOptions(
  new Command('train')
    .description(
      'Runs an example. digits is trained and tested; the others are checked against their closed forms, and trained where their notes do.',
    )
    .argument('<example>', EXAMPLES.join(', '))
    .optionsGroup('Options of digits:')
    .option('--epochs <n>', `how often every digit is seen (default: ${DEFAULTS.epochs}; 0 only tests)`, wholeNumber(0))
    .option('--batch-size <n>', `digits in a step (default: ${DEFAULTS.batchSize})`, wholeNumber(1))
    .option(
      '--learning-rate <x>',
      `Adam's, of the first step; it falls to 0 (default: ${DEFAULTS.learningRate})`,
      positiveNumber,
    )
    .option('--hidden <n,n>', `widths of the hidden layers (default: ${DEFAULTS.hidden})`, wholeNumbers)
    .option('--limit <n>', 'at most so many training digits, and test digits (default: all)', wholeNumber(1))
    .option('--load <path>', 'start from these variables')
    .option('--save <path>', 'write the variables when all is done (safetensors)')
    .option('--report <path>', `write the report there (default: ${REPORT})`)
    .option('--no-report', 'write no report')
    .addHelpText(
      'after',
      `
Examples:
  $ retrograph train digits
  $ retrograph train digits --hidden 256,128 --epochs 8 --save digits.safetensors
  $ retrograph train digits --load digits.safetensors --epochs 0
  $ retrograph train auddy --backend cpu
  $ retrograph train rhodes --json

Ctrl-C stops between two steps, writes nothing, and ends with exit code 130.`,
    ),
).action(async (name: string, flags: TrainFlags) => {
  const example = await loadExample(name);
  if (!isTunable(example)) requireNoTuning(example, flags);
  const session = await openSession(flags);
  const options = { backend: await session.backend(), seed: session.seed };
  if (isTunable(example)) await interruptible((signal) => trainIt(example, flags, { ...options, signal }));
  else await checkIt(example, flags, options); // writes nothing, and may be stopped anywhere
});

const TUNING = ['epochs', 'batchSize', 'learningRate', 'hidden', 'limit', 'load', 'save', 'report'] as const;

const isTunable = (example: Example): example is TunableExample => 'defaults' in example;

/** @throws UsageError for a setting of an example that has none */
function requireNoTuning({ name }: Example, flags: TrainFlags): void {
  const flag = TUNING.find((key) => flags[key] !== undefined);
  if (flag === undefined) return;
  const option = flag.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  throw new UsageError(`--${option} is an option of digits: '${name}' runs as its notes say`);
}

async function trainIt(
  example: TunableExample,
  flags: TrainFlags,
  options: Required<Pick<RunOptions, 'backend' | 'seed' | 'signal'>>,
): Promise<void> {
  const { epochs, batchSize, learningRate, hidden, limit, load, save, json } = flags;
  const report = flags.report === false ? undefined : (flags.report ?? REPORT);
  if (load !== undefined) await requireFile(load);
  for (const path of [save, report]) if (path !== undefined) await prepareFile(path);
  const result = await withProgress('training', (onProgress) =>
    example.train({ epochs, batchSize, learningRate, hidden, limit, load, save, ...options, onProgress }),
  );
  const written =
    report === undefined
      ? undefined
      : await writeReport(example, result, report, options.signal, flags.report !== undefined);
  const files = { ...(save !== undefined && { saved: save }), ...(written !== undefined && { report: written }) };
  if (json) writeJson({ example: example.name, ...toJson(result), ...files });
  else write(show(example, result, files));
}

/** Where it was written; undefined where it cannot be drawn and nobody asked for it. */
async function writeReport(
  example: TunableExample,
  result: TrainResult,
  path: string,
  signal: AbortSignal,
  asked: boolean,
): Promise<string | undefined> {
  try {
    const page = await example.report(result);
    if (signal.aborted) throw new CancelledError('before the report was written');
    await writeFileAtomically(path, new TextEncoder().encode(page));
    return path;
  } catch (e) {
    if (asked || e instanceof RetrographError) throw e;
    note(`no report: ${(e as Error).message}`);
    return undefined;
  }
}

async function withProgress<T>(
  title: string,
  work: (onProgress: (progress: Progress) => void) => Promise<T>,
): Promise<T> {
  const progress = showProgress(title);
  try {
    return await work(({ step, steps, metrics }) =>
      progress.update(
        step,
        steps,
        Object.entries(metrics)
          .map(([name, value]) => `${name} ${metric(name, value)}`)
          .join('  '),
      ),
    );
  } finally {
    progress.stop();
  }
}

const metric = (name: string, value: number): string =>
  name.includes('accuracy') ? percent(value) : value.toPrecision(3);

function toJson({ settings, backend, seed, trained, parameters, metrics, losses, epochs, test }: TrainResult) {
  return {
    backend,
    seed,
    settings,
    trained,
    tested: test.digits.count,
    parameters,
    metrics,
    epochs,
    losses,
    confusion: test.confusion,
  };
}

function show(
  example: TunableExample,
  result: TrainResult,
  { saved, report }: { saved?: string; report?: string },
): string {
  const { settings, backend, seed, losses, epochs, parameters, test, trained } = result;
  const { count: tested } = test.digits;
  const wrong = Math.round(tested * (1 - test.accuracy));
  const rows = epochs.map((e) => [`${e.epoch}`, e.loss.toFixed(4), percent(e.accuracy), `${e.seconds.toFixed(1)} s`]);
  const about = `${count(parameters, 'parameter')} (hidden ${settings.hidden.join(', ') || 'none'}), on ${backend}, seed ${seed}`;
  return [
    `${heading(example.title)}\n${colors.dim(about)}`,
    ...(losses.length > 0
      ? [
          curve(losses, `loss of ${count(trained, 'training digit')}, batches of ${settings.batchSize}`),
          table(['epoch', 'loss', 'test accuracy', 'after'], rows, { right: [0, 1, 2, 3] }),
        ]
      : []),
    `what test digits (rows) are taken for (columns)\n${confusionMatrix(test.confusion)}`,
    [
      `${colors.green(heading(percent(test.accuracy)))} of ${count(tested, 'test digit')} right, ${wrong.toLocaleString('en')} wrong`,
      ...(saved === undefined ? [] : [`variables: ${saved}`]),
      ...(report === undefined ? [] : [`report: ${report}`]),
    ].join('\n'),
  ].join('\n\n');
}

/** Notes: their table, then their training where there is one. Exit code 1 if a row is wrong. */
async function checkIt(example: Example, flags: TrainFlags, options: RunOptions): Promise<void> {
  const results = (await example.results?.(options)) ?? [];
  if (!flags.json) write(`${heading(example.title)}\n${colors.dim(example.source)}\n\n${showResults(results)}`);
  const { train } = example;
  const trained = train && (await withProgress('training', (onProgress) => train({ ...options, onProgress })));
  if (flags.json) writeJson({ example: example.name, seed: options.seed, results, ...trained });
  else if (trained)
    write(
      `\n${curve(trained.losses, 'loss')}\n\n${Object.entries(trained.metrics)
        .map(([name, value]) => `${name}: ${metric(name, value)}`)
        .join('\n')}`,
    );
  if (results.some(({ ok }) => !ok)) process.exitCode = EXIT.failed;
}

function showResults(results: readonly Result[]): string {
  const failed = results.filter(({ ok }) => !ok).length;
  const slips = results.filter(({ slip }) => slip !== undefined).length;
  const painted = resultTable(results)
    .replace(/^✓/gm, colors.green('✓'))
    .replace(/^✗/gm, colors.red('✗'))
    .replace(/^ {3}(printed:|✗ ).*$/gm, (line) => colors.yellow(line));
  const agree =
    failed === 0
      ? colors.green(`all ${results.length} rows agree with their closed forms`)
      : colors.red(`${failed} of ${results.length} rows do not agree`);
  return `${painted}\n\n${agree}${slips === 0 ? '' : `; ${count(slips, 'printed formula does', 'printed formulas do')} not hold as printed`}`;
}
