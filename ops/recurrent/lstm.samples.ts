/** Inputs of an LSTM cell's rows. */
import { type SampleInput, uniform } from '../sample.ts';

/** Inputs with an unknown batch of `inputs` numbers, for `units` cells. */
export const lstmInputs = (inputs: number, units: number): Readonly<Record<string, SampleInput>> => ({
  kernel: uniform([inputs + units, 4 * units]),
  bias: uniform([4 * units]),
  data: uniform(['$n', inputs]),
  c: uniform(['$n', units]),
  h: uniform(['$n', units]),
});
