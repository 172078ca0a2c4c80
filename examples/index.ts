/** All examples by name; each is loaded when it is asked for. */
import { DEFAULTS as digits } from './digits/settings.ts';
import type { Example, Settings } from './example.ts';
import { DEFAULTS as languages } from './languages/settings.ts';

export const examples: Readonly<Record<string, () => Promise<Example>>> = {
  rhodes: async () => (await import('./rhodes/index.ts')).example,
  deeplizard: async () => (await import('./deeplizard/index.ts')).example,
  cse473: async () => (await import('./cse473/index.ts')).example,
  auddy: async () => (await import('./auddy/index.ts')).example,
  'introductory-ml': async () => (await import('./introductory-ml/index.ts')).example,
  digits: async () => (await import('./digits/index.ts')).example,
  languages: async () => (await import('./languages/index.ts')).example,
};

/** What can be set of the examples that can be tuned, as it is by default; known without loading them. */
export const defaults: Readonly<Record<string, Settings>> = {
  digits: digits.mlp,
  'digits --model cnn': digits.cnn,
  languages,
};
