/** The catalogue's entries, with the rows that check them, which stand beside each entry's file. */
import { type CatalogueEntry, catalogue } from './catalogue.ts';
import type { Sample } from './sample.ts';

export interface SampledEntry extends CatalogueEntry {
  readonly samples: readonly Sample[];
}

const samplesOf = async (path: string): Promise<readonly Sample[]> => (await import(`./${path}.samples.ts`)).samples;

export const sampled: readonly SampledEntry[] = await Promise.all(
  catalogue.map(async (entry) => ({ ...entry, samples: await samplesOf(entry.path) })),
);
