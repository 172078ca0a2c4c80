// Written by scripts/catalogue.mjs: do not edit.
export { absoluteDifference } from './absolute-difference.ts';
export { computeWeightedLoss, Reduction } from './compute-weighted-loss.ts';
export { cosineDistance } from './cosine-distance.ts';
export { HalfSquaredError, halfSquaredError } from './half-squared-error.ts';
export { hingeLoss } from './hinge-loss.ts';
export { huberLoss } from './huber-loss.ts';
export { logLoss } from './log-loss.ts';
export { MeanSquaredError, meanSquaredError } from './mean-squared-error.ts';
export { SigmoidCrossEntropyWithLogits, sigmoidCrossEntropy } from './sigmoid-cross-entropy.ts';
export { SoftmaxCrossEntropyWithLogits, softmaxCrossEntropy } from './softmax-cross-entropy.ts';
export { sparseSoftmaxCrossEntropy } from './sparse-softmax-cross-entropy.ts';
export { SumOfSquaredErrors, sumOfSquaredErrors } from './sum-of-squared-errors.ts';
