import {
  constant,
  type DType,
  type NestedArray,
  type OpDoc,
  type Sym,
  sample,
  type TypedArray,
  uniform,
} from '../../engine/index.ts';
import { mul } from '../elementwise/multiply.ts';

export { Constant, constant } from '../../engine/index.ts';

/** A constant, with tf.tensor's arguments. @throws ShapeError for values that do not fill the shape */
export function tensor(
  values: number | boolean | NestedArray | TypedArray,
  shape?: readonly number[],
  dtype?: DType,
): Sym {
  return constant(values, dtype, shape);
}

/** A constant of one element. */
export function scalar(value: number | boolean, dtype?: DType): Sym {
  return constant(value, dtype);
}

export const doc: OpDoc = {
  summary: 'Values known when the graph is built.',
  forward: 'y = c',
  gradient: {},
  source: 'a constant',
};
const notDifferentiable = 'no inputs';
export const samples = [
  sample(
    {},
    {
      build: () =>
        tensor([
          [1, 2],
          [3, 4],
        ]),
      reference: (tf) =>
        tf.tensor([
          [1, 2],
          [3, 4],
        ]),
      notDifferentiable,
    },
  ),
  sample(
    {},
    {
      build: () => tensor([1, 2, 3, 4], [2, 2], 'int32'),
      reference: (tf) => tf.tensor([1, 2, 3, 4], [2, 2], 'int32'),
      notDifferentiable,
    },
  ),
  sample({}, { build: () => tensor([true, false]), reference: (tf) => tf.tensor([true, false]), notDifferentiable }),
  sample({}, { build: () => scalar(2.5), reference: (tf) => tf.scalar(2.5), notDifferentiable }),
  sample(
    { x: uniform(['$n', 2]) },
    { build: ({ x }) => mul(x!, tensor([2, -3])), reference: (tf, [x]) => tf.mul(x!, tf.tensor([2, -3])) },
  ),
];
