/**
 * Three layers in the right form, for an f of several entries, columns: d3 = dL/df, d2 = 1(h2 > 0) ⊙ W3ᵀ d3,
 * d1 = 1(h1 > 0) ⊙ W2ᵀ d2, and then dL/dW_i = d_i h_{i-1}ᵀ, dL/db_i = d_i. Once with d3 = f - y, half the squared
 * error; and once with d3 = p - y, the classification that the notes leave to the reader after (31).
 */
import { evaluate, type Result, type RunOptions, result } from '../example.ts';
import { softmax, sub } from '../matrix.ts';
import { backward, forward, type Loss, lossOf, numeric, values } from './closed-form.ts';
import { derivatives, inputs, network } from './network.ts';

const SIZES = [2, 4, 5, 3];

export async function rows(options: RunOptions): Promise<readonly Result[]> {
  return [...(await of('halfSquared', options)), ...(await of('softmax', options, 2))];
}

async function of(loss: Loss, options: RunOptions, label?: number): Promise<readonly Result[]> {
  const v = values(SIZES, options.seed, label);
  const net = network(SIZES, 'relu', loss);
  const out = await evaluate({ f: net.f, loss: net.loss, by: derivatives(net) }, inputs(v), options);
  const { f } = forward(v, 'relu');
  const d = backward(v, 'relu', loss);
  const id = loss === 'softmax' ? '3 layers, softmax (ours)' : '3 layers, f a vector';
  const d3 = loss === 'softmax' ? 'p − 1(y)' : 'f − y';
  const lines = [
    { d: `d3 = ${d3}`, h: 'W3ᵀ d3' },
    { d: 'd2 = 1(h2 > 0) ⊙ W3ᵀ d3', h: 'W2ᵀ d2' },
    { d: 'd1 = 1(h1 > 0) ⊙ W2ᵀ d2', h: '' },
  ];
  return [
    result(id, 'f = W3 h2 + b3, h2 = ReLU(W2 h1 + b2), h1 = ReLU(W1 x + b1)', out.f, f),
    result(
      id,
      loss === 'softmax' ? 'L = −log p(y|x), p = Softmax(f)' : 'L = ½‖y − f‖²',
      out.loss,
      lossOf(f, v.y, loss),
    ),
    result(id, `∂L/∂f = d3 = ${d3}`, out.by.f, sub(loss === 'softmax' ? softmax(f) : f, v.y)),
    ...[3, 2, 1].flatMap((i) => {
      const line = d.layers[i - 1]!;
      const text = lines[3 - i]!;
      const checked = (name: 'W' | 'b') => ({ differences: numeric(v, 'relu', loss, i - 1, name) });
      return [
        result(id, `∂L/∂b${i} = ${text.d}`, out.by[`b${i}`], line.b, checked('b')),
        result(id, `∂L/∂W${i} = d${i} ${i === 1 ? 'x' : `h${i - 1}`}ᵀ`, out.by[`W${i}`], line.W, checked('W')),
        ...(i > 1 ? [result(id, `∂L/∂h${i - 1} = ${text.h}`, out.by[`h${i - 1}`], line.h)] : []),
      ];
    }),
  ];
}
