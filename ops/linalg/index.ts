// Written by scripts/catalogue.mjs: do not edit.
import { expose } from '../../engine/expose.ts';
import * as own from './exports.ts';

export * from './exports.ts';
export const adjugate: typeof own.adjugate = /* @__PURE__ */ expose('linalg.adjugate', 'input:v', own.adjugate);
export const bandPart: typeof own.bandPart = /* @__PURE__ */ expose('linalg.bandPart', 'a:v numLower:v numUpper:v', own.bandPart);
export const cholesky: typeof own.cholesky = /* @__PURE__ */ expose('linalg.cholesky', 'input:v', own.cholesky);
export const det: typeof own.det = /* @__PURE__ */ expose('linalg.det', 'input:v', own.det);
export const diag: typeof own.diag = /* @__PURE__ */ expose('linalg.diag', 'diagonal:v', own.diag);
export const diagPart: typeof own.diagPart = /* @__PURE__ */ expose('linalg.diagPart', 'input:v', own.diagPart);
export const gramSchmidt: typeof own.gramSchmidt = /* @__PURE__ */ expose('linalg.gramSchmidt', 'xs:v', own.gramSchmidt);
export const inv: typeof own.inv = /* @__PURE__ */ expose('linalg.inv', 'input:v', own.inv);
export const logdet: typeof own.logdet = /* @__PURE__ */ expose('linalg.logdet', 'matrix:v', own.logdet);
export const lstsq: typeof own.lstsq = /* @__PURE__ */ expose('linalg.lstsq', 'matrix:v rhs:v l2Regularizer?:n', own.lstsq);
export const lu: typeof own.lu = /* @__PURE__ */ expose('linalg.lu', 'input:v', own.lu);
export const matrixTranspose: typeof own.matrixTranspose = /* @__PURE__ */ expose('linalg.matrixTranspose', 'a:v', own.matrixTranspose);
export const qr: typeof own.qr = /* @__PURE__ */ expose('linalg.qr', 'x:v fullMatrices?:b', own.qr);
export const setDiag: typeof own.setDiag = /* @__PURE__ */ expose('linalg.setDiag', 'input:v diagonal:v', own.setDiag);
export const slogdet: typeof own.slogdet = /* @__PURE__ */ expose('linalg.slogdet', 'input:v', own.slogdet);
export const solve: typeof own.solve = /* @__PURE__ */ expose('linalg.solve', 'matrix:v rhs:v adjoint?:b', own.solve);
export const trace: typeof own.trace = /* @__PURE__ */ expose('linalg.trace', 'x:v', own.trace);
export const triangularSolve: typeof own.triangularSolve = /* @__PURE__ */ expose('linalg.triangularSolve', 'matrix:v rhs:v lower?:b adjoint?:b', own.triangularSolve);
