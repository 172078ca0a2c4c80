/** The layer `embedding`. */
import { DTypeError, type InitializerLike, type Sym } from '../../engine/index.ts';
import { gather } from '../../ops/indexing/gather.ts';
import { randomUniform } from '../initializers/exports.ts';
import type { Regularizer } from '../regularizers/exports.ts';
import { type LayerOptions, layer, requireCount } from './layer.ts';

export interface EmbeddingOptions extends LayerOptions {
  /** The number of ids: 0, ..., inputDim - 1. */
  readonly inputDim: number;
  /** The length of a vector. */
  readonly outputDim: number;
  /** Default: uniform on [-0.05, 0.05). */
  readonly embeddingsInitializer?: InitializerLike;
  /** The penalty of the embeddings: see `regularized`. */
  readonly embeddingsRegularizer?: Regularizer;
}

/**
 * Looks up a learned vector for each id: int32[...] to float32[..., outputDim]. Variable `embeddings` [inputDim, outputDim].
 * @throws DTypeError for ids that are not int32; GraphError, AttributeError
 */
export function embedding(ids: Sym, options: EmbeddingOptions): Sym {
  const { inputDim, outputDim, embeddingsRegularizer: regularizer } = options;
  const { embeddingsInitializer = randomUniform({ minval: -0.05, maxval: 0.05 }) } = options;
  requireCount('embedding', 'inputDim', inputDim);
  requireCount('embedding', 'outputDim', outputDim);
  return layer('embedding', ids, options, (variable) => {
    if (ids.dtype !== 'int32') throw new DTypeError(`embedding: ids are int32, and these are ${ids.dtype}`);
    return gather(variable('embeddings', [inputDim, outputDim], embeddingsInitializer, { regularizer }), ids);
  });
}
