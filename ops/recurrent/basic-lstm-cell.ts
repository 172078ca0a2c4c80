import { lift, type OpDoc, ShapeError, type Sym, type SymLike } from '../../engine/index.ts';
import { sigmoid } from '../activation/sigmoid.ts';
import { add } from '../elementwise/add.ts';
import { mul } from '../elementwise/multiply.ts';
import { tanh } from '../elementwise/tanh.ts';
import { matMul } from '../matrix/mat-mul.ts';
import { concat } from '../shape/concat.ts';
import { split } from '../shape/split.ts';

/**
 * The next state of an LSTM cell: the new c, and the new h, which is its output.
 * @param forgetBias added to the forget gate before its sigmoid
 * @param lstmKernel [inputs + units, 4 units]: the columns of input gate, new input, forget gate and output gate
 * @param lstmBias [4 units]
 * @param data [batch, inputs]
 * @param c [batch, units], the cell's memory
 * @param h [batch, units], the cell's previous output
 * @throws ShapeError
 */
export function basicLSTMCell(
  forgetBias: SymLike,
  lstmKernel: SymLike,
  lstmBias: SymLike,
  data: SymLike,
  c: SymLike,
  h: SymLike,
): readonly [c: Sym, h: Sym] {
  const [input, memory, output] = [lift(data), lift(c), lift(h)];
  for (const [name, { rank }] of Object.entries({ data: input, c: memory, h: output }))
    if (rank !== 2) throw new ShapeError(`basicLSTMCell: ${name} has rank ${rank}, not 2`);
  const gates = add(matMul(concat([input, output], 1), lift(lstmKernel)), lstmBias);
  const [i, j, f, o] = split(gates, 4, 1);
  const newC = add(mul(sigmoid(i!), tanh(j!)), mul(memory, sigmoid(add(forgetBias, f!))));
  return [newC, mul(tanh(newC), sigmoid(o!))];
}

export const doc: OpDoc = {
  summary: 'One step of a long short-term memory.',
  forward:
    "c' = \\sigma(i) \\tanh(j) + c \\, \\sigma(f + b), \\; h' = \\sigma(o) \\tanh(c'), \\; [i \\; j \\; f \\; o] = [x \\; h] W + b_0",
  gradient: { data: '\\text{by its parts}' },
  source:
    'Hochreiter, Schmidhuber, "Long short-term memory" (1997); Gers, Schmidhuber, Cummins (2000), for the forget gate',
};
