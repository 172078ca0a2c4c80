/** Sparse functions of tf that are not supported. */
import { DATA_DEPENDENT, ON_THE_HOST, type Unsupported, unsupported } from '../unsupported.ts';

export const sparseFillEmptyRows: Unsupported = unsupported(
  'sparse.sparseFillEmptyRows',
  DATA_DEPENDENT,
  `sparseToDense has a default value; or ${ON_THE_HOST}`,
);
export const sparseReshape: Unsupported = unsupported(
  'sparse.sparseReshape',
  'its shapes are tensors, and the shapes of a graph are known when it is built',
  `reshape(sparseToDense(indices, values, shape), newShape); or ${ON_THE_HOST}`,
);
