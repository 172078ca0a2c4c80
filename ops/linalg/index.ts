// Written by scripts/catalogue.mjs: do not edit.
export { bandPart, MatrixBandPart } from './band-part.ts';
export { Cholesky, cholesky } from './cholesky.ts';
export { diag } from './diag.ts';
export { diagPart } from './diag-part.ts';
export { matrixTranspose } from './matrix-transpose.ts';
export { setDiag } from './set-diag.ts';
export { trace } from './trace.ts';
export { MatrixTriangularSolve, triangularSolve } from './triangular-solve.ts';
