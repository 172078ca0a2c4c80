/** Symbolic dims: numbers, names, and arithmetic of these. */
export { type Comparison, compareDims, exactQuotient, mayEqual, product } from './arithmetic.ts';
export { type DimAlgebra, dimNames, evaluateDim, foldDim, isStatic } from './evaluate.ts';
export { type DimLike, dim, parseDim, toDim } from './parse.ts';
export { type Dim, DimExpr, formatDim, formatShape } from './polynomial.ts';
