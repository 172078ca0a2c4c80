import { type Sample, sample, uniform } from '../sample.ts';
import { basicLSTMCell } from './basic-lstm-cell.ts';
import { lstmInputs } from './lstm.samples.ts';

export const samples: readonly Sample[] = [
  sample(
    { ...lstmInputs(2, 1), forgetBias: uniform([]) },
    {
      build: ({ forgetBias, kernel, bias, data, c, h }) => basicLSTMCell(forgetBias!, kernel!, bias!, data!, c!, h!),
      reference: (tf, [kernel, bias, data, c, h, forgetBias]) =>
        tf.basicLSTMCell(forgetBias as never, kernel as never, bias as never, data as never, c as never, h as never),
    },
  ),
  sample(lstmInputs(1, 2), {
    build: ({ kernel, bias, data, c, h }) => basicLSTMCell(1, kernel!, bias!, data!, c!, h!)[1],
    reference: (tf, [kernel, bias, data, c, h]) =>
      tf.basicLSTMCell(tf.scalar(1), kernel as never, bias as never, data as never, c as never, h as never)[1],
    note: 'its output alone, and a forget bias of 1',
  }),
];
