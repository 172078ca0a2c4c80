/** The command `train`: trains or checks an example. */
import { Command, Option } from 'commander';
import { CancelledError } from '../../engine/index.ts';
import type {
  Example,
  Guess,
  Result,
  RunOptions,
  Settings,
  Training,
  TunableExample,
  TuneOptions,
} from '../../examples/example.ts';
import { defaults } from '../../examples/index.ts';
import { table as resultTable } from '../../examples/table.ts';
import { confusionMatrix, curve } from '../charts.ts';
import { EXIT } from '../errors.ts';
import { EXAMPLES, isTunable, loadExample, MODELS, option, requireTakes, SETTINGS, TUNABLE } from '../examples.ts';
import { prepareFile, requireVariables, writeFileAtomically } from '../files.ts';
import { interruptible } from '../interrupt.ts';
import { type CommonOptions, positiveNumber, wholeNumber, wholeNumbers, withCommonOptions } from '../options.ts';
import { colors, count, heading, metric, note, percent, table, terminalWidth, write, writeJson } from '../output.ts';
import { withProgress } from '../progress.ts';
import { openSession } from '../session.ts';

interface TrainFlags extends CommonOptions, Partial<Settings>, Pick<TuneOptions, 'limit' | 'load' | 'save'> {
  /** The report's path; false: no report. */
  readonly report?: string | false;
}

/** Options of all tunable examples, beside those with defaults. */
const ALWAYS = ['steps', 'limit', 'load', 'save'] as const;

const reportOf = (name: string): string => `reports/${name}.html`;

/** The defaults as text: a line for each example and each of its models. */
const defaultsText = (): string =>
  Object.entries(defaults)
    .map(([name, settings]) => {
      const set = SETTINGS.filter((key) => key !== 'model' && settings[key] !== undefined);
      const values = set.map((key) => `${option(key)} ${String(settings[key]) || "''"}`);
      return `  ${name.padEnd(20)}${values.join(' ')}`;
    })
    .join('\n');

export const command = withCommonOptions(
  new Command('train')
    .description(
      `Runs an example. ${TUNABLE.join(' and ')} are trained and tested; the others are checked against their closed forms, and trained where their notes do.`,
    )
    .argument('<example>', EXAMPLES.join(', '))
    .optionsGroup(`Options of ${TUNABLE.join(' and ')}:`)
    .option('--epochs <n>', 'how often every training example is seen; 0 only tests', wholeNumber(0))
    .option('--steps <n>', 'train on so many batches, instead of whole epochs', wholeNumber(1))
    .option('--batch-size <n>', 'examples in a step', wholeNumber(1))
    .option('--learning-rate <x>', "Adam's, of the first step; it falls to 0", positiveNumber)
    .option('--limit <n>', 'at most so many training examples, and test examples (default: all)', wholeNumber(1))
    .option('--load <path>', 'start from these variables: a safetensors file, or a SavedModel')
    .option('--save <path>', 'write the variables when all is done (safetensors)')
    .optionsGroup('Options of some of them:')
    .addOption(new Option('--model <name>', 'which network').choices(MODELS))
    .option('--hidden <n,n>', 'widths of the hidden layers', wholeNumbers)
    .option('--report <path>', `write the report there (default: ${reportOf('NAME')}, where there is one)`)
    .option('--no-report', 'write no report')
    .addHelpText(
      'after',
      () => `
Defaults:
${defaultsText()}

Examples:
  $ retrograph train digits
  $ retrograph train digits --model cnn --steps 500
  $ retrograph train digits --hidden 256,128 --epochs 8 --save digits.safetensors
  $ retrograph train digits --load digits.safetensors --epochs 0 --hidden 256,128
  $ retrograph train languages --limit 5000
  $ retrograph train auddy --backend cpu
  $ retrograph train rhodes --json

Ctrl-C stops between two steps, writes nothing, and ends with exit code 130.`,
    ),
).action(async (name: string, flags: TrainFlags) => {
  const example = await loadExample(name);
  const own = [...ALWAYS, ...(isTunable(example) && example.report ? ['report'] : [])];
  const taken = isTunable(example) ? [...Object.keys(example.defaults), ...own] : [];
  requireTakes(example, flags, [...SETTINGS, ...ALWAYS, 'report'], taken);
  if (isTunable(example)) example.requireData();
  const session = await openSession(flags);
  const options = { backend: await session.backend(), seed: session.seed };
  if (isTunable(example)) await interruptible((signal) => trainIt(example, flags, { ...options, signal }));
  else await checkIt(example, flags, options); // writes nothing, so it may be interrupted at any time
});

