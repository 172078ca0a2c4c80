/**
 * A vector for each n-gram, their mean for a word, and a softmax of it: A. Joulin, E. Grave, P. Bojanowski, T. Mikolov,
 * "Bag of Tricks for Efficient Text Classification" (2016), with letters for their words.
 */
import { Graph } from 'retrograph';
import { glorotUniform, randomUniform, zeros } from 'retrograph/initializers';
import { add, cast, div, expandDims, gather, matMul, mul, notEqual, softmax, sum } from 'retrograph/ops';
import * as losses from 'retrograph/ops/losses';
import type { Classifier } from '../classifier.ts';
import { LANGUAGES } from './data.ts';
import { BUCKETS, LENGTH, PADDING } from './ngrams.ts';

const WIDTH = 16;

export function makeModel(): Classifier {
  const graph = new Graph();
  const ngrams = graph.placeholder('ngrams', ['$batch', LENGTH], 'int32');
  const labels = graph.placeholder('labels', ['$batch', LANGUAGES.length]);
  const learningRate = graph.variable('learningRate', [], 0, { trainable: false });
  const embeddings = graph.variable('embeddings', [BUCKETS, WIDTH], randomUniform({ minval: -0.05, maxval: 0.05 }));
  const W = graph.variable('W', [WIDTH, LANGUAGES.length], glorotUniform());
  const b = graph.variable('b', [LANGUAGES.length], zeros());

  const mask = graph.name('mask', cast(notEqual(ngrams, PADDING), 'float32'));
  const total = sum(mul(gather(embeddings, ngrams), expandDims(mask, 2)), 1);
  const word = graph.name('word', div(total, sum(mask, 1, true)));
  const logits = graph.name('logits', add(matMul(word, W), b));
  return {
    graph,
    probabilities: graph.name('probabilities', softmax(logits)),
    loss: graph.name('loss', losses.softmaxCrossEntropy(labels, logits)),
    parameters: { embeddings, W, b },
    learningRate,
  };
}

export const NETWORK = `the mean of ${WIDTH}-wide embeddings of n-grams in ${BUCKETS.toLocaleString('en')} buckets, and a softmax`;
