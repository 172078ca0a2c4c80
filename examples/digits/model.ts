/** A multilayer perceptron: hidden layers with ReLU, then a logit for each digit. */
import { Graph, type Sym } from 'retrograph';
import { heNormal, zeros } from 'retrograph/initializers';
import { add, losses, matMul, relu, softmax } from 'retrograph/ops';
import { IMAGE_SIZE } from './data.ts';

export const CLASSES = 10;

export interface Model {
  readonly graph: Graph;
  readonly probabilities: Sym;
  readonly loss: Sym;
  /** Weights and biases, by name. */
  readonly parameters: Readonly<Record<string, Sym>>;
  /** A variable too, so that it can change from step to step without anything being compiled anew. */
  readonly learningRate: Sym;
}

/** @param hidden the widths of the hidden layers, from the bottom up */
export function makeModel(hidden: readonly number[]): Model {
  const graph = new Graph();
  const images = graph.placeholder('images', ['$batch', IMAGE_SIZE]);
  const labels = graph.placeholder('labels', ['$batch', CLASSES]);
  const learningRate = graph.variable('learningRate', [], 0, { trainable: false });
  const parameters: Record<string, Sym> = {};

  const dense = (x: Sym, layer: number, width: number): Sym => {
    const W = graph.variable(`W${layer}`, [x.shape[1]!, width], heNormal());
    const b = graph.variable(`b${layer}`, [width], zeros());
    Object.assign(parameters, { [`W${layer}`]: W, [`b${layer}`]: b });
    return add(matMul(x, W), b);
  };

  const top = hidden.reduce((x, width, i) => graph.name(`h${i + 1}`, relu(dense(x, i + 1, width))), images);
  const logits = graph.name('logits', dense(top, hidden.length + 1, CLASSES));
  return {
    graph,
    probabilities: graph.name('probabilities', softmax(logits)),
    loss: graph.name('loss', losses.softmaxCrossEntropy(labels, logits)),
    parameters,
    learningRate,
  };
}
