/** All examples by name; each is loaded when it is asked for. */
import type { Example } from './example.ts';

export const examples: Readonly<Record<string, () => Promise<Example>>> = {
  rhodes: async () => (await import('./rhodes/index.ts')).example,
  deeplizard: async () => (await import('./deeplizard/index.ts')).example,
  cse473: async () => (await import('./cse473/index.ts')).example,
  auddy: async () => (await import('./auddy/index.ts')).example,
  'introductory-ml': async () => (await import('./introductory-ml/index.ts')).example,
  digits: async () => (await import('./digits/index.ts')).example,
};
