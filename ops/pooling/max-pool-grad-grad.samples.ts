import type { Sample } from '../sample.ts';
import { maxPoolGradGrad } from './max-pool-grad-grad.ts';
import { gradGradRows, imageGradRows } from './pooling.samples.ts';

export const samples: readonly Sample[] = gradGradRows(imageGradRows, maxPoolGradGrad);
