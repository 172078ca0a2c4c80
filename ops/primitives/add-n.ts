import { integers, type OpDoc, sample, uniform } from '../../engine/index.ts';

export { AddN, addN } from '../../engine/index.ts';

export const doc: OpDoc = {
  summary: 'Sum of several values of one type.',
  forward: 'y = \\sum_k x_k',
  gradient: { inputs: '\\bar y' },
  source: 'CSE473, sum rule (5.47)',
};
export const samples = () => [
  sample({ inputs: [uniform(['$n', 3]), uniform(['$n', 3]), uniform(['$n', 3])] }),
  sample({ inputs: [uniform([]), uniform([])] }, { note: 'scalars' }),
  sample({ inputs: [uniform([0, 2]), uniform([0, 2])] }, { note: 'zero elements' }),
  sample({ inputs: Array.from({ length: 20 }, () => uniform([2])) }, { note: 'many' }),
  sample({ inputs: [integers([3], -5, 5), integers([3], -5, 5)] }, { notDifferentiable: 'integers' }),
];
