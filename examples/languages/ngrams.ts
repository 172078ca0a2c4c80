/** A word as the buckets of its n-grams: two, three and four letters in a row, where `<` and `>` are its ends. */
import { LONGEST_WORD } from './data.ts';

const SIZES = [2, 3, 4];

/** How many buckets n-grams are hashed into; the first is padding's, and no n-gram's. */
export const BUCKETS = 8192;
export const PADDING = 0;

/** How many n-grams the longest word has. */
export const LENGTH = SIZES.reduce((sum, n) => sum + LONGEST_WORD + 2 - n + 1, 0);

export function ngramsOf(word: string): readonly string[] {
  const bounded = `<${word}>`;
  return SIZES.flatMap((n) =>
    Array.from({ length: Math.max(0, bounded.length - n + 1) }, (_, i) => bounded.slice(i, i + n)),
  );
}

/** FNV-1a, 32 bits, of UTF-16 units. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h >>> 0;
}

export const bucketOf = (ngram: string): number => 1 + (hash(ngram) % (BUCKETS - 1));

/** int32[words, LENGTH], flat, with padding after each word's n-grams. */
export function encode(words: readonly string[]): Int32Array {
  const out = new Int32Array(words.length * LENGTH).fill(PADDING);
  for (const [row, word] of words.entries()) out.set(ngramsOf(word).map(bucketOf), row * LENGTH);
  return out;
}
