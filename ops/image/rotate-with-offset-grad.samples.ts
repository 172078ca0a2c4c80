import { type Sample, sample, uniform } from '../sample.ts';

const options = { reference: null, note: 'tfjs has no gradient' } as const;
export const samples: readonly Sample[] = [
  sample({ dy: uniform(['$n', 4, 4, 2]) }, { ...options, attrs: { radians: 0.7, center: [0.5, 0.5] } }),
  sample({ dy: uniform(['$n', '$h', '$w', 1]) }, { ...options, attrs: { radians: 2.1, center: [0.5, 0.5] } }),
  sample({ dy: uniform([1, 4, 5, 1]) }, { ...options, attrs: { radians: Math.PI / 6, center: [0, 0] } }),
];
