import type { Sample } from '../sample.ts';
import { transformSamples } from './transform.samples.ts';

export const samples: readonly Sample[] = transformSamples((tf, [z]) => tf.spectral.ifft(z!));
