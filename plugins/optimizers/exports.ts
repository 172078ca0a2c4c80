/** Optimizers: functions that build updates. */
export { type AccumulateOptions, accumulate } from './accumulate.ts';
export { type AdadeltaSettings, adadelta } from './adadelta.ts';
export { type AdagradSettings, adagrad } from './adagrad.ts';
export { type AdamSettings, adam } from './adam.ts';
export { type AdamWSettings, adamW } from './adam-w.ts';
export { type AdamaxSettings, adamax } from './adamax.ts';
export { clipByGlobalNorm, clipByValue, globalNorm } from './clip.ts';
export { type EmaOptions, ema } from './ema.ts';
export type { EpsilonPlace } from './epsilon.ts';
export { type MomentumSettings, momentum, nesterov } from './momentum.ts';
export {
  type CommonOptions,
  type Group,
  makeOptimizer,
  type Optimizer,
  type OptimizerOptions,
  type Rule,
  type Schema,
  type Settings,
  type Slots,
  type VariableGradient,
} from './optimizer.ts';
export { type RmspropSettings, rmsprop } from './rmsprop.ts';
export * as schedules from './schedules/index.ts';
export type { LearningRate, Schedule } from './settings.ts';
export * as settings from './settings.ts';
export { type SgdSettings, sgd } from './sgd.ts';
export { trainableVariables, type VariableFilter } from './variables.ts';
