/** The command `export`: writes an example as a SavedModel. */
import { Command, Option } from 'commander';
import { exportSavedModel, type SavedModel, type TensorSpec } from '../../backends/node/saved-model/index.ts';
import { compile, type Program, type Sym, sizeOf, type Update, Variables } from '../../engine/index.ts';
import type { Example, ExampleGraph, RunOptions, TuneOptions } from '../../examples/example.ts';
import { defaults } from '../../examples/index.ts';
import { loadVariables } from '../../examples/variables.ts';
import { sgd } from '../../plugins/optimizers/index.ts';
import { EXAMPLES, isTunable, loadExample, MODELS, requireTakes, SETTINGS, TUNABLE } from '../examples.ts';
import { prepareFolder, requireVariables } from '../files.ts';
import { interruptible } from '../interrupt.ts';
import { type CommonOptions, positiveNumber, wholeNumber, wholeNumbers, withCommonOptions } from '../options.ts';
import { colors, count, heading, table, write, writeJson } from '../output.ts';
import { withProgress } from '../progress.ts';
import { openSession } from '../session.ts';

type Tuned = Pick<TuneOptions, (typeof SETTINGS)[number] | 'steps' | 'limit' | 'load'>;

interface ExportFlags extends CommonOptions, Tuned {
  readonly format: string;
  readonly output: string;
  readonly force?: true;
}

/** The backend that writes SavedModels. */
const BACKEND = 'node';

/** For examples that state no learning rate. */
const DEFAULT_RATE = 0.1;
const RATE = 'learningRate';

export const command = withCommonOptions(
  new Command('export')
    .description(
      "Writes an example as a SavedModel, for TensorFlow in Python, TensorFlow Serving and others. Its signatures are 'serve' (also called 'serving_default'), which gives the network's outputs, and 'train', a whole step: each call gives the loss and changes the variables.",
    )
    .argument('<example>', EXAMPLES.join(', '))
    .requiredOption('-o, --output <folder>', 'where to write it')
    .addOption(new Option('--format <name>', 'what to write').choices(['savedmodel']).default('savedmodel'))
    .option('--force', 'replace a SavedModel that is there')
    .option('--load <path>', 'these variables: a safetensors file, or a SavedModel; new ones by default')
    .option('--learning-rate <x>', 'of the steps that others will make', positiveNumber)
    .optionsGroup(`Options of ${TUNABLE.join(' and ')}, which may be trained first:`)
    .option('--epochs <n>', 'train so long before', wholeNumber(1))
    .option('--steps <n>', 'train on so many batches before, instead of whole epochs', wholeNumber(1))
    .option('--batch-size <n>', 'examples in a step', wholeNumber(1))
    .option('--limit <n>', 'at most so many training examples (default: all)', wholeNumber(1))
    .addOption(new Option('--model <name>', 'which network').choices(MODELS))
    .option('--hidden <n,n>', 'widths of the hidden layers', wholeNumbers)
    .addHelpText(
      'after',
      `
Examples:
  $ retrograph export digits --steps 500 -o digits
  $ retrograph export digits --model cnn --load cnn.safetensors -o cnn
  $ retrograph export rhodes -o rhodes
  $ python3 -c "import tensorflow as tf; print(tf.saved_model.load('digits').signatures['serve'])"
  $ retrograph train digits --load digits            back again, when TensorFlow has trained it further`,
    ),
  `where it is trained before: as for other commands (default: RETROGRAPH_BACKEND, else ${BACKEND})`,
).action(async (name: string, flags: ExportFlags) => {
  const example = await loadExample(name);
  const { model, hidden, load, json } = flags;
  if (load !== undefined) requireVariables(load);
  if (isTunable(example) && (flags.epochs ?? flags.steps) !== undefined) example.requireData();
  const session = await openSession({
    ...flags,
    backend: flags.backend ?? (process.env.RETROGRAPH_BACKEND || BACKEND),
  });
  const made = withTraining(example.graph({ seed: session.seed, ...(model && { model }), ...(hidden && { hidden }) }));
  requireTakes(example, flags, [...SETTINGS, 'steps', 'limit'], takenBy(example, made));
  await prepareFolder(flags.output, flags.force ?? false);
  await session.backend(BACKEND); // fails early, before other work, if the backend is unavailable
  const saved = await interruptible(async (signal) => {
    const options = { backend: await session.backend(), seed: session.seed, signal };
    return exportIt(example, made, flags, options);
  });
  if (json) writeJson({ example: name, format: flags.format, output: flags.output, ...saved });
  else write(show(example, saved, flags.output));
});

