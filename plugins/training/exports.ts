/** Parts of a training loop: batches, metrics, and a simple loop with callbacks. */
export { type Batch, type BatchOptions, batches, type Column, shuffle } from './batches.ts';
export * from './callbacks.ts';
export { type FitOptions, type FitResult, fit, type Validation } from './fit.ts';
export * as metrics from './graph-metrics/index.ts';
export { accuracy, type Classes, classesOf, confusionMatrix, oneHot } from './metrics.ts';
export type { Columns, Metric, Metrics, Outputs, Runnable } from './pass.ts';
export { type ValidateOptions, validate } from './validate.ts';
