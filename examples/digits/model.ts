/**
 * Networks that tell digits apart. Both end in hidden layers with ReLU and a logit for each digit; one has convolutions
 * below them, as in Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, "Gradient-based learning applied to document
 * recognition" (1998), with ReLU and maximum pooling.
 */
import { Graph, type Sym, sizeOf } from 'retrograph';
import { heNormal, zeros } from 'retrograph/initializers';
import { add, conv2d, matMul, maxPool, relu, reshape, softmax } from 'retrograph/ops';
import * as losses from 'retrograph/ops/losses';
import type { Classifier } from '../classifier.ts';
import { DigitsError, IMAGE_SIZE, SIDE } from './data.ts';
import { DEFAULTS, type ModelName, type Settings } from './settings.ts';

export const CLASSES = 10;

const FILTER = 5;
/** Filters of each convolution, from the bottom up. */
const FILTERS: Readonly<Record<ModelName, readonly number[]>> = { mlp: [], cnn: [8, 16] };

/** @throws DigitsError for a model that is not there */
export function defaultsOf(model: string = 'mlp'): Settings {
  if (!Object.hasOwn(DEFAULTS, model))
    throw new DigitsError(`there is no model '${model}'; there are ${Object.keys(DEFAULTS).join(', ')}`);
  return DEFAULTS[model as ModelName];
}

export function makeModel({ model, hidden }: Pick<Settings, 'model' | 'hidden'>): Classifier {
  const graph = new Graph();
  const images = graph.placeholder('images', ['$batch', IMAGE_SIZE]);
  const labels = graph.placeholder('labels', ['$batch', CLASSES]);
  const learningRate = graph.variable('learningRate', [], 0, { trainable: false });
  const parameters: Record<string, Sym> = {};
  const learned: typeof graph.variable = (name, ...type) => {
    parameters[name] = graph.variable(name, ...type);
    return parameters[name];
  };

  /** A convolution, and the largest of each four neighbours: half the side. */
  const convolve = (x: Sym, filters: number, layer: number): Sym => {
    const filter = learned(`F${layer}`, [FILTER, FILTER, x.shape[3]!, filters], heNormal());
    const bias = learned(`c${layer}`, [filters], zeros());
    return graph.name(`pooled${layer}`, maxPool(relu(add(conv2d(x, filter, 1, 'valid'), bias)), 2, 2, 'valid'));
  };
  const dense = (x: Sym, width: number, layer: number): Sym => {
    const W = learned(`W${layer}`, [x.shape[1]!, width], heNormal());
    return add(matMul(x, W), learned(`b${layer}`, [width], zeros()));
  };

  const filters = FILTERS[model];
  const features =
    filters.length === 0
      ? images
      : flat(filters.reduce((x, n, i) => convolve(x, n, i + 1), reshape(images, [images.shape[0]!, SIDE, SIDE, 1])));
  const top = hidden.reduce((x, width, i) => graph.name(`h${i + 1}`, relu(dense(x, width, i + 1))), features);
  const logits = graph.name('logits', dense(top, CLASSES, hidden.length + 1));
  return {
    graph,
    probabilities: graph.name('probabilities', softmax(logits)),
    loss: graph.name('loss', losses.softmaxCrossEntropy(labels, logits)),
    parameters,
    learningRate,
  };
}

const flat = (x: Sym): Sym => reshape(x, [x.shape[0]!, sizeOf(x.shape.slice(1) as number[])]);

/** 'a multilayer perceptron, 784-128-64-10' */
export function describe({ model, hidden }: Pick<Settings, 'model' | 'hidden'>): string {
  const widths = [...hidden, CLASSES];
  if (model === 'mlp') return `a multilayer perceptron, ${[IMAGE_SIZE, ...widths].join('-')}`;
  const filters = FILTERS[model].join(' and ');
  return `a convolutional network, ${filters} filters of ${FILTER}x${FILTER}, each with ReLU and 2x2 maximum pooling, then dense ${widths.join('-')}`;
}
