import { cast, type DType } from '../../engine/index.ts';
import type { Sample, SampleOptions } from '../sample.ts';
import { bools, complexUniform, integers, sample, uniform, values } from '../sample.ts';

const row = (dtype: DType): SampleOptions => ({
  build: ({ x }) => cast(x!, dtype),
  reference: (tf, [x]) => tf.cast(x!, dtype),
});
const notDifferentiable = 'integers and bools';
export const samples: readonly Sample[] = [
  sample({ x: uniform(['$n', 3]) }, { ...row('float32'), note: 'its own dtype' }),
  sample({ x: values([-2.7, -0.5, 0, 0.5, 2.7]) }, { ...row('int32'), notDifferentiable, note: 'towards zero' }),
  sample({ x: values([-2.7, -0.5, 0, 0.5, 2.7]) }, { ...row('bool'), notDifferentiable }),
  sample({ x: integers(['$n', 3], -5, 5) }, { ...row('float32'), notDifferentiable }),
  sample({ x: values([-2, 0, 3, 256], 'int32') }, { ...row('bool'), notDifferentiable }),
  sample({ x: bools(['$n', 3]) }, { ...row('float32'), notDifferentiable }),
  sample({ x: bools(['$n', 3]) }, { ...row('int32'), notDifferentiable }),
  sample({ x: uniform([0, 3]) }, { ...row('int32'), notDifferentiable, note: 'zero elements' }),
  sample({ x: uniform(['$n', 3]) }, { ...row('complex64'), note: 'a real value' }),
  sample({ x: complexUniform(['$n', 3]) }, { ...row('float32'), note: 'the real part' }),
  sample({ x: complexUniform([3], -5, 5) }, { ...row('int32'), notDifferentiable, note: 'of the real part' }),
  sample({ x: integers(['$n'], -5, 5) }, { ...row('complex64'), notDifferentiable }),
  sample(
    { x: values([-2.7, 0.3, 1.6]) },
    {
      build: ({ x }) => cast(cast(x!, 'int32'), 'float32'),
      reference: (tf, [x]) => tf.cast(tf.cast(x!, 'int32'), 'float32'),
      tfGradIsWrong: 'it is 1; a step function has slope 0',
      note: 'there and back',
    },
  ),
];
