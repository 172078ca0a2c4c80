import type { Example } from '../examples/example.ts';
import { defaults, examples } from '../examples/index.ts';
import { UsageError } from './errors.ts';
import { suggest } from './suggest.ts';

export const EXAMPLES: readonly string[] = Object.keys(examples);

/** Those that can be tuned; those of them that have several networks; and the networks. */
export const TUNABLE: readonly string[] = EXAMPLES.filter((name) => Object.hasOwn(defaults, name));
export const WITH_MODELS: readonly string[] = TUNABLE.filter((name) => defaults[name]!.model !== undefined);
export const MODELS: readonly string[] = Object.values(defaults).flatMap(({ model }) => model ?? []);

/** @throws UsageError for an example that is not there */
export async function loadExample(name: string): Promise<Example> {
  const load = Object.hasOwn(examples, name) ? examples[name] : undefined;
  if (load !== undefined) return load();
  throw new UsageError(`there is no example '${name}'; there are ${EXAMPLES.join(', ')}`, suggest(name, EXAMPLES));
}
