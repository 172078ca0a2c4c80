/** Options that several commands share, and their parsers. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { NATIVE_MODES, type NativeMode } from '../backends/node/mode.ts';

export interface CommonOptions {
  readonly backend?: string;
  readonly browser?: string;
  readonly libtensorflow?: string;
  readonly threads?: number;
  readonly nativeMode?: NativeMode;
  readonly seed: number;
  readonly plugin: readonly string[];
  readonly json?: true;
}

export const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];

export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== '' && Number.isSafeInteger(value) && value >= least) return value;
    throw new InvalidArgumentError(`It is a whole number, ${least} or more.`);
  };
}

export function positiveNumber(text: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError('It is a number above 0.');
}

/** Reads `256,128`. */
export function wholeNumbers(text: string): readonly number[] {
  return text
    .split(',')
    .filter((part) => part !== '')
    .map(wholeNumber(1));
}

/** Reads `batch=32,length=10`, and adds to the given sizes; a name may start with `$`. */
export function collectDims(
  text: string,
  before: Readonly<Record<string, number>> = {},
): Readonly<Record<string, number>> {
  const pairs = text.split(',').map((part) => {
    const [, name, size] = /^\$?([^=\s]+)=(\d+)$/.exec(part.trim()) ?? [];
    if (name === undefined) throw new InvalidArgumentError("Dims are given as 'batch=32', several with commas.");
    return [name, Number(size)] as const;
  });
  return { ...before, ...Object.fromEntries(pairs) };
}

/** Adds the options of all commands. Each command's definition calls it last. */
export function withCommonOptions(
  command: Command,
  backendHelp = "where it runs: wasm, cpu, node (TensorFlow), webgl, webgpu, or 'auto' for the best (default: RETROGRAPH_BACKEND, else wasm)",
): Command {
  const grouped = command
    .optionsGroup('Options of all commands:')
    .option('--backend <name>', backendHelp)
    .option(
      '--browser <path>',
      'the Chromium or Chrome for webgl and webgpu (default: CHROME_PATH, or one that is found)',
    )
    .addOption(
      new Option('--threads <n>', 'how many share the work on node (default: RETROGRAPH_THREADS, else all)').argParser(
        wholeNumber(1),
      ),
    )
    .option(
      '--libtensorflow <dir>',
      "the folder of TensorFlow's library for node (default: RETROGRAPH_LIBTENSORFLOW, or one that is found)",
    )
    .addOption(
      new Option(
        '--native-mode <mode>',
        'how the backend node runs: whole programs, or op by op (default: RETROGRAPH_NATIVE_MODE, else program)',
      ).choices(NATIVE_MODES),
    )
    .addOption(new Option('--seed <n>', 'what all randomness follows from').default(1).argParser(wholeNumber(0)))
    .addOption(
      new Option('--plugin <path>', 'a plugin, by path or package name; may be repeated')
        .default([], 'none')
        .argParser(collect),
    );
  return withOutputOptions(grouped);
}

/** Adds the output options, also of commands without a backend. */
export function withOutputOptions(command: Command): Command {
  return command
    .optionsGroup('Options of all commands:')
    .option('--json', 'the result as JSON')
    .option('--no-color', 'no colours (also by NO_COLOR)')
    .option('--debug', 'errors with their stack (also by DEBUG)')
    .helpOption('-h, --help', 'this text');
}
