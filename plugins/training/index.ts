/** What a training loop needs around a program: batches, metrics, and a plain loop. */
export { type Batch, type BatchOptions, type Column, batches, shuffle } from './batches.ts';
export { type FitOptions, type Progress, type Trainable, fit } from './fit.ts';
export { type Classes, accuracy, classesOf, confusionMatrix, oneHot } from './metrics.ts';
