// Written by scripts/catalogue.mjs: do not edit.
export { Einsum, einsum } from './einsum.ts';
export { type FusedActivation, FusedMatMul, fusedMatMul } from './fused-mat-mul.ts';
export { BatchMatMul, dot, matMul } from './mat-mul.ts';
export { outerProduct } from './outer-product.ts';
export { Transpose, transpose } from './transpose.ts';
