/**
 * Cost and problem formulation. Column vectors: theta is D x 1, Y and Yhat are N x 1; the derivative of a number by a
 * column is a row (1 x D), that of a column by a column is N x D. The squared error is halved here, and a total cost is
 * a sum over the samples, not a mean.
 *
 * The notes leave Yhat(theta) open: Yhat = tanh(Phi theta) here, one row of Phi for each sample.
 */
import { Graph, gradients, jacobian } from 'retrograph';
import { matMul, mul, reshape, square, sub, sum, tanh, transpose } from 'retrograph/ops';
import { sgd } from 'retrograph/optimizers';
import { evaluate, misnamed, type Result, type RunOptions, result, slip, step } from '../example.ts';
import {
  differences,
  transpose as flip,
  generator,
  hadamard,
  type Matrix,
  map,
  matmul,
  sub as minus,
  scale,
  total,
  uniform,
} from '../matrix.ts';

const N = 5;
const D = 3;
const ETA = 0.5;

export function graph() {
  const g = new Graph();
  const Phi = g.placeholder('Phi', [N, D]);
  const Y = g.placeholder('Y', [N, 1]);
  const theta = g.variable('theta', [D, 1], 0);
  const Yhat = tanh(matMul(Phi, theta));
  const error = sub(Yhat, Y);
  const costs = mul(0.5, square(error)); // E^r, one for each sample
  const E = sum(costs); // the total cost
  return { graph: g, theta, Yhat, error, costs, E, product: mul(0.5, matMul(error, error, true)) };
}

const forward = (Phi: Matrix, theta: Matrix) => map(matmul(Phi, theta), Math.tanh);
const cost = (Yhat: Matrix, Y: Matrix): number => total(map(minus(Yhat, Y), (e) => e ** 2 / 2));

export async function rows(options: RunOptions): Promise<readonly Result[]> {
  const random = generator(options.seed);
  const [Phi, Y, theta] = [uniform(random, N, D), uniform(random, N, 1), uniform(random, D, 1)];
  const inputs = { feeds: { Phi, Y }, variables: { theta } };
  const { theta: parameters, Yhat, error, costs, E, product } = graph();
  const byTheta = gradients(E, parameters);
  const jacobianOf = reshape(jacobian(Yhat, parameters), [N, D]);
  const chained = matMul(error, jacobianOf, true);
  const descent = sub(parameters, mul(ETA, transpose(chained)));
  const out = await evaluate(
    {
      costs,
      E,
      product,
      byTheta,
      jacobianOf,
      chained,
      descent,
      eachCost: reshape(jacobian(costs, parameters), [N, D]),
      printedStep: sub(parameters, mul(ETA, chained)),
    },
    inputs,
    options,
  );
  const stepped = await step(sgd({ learningRate: ETA }).minimize(E), inputs, options);

  const Yhats = forward(Phi, theta);
  const errors = minus(Yhats, Y);
  const YhatByTheta = hadamard(
    map(Yhats, (y) => 1 - y ** 2),
    Phi,
  );
  const gradient = matmul(flip(errors), YhatByTheta);
  const right = minus(theta, scale(ETA, flip(gradient)));
  const each = hadamard(errors, YhatByTheta);
  const E64 = cost(Yhats, Y);
  const numeric = flip(differences((t) => cost(forward(Phi, t), Y), theta));
  return [
    result(
      'cost',
      'Eʳ(θ) of each sample',
      out.costs,
      map(errors, (e) => e ** 2 / 2),
    ),
    result('total cost', 'E(θ) = Σ_r Eʳ(θ)', out.E, E64, {
      slip: misnamed('Σ_{r=1}^R, and N pairs in D', 'R and N are the same count'),
    }),
    result('total cost', '∂E/∂θ = Σ_r ∂Eʳ/∂θ; here each term', out.eachCost, each),
    result('E', 'E(θ) = ½ ‖Ŷ(θ) − Y‖²', out.E, E64),
    result('E', 'E(θ) = ½ (Ŷ(θ) − Y)ᵀ (Ŷ(θ) − Y)', out.product, [[E64]]),
    result('∂Ŷ/∂θ', 'the Jacobian, N x D', out.jacobianOf, YhatByTheta),
    result('∂E/∂θ', '∂E/∂θ = (Ŷ(θ) − Y)ᵀ ∂Ŷ/∂θ, a row', out.chained, gradient, { differences: numeric }),
    result('∂E/∂θ', 'the same, differentiated at once: a column, as θ is', out.byTheta, flip(gradient), {
      differences: flip(numeric),
    }),
    result('gradient descent', 'θ(t+1) = θ(t) − η (∂E/∂θ)ᵀ', out.descent, right, {
      slip: slip('θ(t+1) = θ(t) − η ∂E/∂θ', () => out.printedStep, right),
    }),
    result('gradient descent', 'the same, as one step of sgd', stepped.theta!, right),
  ];
}
