/** The command `print`: shows graphs at a stage of compilation. */
import { Command, Option } from 'commander';
import type { Program, ProgramGraph, Sym } from '../../engine/index.ts';
import { compile, dimNames, Placeholder, print, rootsOf, toposort } from '../../engine/index.ts';
import { UsageError } from '../errors.ts';
import { MODELS } from '../examples.ts';
import { type CommonOptions, collectDims, withCommonOptions } from '../options.ts';
import { colors, note, write, writeJson } from '../output.ts';
import { openSession, type Session } from '../session.ts';
import { loadSubject, type Subject } from '../subject.ts';
import { suggest } from '../suggest.ts';

const STAGES = ['graph', 'gradient', 'optimized', 'plan'] as const;
const FORMATS = ['text', 'dot', 'mermaid', 'json'] as const;
/** The default size of a dim. */
const DEFAULT_SIZE = 32;

interface PrintOptions extends CommonOptions {
  readonly stage: (typeof STAGES)[number];
  readonly format: (typeof FORMATS)[number];
  readonly of?: string;
  readonly model?: string;
  readonly dims?: Readonly<Record<string, number>>;
}

export const command = withCommonOptions(
  new Command('print')
    .description(
      'Shows a graph: as it was built, with its gradients, as the optimizer leaves it for a backend, or as a plan of steps and buffers.',
    )
    .argument('<graph>', 'an example, or a JSON file as graph.toJSON() gives it')
    .addOption(new Option('--stage <stage>', 'what to show').choices(STAGES).default('graph'))
    .addOption(
      new Option('--format <format>', 'text, or a picture for Graphviz or Mermaid, or data')
        .choices(FORMATS)
        .default('text'),
    )
    .addOption(new Option('--model <name>', 'which network, of an example that has several').choices(MODELS))
    .option('--of <output>', "what to differentiate (default: an example's own, a file's 'loss')")
    .addOption(
      new Option(
        '--dims <name=size>',
        `sizes of dims, such as batch=32 (default: ${DEFAULT_SIZE}, where the plan needs one)`,
      ).argParser(collectDims),
    )
    .addHelpText(
      'after',
      `
Stages:
  graph      the outputs, as they were built
  gradient   the outputs and their derivatives
  optimized  all that runs on the chosen backend, updates included, after every pass
  plan       the steps, every buffer's size and life, and the peak

Examples:
  $ retrograph print auddy
  $ retrograph print model.json --stage gradient --of loss
  $ retrograph print digits --stage optimized --format dot | dot -Tsvg > digits.svg
  $ retrograph print digits --model cnn --stage gradient
  $ retrograph print digits --stage plan --dims batch=64 --backend cpu`,
    ),
).action(async (source: string, options: PrintOptions) => {
  const session = await openSession(options);
  const subject = await loadSubject(source, session, options.model);
  const format = options.json ? 'json' : options.format;
  const needsBackend = options.stage === 'optimized' || options.stage === 'plan';
  const program = needsBackend ? await compileSubject(subject, session, options) : undefined;
  try {
    const shown = program === undefined ? graphOf(subject, options) : program.optimized;
    if (options.stage === 'plan') {
      const plan = program!.planFor(dimsOf(program!, options.dims ?? {}));
      if (format === 'json') writeJson(plan);
      else write(print(plan, { format }));
    } else if (format === 'json') writeJson(subject.graph.toJSON(shown.outputs, shown.updates));
    else write(format === 'text' ? dimSites(print(shown)) : print(shown, { format }));
  } finally {
    program?.dispose();
  }
});

const gradientsOf = (subject: Subject, of: string | undefined): Readonly<Record<string, Sym>> =>
  Object.fromEntries(Object.entries(subject.gradients(of)).map(([name, s]) => [`gradient/${name}`, s]));

function graphOf(subject: Subject, { stage, of }: PrintOptions): ProgramGraph {
  const { graph, outputs } = subject;
  const more = stage === 'gradient' ? gradientsOf(subject, of) : {};
  return { graph, outputs: { ...outputs, ...more }, updates: [], kept: [] };
}

/** Compiles the outputs and updates, and gradients on request. */
async function compileSubject(subject: Subject, session: Session, { of, dims = {} }: PrintOptions): Promise<Program> {
  const { outputs, updates } = subject;
  const more = of === undefined ? {} : gradientsOf(subject, of);
  const known = namesOf(Object.values({ ...outputs, ...more }));
  for (const name of Object.keys(dims)) {
    if (!known.has(name))
      throw new UsageError(
        `there is no dim '${name}'; there are ${[...known].join(', ') || 'none'}`,
        suggest(name, known),
      );
  }
  return compile(
    { ...outputs, ...more },
    { backend: await session.backend(), updates, dims, extraPasses: session.container.passes() },
  );
}

const namesOf = (roots: readonly Sym[]): ReadonlySet<string> =>
  new Set(toposort(roots).flatMap((node) => node.outputs.flatMap((s) => s.shape.flatMap((d) => dimNames(d)))));

/** A size for each dim that feeds would bind. */
function dimsOf(program: Program, given: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  const feeds = toposort(rootsOf(program.source)).filter((node) => node.op === Placeholder);
  const missing = [...namesOf(feeds.map((node) => node.outputs[0]!))].filter((name) => !(name in given));
  if (missing.length > 0)
    note(`planned for ${missing.map((name) => `${name}=${DEFAULT_SIZE}`).join(', ')}; --dims sets another size`);
  return { ...given, ...Object.fromEntries(missing.map((name) => [name, DEFAULT_SIZE])) };
}

const dimSites = (text: string): string => text.replace(/ {3}# .*$/gm, (site) => colors.dim(site));
