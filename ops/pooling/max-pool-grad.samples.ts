import type { Sym } from '../../engine/index.ts';
import type { Sample } from '../sample.ts';
import type { ImageAttrs } from './geometry.ts';
import { MaxPool } from './max-pool.ts';
import { maxPoolGrad } from './max-pool-grad.ts';
import { gradRows, imageGradRows, tieRow } from './pooling.samples.ts';

/** The gradient with the output computed from the input. */
const ofInput = (dy: Sym, input: Sym, attrs: ImageAttrs): Sym =>
  maxPoolGrad(dy, input, MaxPool.node({ x: input }, attrs), attrs);
export const samples: readonly Sample[] = [...gradRows(imageGradRows, ofInput, 'max'), tieRow(ofInput, 2)];
