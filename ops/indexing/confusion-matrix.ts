import { AttributeError, cast, type OpDoc, ShapeError, type Sym, type SymLike } from '../../engine/index.ts';
import { matMul } from '../matrix/mat-mul.ts';
import { toIndices } from './indices.ts';
import { oneHot } from './one-hot.ts';

/**
 * Counts, as int32, how often each class (row) was predicted as each class (column). The inputs are vectors of class numbers; numbers out
 * of range are ignored. In tfjs it is tf.math.confusionMatrix.
 * @throws AttributeError, ShapeError
 */
export function confusionMatrix(labels: SymLike, predictions: SymLike, numClasses: number): Sym {
  if (!(Number.isInteger(numClasses) && numClasses > 0))
    throw new AttributeError(`confusionMatrix: ${numClasses} classes`);
  const [actual, predicted] = [labels, predictions].map((s) => {
    const sym = toIndices(s);
    if (sym.rank !== 1) throw new ShapeError(`confusionMatrix: a value of rank ${sym.rank}, not a vector`);
    return oneHot(cast(sym, 'int32'), numClasses, 1, 0, 'float32');
  });
  return cast(matMul(actual!, predicted!, true), 'int32');
}

export const doc: OpDoc = {
  summary: 'How often each class was predicted as each.',
  forward: 'y_{j k} = |\\{ i : t_i = j, \\, p_i = k \\}|',
  gradient: { labels: 'zero', predictions: 'zero' },
  source: 'by definition',
};