interface Trainable extends ExampleGraph {
  readonly updates: readonly Update[];
  /** The variable of the learning rate, if any. */
  readonly rate: Sym | undefined;
}

/** Adds gradient descent to an example without updates. */
function withTraining(example: ExampleGraph): Trainable {
  const { graph, updates, loss } = example;
  if (updates !== undefined) {
    const rate = graph.nodes.find((node) => node.op.name === 'Variable' && node.attrs.name === RATE);
    return { ...example, updates, rate: rate?.outputs[0] };
  }
  const rate = graph.variable(RATE, [], DEFAULT_RATE, { trainable: false });
  return { ...example, updates: sgd({ learningRate: rate }).minimize(loss), rate };
}

function takenBy(example: Example, { rate }: Trainable): readonly string[] {
  if (isTunable(example)) return [...Object.keys(example.defaults), 'steps', 'limit'];
  return rate === undefined ? ['load'] : ['load', RATE];
}

async function exportIt(
  example: Example,
  { predictions, loss, updates, rate }: Trainable,
  flags: ExportFlags,
  { backend, seed, signal }: Required<Pick<RunOptions, 'seed' | 'signal'>> & { backend: Variables['backend'] },
): Promise<SavedModel> {
  const variables = new Variables({ backend, seed });
  const programs: Program[] = [];
  try {
    const serve = await compile(predictions, { backend, variables });
    programs.push(serve);
    const train = await compile({ loss }, { backend, variables, updates });
    programs.push(train);
    if (flags.load !== undefined) await loadVariables(variables, flags.load);
    await trainFirst(example, flags, { backend, seed, signal, variables });
    // training may have changed the rate
    if (rate !== undefined) await variables.set(RATE, flags.learningRate ?? defaultRate(example.name, flags.model));
    return await exportSavedModel(
      flags.output,
      { serve, serving_default: serve, train },
      { overwrite: flags.force ?? false, signal },
    );
  } finally {
    for (const program of programs) program.dispose();
    variables.dispose();
  }
}

const defaultRate = (name: string, model: string | undefined): number =>
  (defaults[`${name} --model ${model}`] ?? defaults[name])?.learningRate ?? DEFAULT_RATE;

async function trainFirst(
  example: Example,
  { model, hidden, epochs, steps, batchSize, learningRate, limit }: ExportFlags,
  options: RunOptions & Pick<TuneOptions, 'variables'>,
): Promise<void> {
  if (!isTunable(example) || (epochs === undefined && steps === undefined)) return;
  const settings = { model, hidden, epochs, steps, batchSize, learningRate, limit };
  const given = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
  await withProgress('training', (onProgress) => example.train({ ...given, ...options, onProgress }));
}

function show({ title }: Example, { signatures, variables }: SavedModel, output: string): string {
  const types = (tensors: Readonly<Record<string, TensorSpec>>): string =>
    Object.entries(tensors)
      .map(([name, { dtype, shape }]) => `${name} ${dtype}[${shape.map((size) => size ?? '?').join(', ')}]`)
      .join(', ');
  const numbers = variables.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  return [
    `${heading(title)}\n${colors.dim(`a SavedModel of ${count(variables.length, 'variable')} with ${count(numbers, 'number')}`)}`,
    table(
      ['signature', 'takes', 'gives'],
      Object.entries(signatures).map(([name, { inputs, outputs }]) => [name, types(inputs), types(outputs)]),
    ),
    `${colors.green(output)}`,
  ].join('\n\n');
}
