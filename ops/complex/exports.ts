// Written by scripts/catalogue.mjs: do not edit.
export { Complex, complex } from './complex.ts';
export { ComplexAbs, complexAbs } from './complex-abs.ts';
export { Conj, conj } from './conj.ts';
export { Imag, imag } from './imag.ts';
export { Real, real } from './real.ts';
