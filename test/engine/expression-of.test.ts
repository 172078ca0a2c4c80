/** What one element is computed by, as it follows from an op's definition. */
import { expect } from 'chai';
import { defineComposite, expressionOf, Graph, type Scalar, type Sym, scalar } from '../../engine/index.ts';
import { linearizeScalar } from '../../engine/scalar/expression.ts';
import {
  add,
  cast,
  div,
  fill,
  gelu,
  Identity,
  mul,
  randomUniform,
  silu,
  softmax,
  square,
  sum,
} from '../../ops/index.ts';

const { input } = scalar;
const x = input(0);

/** Equal expressions have equal linear forms. */
const linear = (expr: Scalar | undefined) => expr && linearizeScalar([expr]);
const expectExpression = ({ node }: Sym, expected: Scalar | undefined): void => {
  expect(linear(expressionOf(node))).to.deep.equal(linear(expected));
};

const Quartic = defineComposite({
  name: 'Quartic',
  inputs: ['x', 'y'],
  infer: ({ x }) => [x],
  lowering: [{ kind: 'composite', expand: ({ x, y }) => mul(square(square(x)), silu(y)) }],
  traits: { elementwise: true },
});
const Opaque = defineComposite({
  name: 'Opaque',
  inputs: ['x'],
  infer: ({ x }) => [x],
  lowering: [{ kind: 'composite', expand: ({ x }) => add(x, Identity.node({ x })) }],
  traits: { elementwise: true },
});

describe('the expression of a node', () => {
  const g = new Graph();
  const a = g.placeholder('a', ['$n', 3]);
  const b = g.placeholder('b', [3]);
  const i = g.placeholder('i', [3], 'int32');

  it('is what its op gives, of the types of its inputs', () => {
    expectExpression(add(a, b), scalar.add(x, input(1)));
    expectExpression(add(i, i), scalar.add(input(0, 'i32'), input(1, 'i32')));
    expectExpression(cast(i, 'bool'), scalar.cast(input(0, 'i32'), 'bool'));
    expectExpression(fill([2], 1, 'bool'), scalar.constant(true));
  });

  it('is made of those of its composite', () => {
    expectExpression(silu(a), scalar.mul(x, scalar.sigmoid(x)));
    const cdf = scalar.mul(0.5, scalar.add(1, scalar.erf(scalar.mul(x, Math.SQRT1_2))));
    expectExpression(gelu(a), scalar.mul(x, cdf));
    const y = input(1);
    const power = scalar.square(scalar.square(x));
    expectExpression(Quartic.node({ x: a, y: b }), scalar.mul(power, scalar.mul(y, scalar.sigmoid(y))));
  });

  it('of a draw is one of its bits', () => {
    const draw = add(b, randomUniform([3])).node.inputs[1]!;
    const { nodes } = linearizeScalar([expressionOf(draw.node)!]);
    const inputs = nodes.filter(({ op }) => op === 'input');
    expect(inputs.map(({ type }) => type)).to.deep.equal(['u32']);
  });

  it('is none where an op does not compute element by element or has none, or of complex numbers', () => {
    for (const y of [sum(a), softmax(a), Opaque.node({ x: a })]) expect(expressionOf(y.node)).to.equal(undefined);
    const z = g.placeholder('z', [3], 'complex64');
    for (const y of [add(z, z), div(z, z), cast(z, 'float32')]) expect(expressionOf(y.node)).to.equal(undefined);
  });
});
