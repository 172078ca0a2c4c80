/**
 * The notes' networks. One sample, column vectors: W is out x in, f = W h + b. The loss is half the squared error, or
 * -log p of the right class: softmaxCrossEntropy takes its classes along the last axis, so f stands transposed there.
 */
import { Graph, gradients, type Sym } from 'retrograph';
import { glorotUniform, zeros } from 'retrograph/initializers';
import { add, matMul, relu, softmax, transpose } from 'retrograph/ops';
import * as losses from 'retrograph/ops/losses';
import type { Hidden, Loss, Values } from './closed-form.ts';

export interface Network {
  readonly graph: Graph;
  readonly x: Sym;
  readonly y: Sym;
  readonly layers: readonly { readonly W: Sym; readonly b: Sym }[];
  /** h[0] is x. */
  readonly h: readonly Sym[];
  readonly f: Sym;
  readonly p: Sym;
  readonly loss: Sym;
}

export function network(sizes: readonly number[], hidden: Hidden, kind: Loss, seed = 1): Network {
  const graph = new Graph();
  const [input = 1, ...outputs] = sizes;
  const x = graph.placeholder('x', [input, 1]);
  const y = graph.placeholder('y', [outputs.at(-1) ?? 1, 1]);
  const layers = outputs.map((size, i) => ({
    W: graph.variable(`W${i + 1}`, [size, sizes[i]!], glorotUniform({ seed: seed + i })),
    b: graph.variable(`b${i + 1}`, [size, 1], zeros()),
  }));
  const h = [x];
  const affine = (i: number): Sym => add(matMul(layers[i]!.W, h[i]!), layers[i]!.b);
  for (let i = 0; i < layers.length - 1; i++) {
    h.push(graph.name(`h${i + 1}`, hidden === 'relu' ? relu(affine(i)) : affine(i)));
  }
  const f = graph.name('f', affine(layers.length - 1));
  const p = graph.name('p', transpose(softmax(transpose(f))));
  const loss =
    kind === 'halfSquared' ? losses.halfSquaredError(y, f) : losses.softmaxCrossEntropy(transpose(y), transpose(f));
  return { graph, x, y, layers, h, f, p, loss };
}

/** dL/df, and W1, b1, h1, W2, ... by name: everything that the notes differentiate by. */
export function derivatives({ loss, layers, h, f }: Network): Record<string, Sym> {
  const targets: Record<string, Sym> = { f };
  layers.forEach(({ W, b }, i) => {
    targets[`W${i + 1}`] = W;
    targets[`b${i + 1}`] = b;
    if (i > 0) targets[`h${i}`] = h[i]!;
  });
  return gradients(loss, targets);
}

/** What a run of the network is given. */
export const inputs = ({ x, y, layers }: Values) => ({
  feeds: { x, y },
  variables: Object.fromEntries(
    layers.flatMap(({ W, b }, i) => [
      [`W${i + 1}`, W],
      [`b${i + 1}`, b],
    ]),
  ),
});
