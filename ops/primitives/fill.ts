import {
  type DimLike,
  type DType,
  fill,
  lift,
  type OpDoc,
  type Sym,
  type SymLike,
  sample,
  uniform,
} from '../../engine/index.ts';
import { mul } from '../elementwise/multiply.ts';

export { Fill, fill } from '../../engine/index.ts';

export const zeros = (shape: readonly DimLike[], dtype: DType = 'float32'): Sym => fill(shape, 0, dtype);
export const ones = (shape: readonly DimLike[], dtype: DType = 'float32'): Sym => fill(shape, 1, dtype);

/** Zeros of the type of x. */
export function zerosLike(x: SymLike): Sym {
  const { shape, dtype } = lift(x);
  return fill(shape, 0, dtype);
}

/** Ones of the type of x. */
export function onesLike(x: SymLike): Sym {
  const { shape, dtype } = lift(x);
  return fill(shape, 1, dtype);
}

export const doc: OpDoc = { summary: 'One value everywhere.', forward: 'y_i = c', gradient: {}, source: 'a constant' };
export const samples = () => [
  sample(
    {},
    { build: () => fill([2, 3], 1.5), reference: (tf) => tf.fill([2, 3], 1.5), notDifferentiable: 'no inputs' },
  ),
  sample(
    {},
    { build: () => ones([2], 'int32'), reference: (tf) => tf.ones([2], 'int32'), notDifferentiable: 'no inputs' },
  ),
  sample(
    {},
    { build: () => zeros([2], 'bool'), reference: (tf) => tf.zeros([2], 'bool'), notDifferentiable: 'no inputs' },
  ),
  sample(
    { x: uniform(['$n', 2]) },
    {
      build: ({ x }) => mul(x!, onesLike(x!)),
      reference: (tf, [x]) => tf.mul(x!, tf.onesLike(x!)),
      note: 'of an unknown size',
    },
  ),
];
