/** Training on some words; testing on words that took no part in it. */
import { type LabelledExamples, settle, trainClassifier } from '../classifier.ts';
import type { Guess, Test, Training, TuneOptions } from '../example.ts';
import { LANGUAGES, loadWords, type WordSet } from './data.ts';
import { makeModel, NETWORK } from './model.ts';
import { encode } from './ngrams.ts';
import { DEFAULTS } from './settings.ts';

/** The first test words, as many of each language, and the surest mistakes. */
const GUESSES = 12;
const MISTAKES = 6;

const examplesOf = ({ words, labels }: WordSet): LabelledExamples => ({ inputs: { ngrams: encode(words) }, labels });

/** @throws CancelledError when `signal` says so: nothing is saved then; WordsError */
export async function train(options: TuneOptions): Promise<Training> {
  const words = loadWords(options.limit);
  const task = {
    model: makeModel(),
    network: NETWORK,
    train: examplesOf(words.train),
    test: examplesOf(words.test),
    classes: LANGUAGES,
    settings: settle(DEFAULTS, options),
  };
  const training = await trainClassifier(task, options);
  return { ...training, guesses: guessesOf(words.test.words, training.test) };
}

function guessesOf(words: readonly string[], { labels, predictions, confidences }: Test): readonly Guess[] {
  const all = words.map((example, i) => ({
    example,
    is: LANGUAGES[labels[i]!]!,
    guess: LANGUAGES[predictions[i]!]!,
    probability: confidences[i]!,
  }));
  const mistakes = all.slice(GUESSES).filter(({ is, guess }) => is !== guess);
  return [...all.slice(0, GUESSES), ...mistakes.sort((a, b) => b.probability - a.probability).slice(0, MISTAKES)];
}
