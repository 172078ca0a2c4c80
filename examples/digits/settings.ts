import type { Settings as AnySettings } from '../example.ts';

export type ModelName = 'mlp' | 'cnn';

export interface Settings extends AnySettings {
  readonly model: ModelName;
  readonly hidden: readonly number[];
}

/** By model: a multilayer perceptron, or two convolutions below it. */
export const DEFAULTS = {
  mlp: { model: 'mlp', epochs: 5, batchSize: 128, learningRate: 0.003, hidden: [128, 64] },
  cnn: { model: 'cnn', epochs: 4, batchSize: 128, learningRate: 0.004, hidden: [] },
} as const satisfies Readonly<Record<ModelName, Settings>>;