async function trainIt(
  example: TunableExample,
  flags: TrainFlags,
  options: Required<Pick<RunOptions, 'backend' | 'seed' | 'signal'>>,
): Promise<void> {
  const { model, epochs, steps, batchSize, learningRate, hidden, limit, load, save, json } = flags;
  if (load !== undefined) requireVariables(load);
  if (save !== undefined) await prepareFile(save);
  const report = await prepareReport(example, flags.report);
  const settings = { model, epochs, steps, batchSize, learningRate, hidden };
  const result = await withProgress('training', (onProgress) =>
    example.train({ ...settings, limit, load, save, ...options, onProgress }),
  );
  const written = report === undefined ? undefined : await writeReport(example, result, report, options.signal);
  const files = { ...(save !== undefined && { saved: save }), ...(written !== undefined && { report: written }) };
  if (json) writeJson({ example: example.name, ...toJson(result), ...files });
  else write(show(example, result, files));
}

/** The report's path, checked before the training. undefined if the report cannot be drawn or written, and was not requested. */
async function prepareReport(
  { name, report, requireReport }: TunableExample,
  flag: string | false | undefined,
): Promise<string | undefined> {
  if (flag === false || report === undefined) return undefined;
  const path = flag ?? reportOf(name);
  try {
    await requireReport?.();
    await prepareFile(path);
    return path;
  } catch (e) {
    if (flag !== undefined) throw e;
    note(`no report: ${(e as Error).message}`);
    return undefined;
  }
}

async function writeReport(
  { report }: TunableExample,
  result: Training,
  path: string,
  signal: AbortSignal,
): Promise<string> {
  const page = await report!(result);
  if (signal.aborted) throw new CancelledError('before the report was written');
  await writeFileAtomically(path, new TextEncoder().encode(page));
  return path;
}

function toJson({ settings, network, backend, seed, trained, parameters, metrics, losses, epochs, ...rest }: Training) {
  const { classes, test, guesses } = rest;
  return {
    backend,
    seed,
    settings,
    network,
    trained,
    tested: test.labels.length,
    parameters,
    metrics,
    epochs,
    losses,
    classes,
    confusion: test.confusion,
    ...(guesses && { guesses }),
  };
}

function show(
  { title, noun }: TunableExample,
  result: Training,
  { saved, report }: { saved?: string; report?: string },
): string {
  const { settings, network, backend, seed, losses, epochs, parameters, classes, test, trained, guesses } = result;
  const tested = test.labels.length;
  const wrong = Math.round(tested * (1 - test.accuracy));
  const rows = epochs.map((e) => [
    `${e.epoch}`,
    e.step.toLocaleString('en'),
    e.loss.toFixed(4),
    percent(e.accuracy),
    `${e.seconds.toFixed(1)} s`,
  ]);
  const about = `${network}: ${count(parameters, 'parameter')}, on ${backend}, seed ${seed}`;
  return [
    `${heading(title)}\n${colors.dim(about)}`,
    ...(losses.length > 0
      ? [
          curve(losses, `loss of ${count(trained, `training ${noun}`)}, batches of ${settings.batchSize}`),
          table(['epoch', 'step', 'loss', 'test accuracy', 'after'], rows, { right: [0, 1, 2, 3, 4] }),
        ]
      : []),
    `what test ${noun}s (rows) are taken for (columns)\n${confusionMatrix(test.confusion, classes)}`,
    ...(guesses ? [guessTable(guesses, noun)] : []),
    [
      `${colors.green(heading(percent(test.accuracy)))} of ${count(tested, `test ${noun}`)} right, ${wrong.toLocaleString('en')} wrong`,
      ...(saved === undefined ? [] : [`variables: ${saved}`]),
      ...(report === undefined ? [] : [`report: ${report}`]),
    ].join('\n'),
  ].join('\n\n');
}

const guessTable = (guesses: readonly Guess[], noun: string): string =>
  table(
    [noun, 'is', 'taken for', 'probability'],
    guesses.map(({ example, is, guess, probability }) => [
      example,
      is,
      guess === is ? colors.green(guess) : colors.yellow(guess),
      percent(probability),
    ]),
    { right: [3] },
  );

/** Shows the results of an example's notes, then trains it, if it can be trained. The exit code is 1 if a result is wrong. */
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
  const painted = resultTable(results, terminalWidth())
    .replace(/^✓/gm, colors.green('✓'))
    .replace(/^✗/gm, colors.red('✗'))
    .replace(/^ {3}(printed:|✗ ).*$/gm, (line) => colors.yellow(line));
  const agree =
    failed === 0
      ? colors.green(`all ${results.length} rows agree with their closed forms`)
      : colors.red(`${failed} of ${results.length} rows do not agree`);
  return `${painted}\n\n${agree}${slips === 0 ? '' : `; ${count(slips, 'printed formula does', 'printed formulas do')} not hold as printed`}`;
}
