import type { Sym } from '../../engine/index.ts';
import type { Sample } from '../sample.ts';
import type { VolumeAttrs } from './geometry.ts';
import { MaxPool3D } from './max-pool-3d.ts';
import { maxPool3dGrad } from './max-pool-3d-grad.ts';
import { gradRows, tieRow, volumeGradRows } from './pooling.samples.ts';

/** The gradient with the output computed from the input. */
const ofInput = (dy: Sym, input: Sym, attrs: VolumeAttrs): Sym =>
  maxPool3dGrad(dy, input, MaxPool3D.node({ x: input }, attrs), attrs);
export const samples: readonly Sample[] = [...gradRows(volumeGradRows, ofInput, 'max'), tieRow(ofInput, 3)];
