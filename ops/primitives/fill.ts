import { type DimLike, type DType, fill, lift, type OpDoc, type Sym, type SymLike } from '../../engine/index.ts';

export { Fill, fill } from '../../engine/index.ts';

export const zeros = (shape: readonly DimLike[], dtype: DType = 'float32'): Sym => fill(shape, 0, dtype);
export const ones = (shape: readonly DimLike[], dtype: DType = 'float32'): Sym => fill(shape, 1, dtype);

/** Zeros of the shape and dtype of x. */
export function zerosLike(x: SymLike): Sym {
  const { shape, dtype } = lift(x);
  return fill(shape, 0, dtype);
}

/** Ones of the shape and dtype of x. */
export function onesLike(x: SymLike): Sym {
  const { shape, dtype } = lift(x);
  return fill(shape, 1, dtype);
}

export const doc: OpDoc = { summary: 'One value everywhere.', forward: 'y_i = c', gradient: {}, source: 'a constant' };
