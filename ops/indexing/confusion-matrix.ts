import {
  AttributeError,
  cast,
  integers,
  type OpDoc,
  ShapeError,
  type Sym,
  type SymLike,
  sample,
  values,
} from '../../engine/index.ts';
import { matMul } from '../matrix/mat-mul.ts';
import { toIndices } from './indices.ts';
import { oneHot } from './one-hot.ts';

/**
 * How often each class (a row) was predicted as each (a column), as int32, of vectors of class numbers; those that are no class
 * count nowhere. In tfjs it is tf.math.confusionMatrix.
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
const notDifferentiable = 'a number of occurrences';
const build = ({ labels, predictions }: Readonly<Record<string, Sym>>): Sym =>
  confusionMatrix(labels!, predictions!, 3);
export const samples = () => [
  sample(
    { labels: values([0, 2, 2, 1, 2], 'int32'), predictions: values([0, 1, 2, 1, 2], 'int32') },
    { build, reference: (tf, [l, p]) => tf.math.confusionMatrix(l as never, p as never, 3), notDifferentiable },
  ),
  sample(
    { labels: integers(['$n'], 0, 4), predictions: integers(['$n'], -1, 3) },
    {
      build,
      reference: (tf, [l, p]) => tf.math.confusionMatrix(l as never, p as never, 3),
      notDifferentiable,
      note: 'an unknown number, and numbers that are no class',
    },
  ),
];
