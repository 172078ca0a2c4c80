import type { Settings } from '../example.ts';

export const DEFAULTS: Settings = { epochs: 3, batchSize: 256, learningRate: 0.02 };
