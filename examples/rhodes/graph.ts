/**
 * Rhodes's network of K layers. Row vectors: a sample is a row, W^[i] is in x out, z^[i] = a^[i-1] W^[i] + b^[i].
 * Every a^[i] and z^[i] is kept, since the notes differentiate by each of them.
 */
import { Graph, gradients, type Sym } from 'retrograph';
import { glorotUniform, zeros } from 'retrograph/initializers';
import { add, matMul, sigmoid, tanh } from 'retrograph/ops';
import * as losses from 'retrograph/ops/losses';
import { activation, width } from './closed-form.ts';

export interface LayerSyms {
  /** a^[i-1], what the layer reads. */
  readonly aIn: Sym;
  readonly W: Sym;
  readonly b: Sym;
  readonly z: Sym;
  readonly a: Sym;
}

export interface Network {
  readonly graph: Graph;
  readonly layers: readonly LayerSyms[];
  readonly yhat: Sym;
  readonly loss: Sym;
}

export function network(K: number, batch: number | string = '$batch', seed = 1): Network {
  const graph = new Graph();
  const x = graph.placeholder('x', [batch, width(0, K)]);
  const y = graph.placeholder('y', [batch, width(K, K)]);
  const layers: LayerSyms[] = [];
  let a = x;
  for (let i = 1; i <= K; i++) {
    const aIn = a;
    const W = graph.variable(`W${i}`, [width(i - 1, K), width(i, K)], glorotUniform({ seed: seed + i }));
    const b = graph.variable(`b${i}`, [1, width(i, K)], zeros());
    const z = graph.name(`z${i}`, add(matMul(aIn, W), b));
    a = graph.name(`a${i}`, activation(i, K) === 'tanh' ? tanh(z) : sigmoid(z));
    layers.push({ aIn, W, b, z, a });
  }
  return { graph, layers, yhat: a, loss: losses.halfSquaredError(y, a) };
}

/** dL/da, dL/dz, dL/dW and dL/db of every layer, from the last to the first, as in the notes' list. */
export function backToFront({ loss, layers }: Network): Record<string, Sym> {
  const lines: Record<string, Sym> = {};
  for (let i = layers.length; i >= 1; i--) {
    const { a, z, W, b } = layers[i - 1]!;
    Object.assign(lines, { [`a${i}`]: a, [`z${i}`]: z, [`W${i}`]: W, [`b${i}`]: b });
  }
  return gradients(loss, lines);
}
