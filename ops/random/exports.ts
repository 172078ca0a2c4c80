// Written by scripts/catalogue.mjs: do not edit.
export { dropout } from './dropout.ts';
export { multinomial } from './multinomial.ts';
export { randomGamma } from './random-gamma.ts';
export { RandomNormal, randomNormal, randomStandardNormal } from './random-normal.ts';
export { RandomUniform, randomUniform } from './random-uniform.ts';
export { RandomUniformInt, randomUniformInt } from './random-uniform-int.ts';
export { TruncatedNormal, truncatedNormal } from './truncated-normal.ts';
export * from './unsupported.ts';
