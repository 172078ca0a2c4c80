import { constant, type DType, type NestedArray, type OpDoc, type Sym, type TypedArray } from '../../engine/index.ts';
import { ofRank } from '../shape/axis.ts';

export { Constant, constant } from '../../engine/index.ts';

/** A constant, with tf.tensor's arguments. @throws ShapeError if the values do not fill the shape */
export const tensor = (
  values: number | boolean | NestedArray | TypedArray,
  shape?: readonly number[],
  dtype?: DType,
): Sym => constant(values, dtype, shape);

type TensorArguments = [values: NestedArray | TypedArray, shape?: readonly number[], dtype?: DType];

/** `tensor` of rank 1. @throws ShapeError for another rank */
export const tensor1d = (values: NestedArray | TypedArray, dtype?: DType): Sym =>
  ofRank(tensor(values, undefined, dtype), 1, 'tensor1d');
/** `tensor` of rank 2. @throws ShapeError for another rank */
export const tensor2d = (...args: TensorArguments): Sym => ofRank(tensor(...args), 2, 'tensor2d');
/** `tensor` of rank 3. @throws ShapeError for another rank */
export const tensor3d = (...args: TensorArguments): Sym => ofRank(tensor(...args), 3, 'tensor3d');
/** `tensor` of rank 4. @throws ShapeError for another rank */
export const tensor4d = (...args: TensorArguments): Sym => ofRank(tensor(...args), 4, 'tensor4d');
/** `tensor` of rank 5. @throws ShapeError for another rank */
export const tensor5d = (...args: TensorArguments): Sym => ofRank(tensor(...args), 5, 'tensor5d');
/** `tensor` of rank 6. @throws ShapeError for another rank */
export const tensor6d = (...args: TensorArguments): Sym => ofRank(tensor(...args), 6, 'tensor6d');

/** A constant of one element. */
export const scalar = (value: number | boolean, dtype?: DType): Sym => constant(value, dtype);

export const doc: OpDoc = {
  summary: 'Values known when the graph is built.',
  forward: 'y = c',
  gradient: {},
  source: 'a constant',
};
