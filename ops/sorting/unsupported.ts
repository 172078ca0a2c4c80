/** Sorting functions of tf that are not supported. */
import { type Unsupported, unsupported } from '../unsupported.ts';

export const inTopKAsync: Unsupported = unsupported(
  'inTopKAsync',
  'building a graph takes no waiting',
  'inTopK(predictions, targets, k)',
);
