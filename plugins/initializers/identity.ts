/** The initializer `identity`. */
import { type Initializer, ShapeError, sizeOf, typedArrayOf } from '../../engine/index.ts';
import { finite, makeInitializer } from './initializer.ts';

export interface IdentityOptions {
  /** Default 1. */
  readonly gain?: number;
}

/** `gain` on the diagonal of a matrix, square or not, and 0 elsewhere. */
export function identity(options: IdentityOptions = {}): Initializer {
  return makeInitializer('identity', { gain: finite(1) }, options, ({ gain }, shape, dtype) => {
    const [rows, columns] = shape;
    if (shape.length !== 2) throw new ShapeError(`identity needs a shape of two dimensions, got [${shape.join(', ')}]`);
    const out = typedArrayOf(dtype, sizeOf(shape));
    const parts = dtype === 'complex64' ? 2 : 1;
    for (let i = 0; i < Math.min(rows!, columns!); i++) out[parts * i * (columns! + 1)] = gain;
    return out;
  });
}
