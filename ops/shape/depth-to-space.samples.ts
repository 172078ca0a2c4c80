import { bools, integers, type Sample, sample, uniform } from '../sample.ts';

const tfGradIsWrong = 'it has none';
/** Channels first, by transposing: tfjs's cpu backend has a kernel for channels last only. */
const channelsFirst = (blockSize: number) => ({
  attrs: { blockSize, dataFormat: 'NCHW' },
  reference: ((tf, [x]) =>
    tf.transpose(tf.depthToSpace(tf.transpose(x!, [0, 2, 3, 1]) as never, blockSize), [0, 3, 1, 2])) as NonNullable<
    Parameters<typeof sample>[1]
  >['reference'],
  tfjs: 'kernel' as const,
  tfGradIsWrong,
});
export const samples: readonly Sample[] = [
  sample({ x: uniform(['$n', 2, 3, 4]) }, { attrs: { blockSize: 2 }, tfGradIsWrong }),
  sample({ x: uniform(['$n', '$h', '$w', 8]) }, { attrs: { blockSize: 2 }, tfGradIsWrong, note: 'unknown sizes' }),
  sample({ x: uniform([1, 1, 2, 9]) }, { attrs: { blockSize: 3 }, tfGradIsWrong }),
  sample({ x: uniform(['$n', 4, 3, 2]) }, { ...channelsFirst(2), note: 'channels first' }),
  sample({ x: uniform([1, 18, 1, 2]) }, { ...channelsFirst(3), note: 'channels first' }),
  sample({ x: uniform([0, 2, 2, 4]) }, { attrs: { blockSize: 2 }, tfGradIsWrong, note: 'zero elements' }),
  sample(
    { x: integers([2, 1, 2, 4], -5, 5) },
    { attrs: { blockSize: 2 }, tfjs: 'kernel', notDifferentiable: 'integers' },
  ),
  sample({ x: bools([1, 1, 2, 4]) }, { attrs: { blockSize: 2 }, tfjs: 'kernel', notDifferentiable: 'bools' }),
];
