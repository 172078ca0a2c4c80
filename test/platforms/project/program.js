// What every platform runs: 20 steps of training on the default backend, and where the lines are that made some of its nodes.
import { compile, Graph, map } from 'retrograph';
import { glorotUniform } from 'retrograph/initializers';
import { dense } from 'retrograph/layers';
import { add, losses, matMul, relu, square, tanh } from 'retrograph/ops';
import { adam } from 'retrograph/optimizers';

const SIDE = 4;
const FEEDS = {
  x: [
    [0, 1, 2, 3],
    [1, 0, 1, 0],
    [2, 2, 0, 1],
    [3, 1, 1, 2],
  ],
  y: [[1], [0], [1], [0]],
};

function siteOfRefusal(g) {
  try {
    matMul(g.placeholder('a', ['$n', 3]), g.placeholder('b', [4, 2])); // @refusal
  } catch (e) {
    return { name: e.name, message: e.message, site: e.site };
  }
}

/** @param make `compile`, or `createWorkerProgram` */
export async function run(make = compile, options = {}) {
  const g = new Graph();
  const x = g.placeholder('x', ['$n', SIDE]); // @placeholder
  const y = g.placeholder('y', ['$n', 1]);
  const kernel = g.variable('kernel', [SIDE, 8], glorotUniform({ seed: 1 })); // @variable
  const hidden = tanh(add(matMul(x, kernel), 0.1)); // @op
  let inMap;
  const mapped = map(hidden, (row) => {
    inMap = square(row); // @map
    return inMap;
  });
  const logits = dense(relu(mapped), { units: 1, kernelInitializer: glorotUniform({ seed: 2 }) }); // @layer
  const loss = losses.sigmoidCrossEntropy(y, logits); // @loss
  const program = await make({ loss }, { ...options, updates: adam({ learningRate: 0.05 }).minimize(loss) });
  const history = [];
  for (let i = 0; i < 20; i++) history.push((await program.run(FEEDS)).loss.item());
  program.dispose();
  return {
    losses: history,
    refusal: siteOfRefusal(g),
    sites: {
      placeholder: x.node.site,
      variable: kernel.node.site,
      op: hidden.node.site,
      map: inMap.node.site,
      layer: logits.node.site,
      loss: loss.node.site,
    },
  };
}
