/** String functions of tf that are not supported. */
import { type Unsupported, unsupported } from '../unsupported.ts';

const text = /* @__NO_SIDE_EFFECTS__ */ (name: string): Unsupported =>
  unsupported(
    `string.${name}`,
    'a graph has numbers and no strings',
    `call tf.string.${name} first, and feed what it gives`,
  );

export const staticRegexReplace: Unsupported = text('staticRegexReplace');
export const stringNGrams: Unsupported = text('stringNGrams');
export const stringSplit: Unsupported = text('stringSplit');
export const stringToHashBucketFast: Unsupported = text('stringToHashBucketFast');
