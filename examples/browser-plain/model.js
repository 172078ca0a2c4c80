/** The network, and the two programs that train and look at it: compiled here, run in a worker. */
import { Graph } from 'retrograph';
import { dense } from 'retrograph/layers';
import { cast, equal, greater, losses, mean, sigmoid, tanh } from 'retrograph/ops';
import { adam } from 'retrograph/optimizers';
import { createWorkerProgram } from 'retrograph/worker';
import { generator, SIZE } from './datasets.js';

export const BATCH = 32;
/** Predictions are made on a grid of GRID x GRID points. */
export const GRID = 60;

/** The centres of the grid's cells, row by row from the top. */
const gridPoints = Float32Array.from({ length: 2 * GRID * GRID }, (_, i) => {
  const cell = i >> 1;
  const at = i % 2 === 0 ? cell % GRID : GRID - 1 - Math.floor(cell / GRID);
  return (2 * (at + 0.5)) / GRID - 1;
});

/**
 * @typedef {object} View what the network makes of the data and of the square
 * @property {number} loss
 * @property {number} accuracy
 * @property {ArrayLike<number>} grid the probability of class 1 at each point of the grid
 */

/**
 * @typedef {object} Place where a model runs
 * @property {string} backend
 * @property {() => Worker} worker
 */

/** Two hidden layers; the graph is the same on every backend, and so are its variables. */
class Network {
  /** @param {number} hidden */
  constructor(hidden) {
    const g = new Graph();
    const x = g.placeholder('x', [BATCH, 2]);
    const y = g.placeholder('y', [BATCH, 1]);
    const rate = g.placeholder('rate', []); // fed at each step, so that it can change while training
    /** @param {import('retrograph').Sym} input */
    const logits = (input) => {
      const h1 = dense(input, { units: hidden, activation: tanh, name: 'hidden1', share: true });
      const h2 = dense(h1, { units: hidden, activation: tanh, name: 'hidden2', share: true });
      return dense(h2, { units: 1, name: 'top', share: true });
    };
    this.updates = adam({ learningRate: rate }).minimize(losses.sigmoidCrossEntropy(y, logits(x)));

    const points = g.placeholder('points', [SIZE, 2]);
    const labels = g.placeholder('labels', [SIZE, 1]);
    const z = logits(points);
    this.view = {
      loss: losses.sigmoidCrossEntropy(labels, z),
      accuracy: mean(cast(equal(greater(z, 0), greater(labels, 0.5)), 'float32')),
      grid: sigmoid(logits(g.placeholder('grid', [GRID * GRID, 2]))),
    };
  }
}

/** A network on one backend. */
export class Model {
  #step;
  #look;
  #random = generator(2);

  /**
   * @param {import('retrograph').Program} step
   * @param {import('retrograph').Program<Network['view']>} look
   */
  constructor(step, look) {
    this.#step = step;
    this.#look = look;
  }

  /**
   * Starts a worker, compiles for its backend, and gives it the weights of `bytes`, or first ones.
   * @param {number} hidden units of each hidden layer
   * @param {Place} place
   * @param {Uint8Array} [bytes] what `save` gave
   * @throws BackendError where the backend is not available
   */
  static async open(hidden, place, bytes) {
    const network = new Network(hidden);
    const step = await createWorkerProgram({}, { ...place, updates: network.updates, seed: 1 });
    try {
      await task(); // each compilation is a task of its own, and the page can do others in between
      const look = await createWorkerProgram(network.view, { variables: step.variables });
      if (bytes !== undefined) await step.variables.fromBytes(bytes);
      return new Model(step, look);
    } catch (error) {
      step.dispose();
      throw error;
    }
  }

  /**
   * One step on a batch drawn from the data.
   * @param {import('./datasets.js').DataSet} data
   * @param {number} rate the learning rate
   */
  async train({ points, labels }, rate) {
    const x = new Float32Array(2 * BATCH);
    const y = new Float32Array(BATCH);
    for (let i = 0; i < BATCH; i++) {
      const drawn = Math.floor(this.#random() * SIZE);
      x.set(points.subarray(2 * drawn, 2 * drawn + 2), 2 * i);
      y[i] = labels[drawn];
    }
    await this.#step.run({ x, y, rate });
  }

  /**
   * @param {import('./datasets.js').DataSet} data
   * @returns {Promise<View>}
   */
  async look({ points, labels }) {
    const { loss, accuracy, grid } = await this.#look.run({ points, labels, grid: gridPoints });
    return { loss: loss.item(), accuracy: accuracy.item(), grid: grid.data };
  }

  /** All weights, and the optimizer's state. */
  save() {
    return this.#step.variables.toBytes();
  }

  /** @param {Uint8Array} bytes what `save` gave */
  load(bytes) {
    return this.#step.variables.fromBytes(bytes);
  }

  /** Ends the worker. */
  dispose() {
    this.#look.dispose();
    this.#step.dispose();
  }
}

/** Resolves in a task of its own. */
const task = () => new Promise((resolve) => setTimeout(resolve));
