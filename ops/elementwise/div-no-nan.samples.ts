import { integers, type Sample, type SampleOptions, sample, values } from '../sample.ts';
import { binarySamples } from './binary.samples.ts';

const reference: SampleOptions['reference'] = (tf, [a, b]) => tf.divNoNan(a!, b!);
const tfGradIsWrong = 'goes through a comparison, which has no gradient';
export const samples: readonly Sample[] = [
  ...binarySamples([-2, 2], [0.5, 2], { reference, tfGradIsWrong, broadcastIsWrong: tfGradIsWrong }),
  sample(
    { a: values([1, -2, 0, 3]), b: values([0, 0, 0, 2]) },
    { reference, notDifferentiable: 'a pole', note: '0 where b is 0' },
  ),
  sample({ a: integers([6], -9, 9), b: integers([6], 0, 3) }, { reference, notDifferentiable: 'integers' }),
];
