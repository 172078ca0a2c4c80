/** What a training loop needs around a program: batches, metrics, and a plain loop. */
export { type Batch, type BatchOptions, batches, type Column, shuffle } from './batches.ts';
export { type FitOptions, fit, type Progress, type Trainable } from './fit.ts';
export { accuracy, type Classes, classesOf, confusionMatrix, oneHot } from './metrics.ts';
