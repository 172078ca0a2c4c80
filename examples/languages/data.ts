/** Words of four languages, from the npm packages `an-array-of-english-words` and its like. */
import { createRequire } from 'node:module';
import { RetrographError } from 'retrograph';
import { shuffle } from 'retrograph/training';

export const LANGUAGES = ['English', 'French', 'Spanish', 'German'] as const;

/** Longer ones are compounds, and slips of the lists: one word of a thousand, and of the German ones one of sixty. */
export const LONGEST_WORD = 20;

const TRAINING_WORDS = 18_000;
const TEST_WORDS = 2_000;

export interface WordSet {
  readonly words: readonly string[];
  /** Indices of LANGUAGES. */
  readonly labels: Uint8Array;
}

/** The words are not there. */
export class WordsError extends RetrographError {
  override readonly name = 'WordsError';
}

/** By language. */
type Lists = readonly (readonly string[])[];

const PACKAGES = LANGUAGES.map((language) => `an-array-of-${language.toLowerCase()}-words`);

/** @throws WordsError where they are not installed */
export const requireData = (): void => PACKAGES.forEach(findList);

const readList = (name: string): readonly string[] => createRequire(import.meta.url)(findList(name));

function findList(name: string): string {
  try {
    return createRequire(import.meta.url).resolve(name);
  } catch (cause) {
    throw new WordsError(
      `the words are in packages, and '${name}' is missing: install them with \`npm install ${PACKAGES.join(' ')}\``,
      { cause },
    );
  }
}

let sample: Lists | undefined;

/**
 * Of each language, words that no other list has, in a random order. It is the same for every seed of a training, so that
 * variables that are loaded again are tested on words that they have never seen.
 */
function sampleWords(): Lists {
  if (sample !== undefined) return sample;
  const lists = PACKAGES.map(readList);
  const known = lists.map((list) => new Set(list));
  const isOwn = (word: string, language: number): boolean =>
    word.length <= LONGEST_WORD && known.every((words, other) => other === language || !words.has(word));
  sample = lists.map((list, language) => {
    const own: string[] = [];
    for (const i of shuffle(list.length)) {
      if (own.length === TRAINING_WORDS + TEST_WORDS) break;
      if (isOwn(list[i]!, language)) own.push(list[i]!);
    }
    return own;
  });
  return sample;
}

/** The languages in turn, so that any first words of it are as many of each. */
function interleave(lists: Lists, limit: number): WordSet {
  const words = lists[0]!.flatMap((_, i) => lists.map((list) => list[i]!)).slice(0, limit);
  return { words, labels: Uint8Array.from(words, (_, i) => i % lists.length) };
}

/**
 * 18,000 words of each language to learn from, and 2,000 others to be tested on.
 * @param limit at most so many in all to learn from, and to be tested on
 */
export function loadWords(limit = Infinity): { readonly train: WordSet; readonly test: WordSet } {
  const words = sampleWords();
  return {
    train: interleave(
      words.map((list) => list.slice(0, TRAINING_WORDS)),
      limit,
    ),
    test: interleave(
      words.map((list) => list.slice(TRAINING_WORDS)),
      limit,
    ),
  };
}
