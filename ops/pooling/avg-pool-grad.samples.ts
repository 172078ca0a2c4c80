import type { Sample } from '../sample.ts';
import { avgPoolGrad } from './avg-pool-grad.ts';
import { gradRows, imageGradRows } from './pooling.samples.ts';

export const samples: readonly Sample[] = gradRows(imageGradRows, avgPoolGrad, 'avg');
