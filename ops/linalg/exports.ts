// Written by scripts/catalogue.mjs: do not edit.
export { adjugate, MatrixAdjugate } from './adjugate.ts';
export { bandPart, MatrixBandPart } from './band-part.ts';
export { Cholesky, cholesky } from './cholesky.ts';
export { det, MatrixDeterminant } from './det.ts';
export { diag } from './diag.ts';
export { diagPart } from './diag-part.ts';
export { gramSchmidt } from './gram-schmidt.ts';
export { inv, MatrixInverse } from './inv.ts';
export { logdet } from './logdet.ts';
export { lstsq } from './lstsq.ts';
export { Lu, lu } from './lu.ts';
export { matrixTranspose } from './matrix-transpose.ts';
export { Qr, qr } from './qr.ts';
export { setDiag } from './set-diag.ts';
export { LogMatrixDeterminant, slogdet } from './slogdet.ts';
export { MatrixSolve, solve } from './solve.ts';
export { trace } from './trace.ts';
export { MatrixTriangularSolve, triangularSolve } from './triangular-solve.ts';
