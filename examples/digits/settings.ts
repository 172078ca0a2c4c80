export interface Settings {
  /** How often every training digit is seen; 0 only tests. */
  readonly epochs: number;
  readonly batchSize: number;
  /** Of the first step; it falls to 0 along half a cosine. */
  readonly learningRate: number;
  /** Widths of the hidden layers. */
  readonly hidden: readonly number[];
}

export const DEFAULTS: Settings = { epochs: 5, batchSize: 128, learningRate: 0.003, hidden: [128, 64] };
