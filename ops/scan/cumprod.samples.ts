import { type Sample, sample, values } from '../sample.ts';
import { cumprod } from './cumprod.ts';
import { scanSamples } from './scan.samples.ts';

const tfGradIsWrong = 'it has none';
export const samples: readonly Sample[] = [
  ...scanSamples(cumprod, 'cumprod', { tfGradIsWrong }),
  sample(
    {
      x: values([
        [0, 2, 3, 0.5],
        [1.5, 0, -2, 0],
        [1, 2, -1, 0],
      ]),
    },
    { attrs: { axis: 1 }, tfGradIsWrong, note: 'zeros' },
  ),
];
