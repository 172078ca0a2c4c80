// Written by scripts/catalogue.mjs: do not edit.
export { All, all } from './all.ts';
export { Any, any } from './any.ts';
export { ArgMax, argMax } from './arg-max.ts';
export { ArgMin, argMin } from './arg-min.ts';
export { euclideanNorm } from './euclidean-norm.ts';
export { LogSumExp, logSumExp } from './log-sum-exp.ts';
export { Max, max } from './max.ts';
export { Mean, mean } from './mean.ts';
export { Min, min } from './min.ts';
export { moments } from './moments.ts';
export { EuclideanNorm, norm } from './norm.ts';
export { Prod, prod } from './prod.ts';
export { Sum, sum } from './sum.ts';
