/** The examples, as the command line finds them by name. */
import type { Example, TunableExample } from '../examples/example.ts';
import { defaults, examples } from '../examples/index.ts';
import { UsageError } from './errors.ts';
import { suggest } from './suggest.ts';

export const EXAMPLES: readonly string[] = Object.keys(examples);

/** The tunable examples, those among them with several models, and these models. */
export const TUNABLE: readonly string[] = EXAMPLES.filter((name) => Object.hasOwn(defaults, name));
export const WITH_MODELS: readonly string[] = TUNABLE.filter((name) => defaults[name]!.model !== undefined);
export const MODELS: readonly string[] = Object.values(defaults).flatMap(({ model }) => model ?? []);

/** @throws UsageError for an unknown example */
export async function loadExample(name: string): Promise<Example> {
  const load = Object.hasOwn(examples, name) ? examples[name] : undefined;
  if (load !== undefined) return load();
  throw new UsageError(`there is no example '${name}'; there are ${EXAMPLES.join(', ')}`, suggest(name, EXAMPLES));
}

/** Settings of tunable examples that may have defaults. */
export const SETTINGS = ['model', 'epochs', 'batchSize', 'learningRate', 'hidden'] as const;

export const isTunable = (example: Example): example is TunableExample => 'defaults' in example;

/** The option of a setting: `--batch-size`. */
export const option = (key: string): string => `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** @throws UsageError for a given option that the example does not take */
export function requireTakes(
  { name }: Example,
  flags: object,
  options: readonly string[],
  taken: readonly string[],
): void {
  const given = new Set(
    Object.entries(flags).flatMap(([key, value]) => (value === undefined || value === false ? [] : [key])),
  );
  const other = options.find((key) => given.has(key) && !taken.includes(key));
  if (other === undefined) return;
  const why = taken.length === 0 ? 'it runs as its notes say' : `it takes ${taken.map(option).join(', ')}`;
  throw new UsageError(`'${name}' has no ${option(other)}: ${why}`);
}
