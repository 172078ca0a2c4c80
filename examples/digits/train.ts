/** Training on the training digits; testing on digits that took no part in it. */
import { type LabelledExamples, settle, trainClassifier } from '../classifier.ts';
import type { Training, TuneOptions } from '../example.ts';
import { type DigitSet, loadDigits } from './data.ts';
import { CLASSES, defaultsOf, describe, makeModel } from './model.ts';
import type { Settings } from './settings.ts';

export interface DigitsTraining extends Training {
  readonly settings: Settings;
  /** The test digits. */
  readonly digits: DigitSet;
}

const TRAINING_DIGITS = 60_000;
const TEST_DIGITS = 10_000;

const examplesOf = ({ images, labels }: DigitSet): LabelledExamples => ({ inputs: { images }, labels });

/** @throws CancelledError when `signal` says so: nothing is saved then; DigitsError */
export async function train(options: TuneOptions): Promise<DigitsTraining> {
  const settings = settle(defaultsOf(options.model), options);
  const { limit = Infinity } = options;
  const digits = loadDigits({ train: Math.min(limit, TRAINING_DIGITS), test: Math.min(limit, TEST_DIGITS) });
  const task = {
    model: makeModel(settings),
    network: describe(settings),
    train: examplesOf(digits.train),
    test: examplesOf(digits.test),
    classes: Array.from({ length: CLASSES }, (_, digit) => `${digit}`),
    settings,
  };
  return { ...(await trainClassifier(task, options)), digits: digits.test };
}
