/** Shape functions of tf that are not supported. */
import { type Unsupported, unsupported } from '../unsupported.ts';

export const broadcastArgs: Unsupported = unsupported(
  'broadcastArgs',
  'shapes are no tensors here',
  'broadcastShapes(a.shape, b.shape), of the engine, while the graph is built',
);
