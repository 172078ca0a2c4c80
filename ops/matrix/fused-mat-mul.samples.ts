import { type Sample, sample, uniform } from '../sample.ts';

export const samples: readonly Sample[] = (['linear', 'relu', 'relu6', 'sigmoid'] as const).map((activation) =>
  sample(
    { a: uniform([1, '$n', 3]), b: uniform([1, 3, 4]), bias: uniform([4], 0.1, 1) },
    {
      attrs: { activation },
      reference: (tf, [a, b, bias]) => tf.fused.matMul({ a: a as never, b: b as never, bias: bias!, activation }),
    },
  ),
);
