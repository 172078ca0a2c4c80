import type { Sample } from '../sample.ts';
import { squaredErrorSamples } from './squared-errors.samples.ts';
import { sumOfSquaredErrors } from './sum-of-squared-errors.ts';

export const samples: readonly Sample[] = squaredErrorSamples(sumOfSquaredErrors, 1);
