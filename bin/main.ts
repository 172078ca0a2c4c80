/** The command line. The file of a command is loaded only when it is called, so that help is fast. */
import { createRequire } from 'node:module';
import { Command } from 'commander';
import { EXIT, report } from './errors.ts';
import { colors } from './output.ts';

interface Entry {
  readonly summary: string;
  readonly load: () => Promise<{ readonly command: Command }>;
}

const COMMANDS: Readonly<Record<string, Entry>> = {
  train: {
    summary: 'run an example: train it, or check it against its closed forms',
    load: () => import('./commands/train.ts'),
  },
  export: {
    summary: 'write an example for others to run: as a SavedModel of TensorFlow',
    load: () => import('./commands/export.ts'),
  },
  gradcheck: {
    summary: "check ops' gradients against finite differences",
    load: () => import('./commands/gradcheck.ts'),
  },
  print: { summary: 'show a graph at any stage, as text or as a picture', load: () => import('./commands/print.ts') },
  backends: {
    summary: 'which backends run here, how fast, and what the others lack',
    load: () => import('./commands/backends.ts'),
  },
  'setup-native': {
    summary: "get TensorFlow's library, for the backend node",
    load: () => import('./commands/setup-native.ts'),
  },
  ops: { summary: 'list the ops, or show the formulas of one', load: () => import('./commands/ops.ts') },
};

const EXAMPLES = `
Examples:
  $ retrograph train digits                      handwritten digits: a minute, and a report to look at
  $ retrograph print auddy --stage gradient      the derivatives of a textbook network, node by node
  $ retrograph gradcheck Tanh BatchMatMul        are their gradients right?
  $ retrograph backends                          what runs on this machine`;

async function makeProgram(args: readonly string[]): Promise<Command> {
  const { version } = createRequire(import.meta.url)('retrograph/package.json') as { version: string };
  const program = new Command('retrograph')
    .description('Static dataflow graphs with symbolic gradients, on TensorFlow.js backends.')
    .version(version, '-V, --version', 'the version')
    .helpOption('-h, --help', 'this text')
    .helpCommand('help [command]', 'the help of a command')
    .option('--no-color', 'no colours (also by NO_COLOR)')
    .option('--debug', 'errors with their stack (also by DEBUG)')
    .configureHelp({
      styleTitle: (text) => colors.bold(text),
      styleCommandText: (text) => colors.cyan(text),
      subcommandTerm: (c) => c.name(),
    })
    .configureOutput({ getOutHasColors: () => colors.isColorSupported })
    .addHelpText('after', EXAMPLES)
    .exitOverride();
  for (const [name, { summary, load }] of Object.entries(COMMANDS)) {
    const command = args.includes(name) ? (await load()).command : new Command(name);
    program.addCommand(command.copyInheritedSettings(program).summary(summary));
  }
  return program;
}

const args = process.argv.slice(2);
const debug = Boolean(process.env.DEBUG) || args.includes('--debug');
// a regular exit, so that a started browser ends too, and its files are removed
process.on('SIGTERM', () => process.exit(EXIT.terminated));
process.on('SIGINT', () => {
  if (process.listenerCount('SIGINT') === 1) process.exit(EXIT.interrupted); // no other listener stops the work
});
// a reader such as `head` may close the pipe early
process.stdout.on('error', (e: NodeJS.ErrnoException) => {
  if (e.code !== 'EPIPE') throw e;
  process.exit();
});
try {
  const program = await makeProgram(args);
  await program.parseAsync(args, { from: 'user' });
} catch (e) {
  process.exitCode = report(e, debug);
}
