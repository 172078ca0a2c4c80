/** The catalogue's entries, with the rows that check them. */
import { type CatalogueEntry, catalogue } from './catalogue.ts';
import type { Sample } from './sample.ts';
import * as modules from './sample-modules.ts';

export interface SampledEntry extends CatalogueEntry {
  readonly samples: readonly Sample[];
}

const samples: Readonly<Record<string, readonly Sample[]>> = modules;

export const sampled: readonly SampledEntry[] = catalogue.map((entry) => ({ ...entry, samples: samples[entry.path]! }));
