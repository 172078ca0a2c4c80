/** Constants that a user makes are things to differentiate by, each by itself: wherever they go. */
import { expect } from 'chai';
import { cpu } from '../../backends/cpu/module.ts';
import { compile, Graph, gradients, map, type Sym } from '../../index.node.ts';
import { catalogue } from '../../ops/catalogue.ts';
import { add, eye, fill, mul, ones, scalar, sum, tensor } from '../../ops/index.ts';

/** y = sum(3 a b), of equal operands. */
const product = (a: Sym, b: Sym): Sym => sum(mul(mul(a, b), 3));
const ops = catalogue.flatMap(({ op }) => (op === undefined ? [] : [op]));

async function slopes(y: Sym, xs: Readonly<Record<string, Sym>>): Promise<Record<string, number[]>> {
  const program = await compile(gradients(y, xs), { backend: cpu });
  try {
    return Object.fromEntries(Object.entries(await program.run()).map(([name, { data }]) => [name, [...data]]));
  } finally {
    program.dispose();
  }
}

describe('two equal constants', () => {
  const g = new Graph();
  const MADE: Readonly<Record<string, () => Sym>> = {
    'of a graph': () => g.constant([2, 2]),
    'of a graph, each one number for all': () => g.constant(2, 'float32', [2]),
    'of none': () => tensor([2, 2]),
    'of one number for all': () => fill([2], 2),
    'that are scalars': () => scalar(2),
    'of ones': () => ones([2]),
    'made of other constants': () => eye(2),
  };
  for (const [what, make] of Object.entries(MADE))
    it(`${what} have a gradient each`, async () => {
      const [a, b] = [make(), make()];
      const program = await compile({ a }, { backend: cpu });
      const expected = [...(await program.run()).a.data].map((v) => 3 * v);
      program.dispose();
      expect(await slopes(product(a, b), { a, b })).to.deep.equal({ a: expected, b: expected });
    });

  it('are two in a document, too', async () => {
    const own = new Graph();
    const [a, b] = [own.name('a', own.constant([2])), own.name('b', own.constant([2]))];
    const document: unknown = JSON.parse(JSON.stringify(own.toJSON({ y: product(a, b), a, b })));
    const { outputs } = Graph.fromJSON(document, { ops });
    expect(await slopes(outputs.y!, { a: outputs.a!, b: outputs.b! })).to.deep.equal({ a: [6], b: [6] });
  });

  it('have nothing of an equal literal, nor of what the gradient makes', async () => {
    const a = g.constant([3]);
    expect(await slopes(sum(mul(mul(a, a), [3])), { a })).to.deep.equal({ a: [18] });
  });
});

describe('a constant', () => {
  it('that the body of a map uses has the gradient of that use', async () => {
    const g = new Graph();
    const [a, x] = [g.constant([2]), g.constant([[3], [4]])];
    expect(await slopes(add(sum(a), sum(map(x, (e) => mul(e, a)))), { a })).to.deep.equal({ a: [8] });
  });
});
