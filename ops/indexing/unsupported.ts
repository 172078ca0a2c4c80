/** Indexing functions of tf that are not supported. */
import { DATA_DEPENDENT, ON_THE_HOST, type Unsupported, unsupported } from '../unsupported.ts';

export const booleanMaskAsync: Unsupported = unsupported(
  'booleanMaskAsync',
  DATA_DEPENDENT,
  `where(mask, x, 0) keeps the shape, and sum(cast(mask, 'float32')) counts; or ${ON_THE_HOST}`,
);
export const whereAsync: Unsupported = unsupported(
  'whereAsync',
  DATA_DEPENDENT,
  `where(condition, a, b) chooses element by element, argMax finds the first; or ${ON_THE_HOST}`,
);
export const unique: Unsupported = unsupported(
  'unique',
  DATA_DEPENDENT,
  `bincount(x, [], size) counts each of a known range; or ${ON_THE_HOST}`,
);
export const setdiff1dAsync: Unsupported = unsupported(
  'setdiff1dAsync',
  DATA_DEPENDENT,
  `any(equal(expandDims(x, 1), y), 1) says which of x are in y; or ${ON_THE_HOST}`,
);
export const raggedGather: Unsupported = unsupported(
  'raggedGather',
  DATA_DEPENDENT,
  `gather rows padded to one length, and a mask; or ${ON_THE_HOST}`,
);
export const raggedRange: Unsupported = unsupported(
  'raggedRange',
  DATA_DEPENDENT,
  `range for each, padded to one length; or ${ON_THE_HOST}`,
);
export const raggedTensorToTensor: Unsupported = unsupported(
  'raggedTensorToTensor',
  DATA_DEPENDENT,
  `feed rows padded to one length, and a mask; or ${ON_THE_HOST}`,
);
