import type { Sample } from '../sample.ts';
import { halfSquaredError } from './half-squared-error.ts';
import { squaredErrorSamples } from './squared-errors.samples.ts';

export const samples: readonly Sample[] = squaredErrorSamples(halfSquaredError, 0.5);
