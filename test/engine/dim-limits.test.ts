/** Dims of hostile texts: a typed error beyond a stated number of terms, soon and in little memory. */
import { expect } from 'chai';
import { customGradient, DimError, dim, Graph, GraphError, map, parseDim } from '../../engine/index.ts';
import { add } from '../../ops/index.ts';

const names = (count: number): readonly string[] => Array.from({ length: count }, (_, i) => `$limit${i}`);

describe('a dim of more than 1000 terms and factors', () => {
  const texts: Readonly<Record<string, (count: number) => string>> = {
    sum: (count) => names(count).join(' + '),
    product: (count) => names(count).join(' * '),
    min: (count) => `min(${names(count).join(', ')})`,
    'sum of calls': (count) =>
      names(count)
        .map((name) => `floorDiv(${name}, 2)`)
        .join(' + '),
    'nested sums': (count) => `floorDiv(${names(count).join(' + ')}, 2) * 3`,
  };
  for (const [name, text] of Object.entries(texts)) {
    it(`is refused: a ${name} of 5,000`, () => {
      const before = process.memoryUsage().heapUsed;
      expect(() => parseDim(text(5000))).to.throw(
        DimError,
        /a dim of more than (1000 terms and factors|64 alternatives)/,
      );
      expect(process.memoryUsage().heapUsed - before).to.be.lessThan(100e6);
    });
  }

  it('is refused where it is computed, and one below is not', () => {
    const grown = (count: number) => names(count).reduce((sum, name) => dim.add(sum, name), dim.mul('$limit0', 1));
    expect(String(parseDim(String(grown(100))))).to.equal(String(grown(100)));
    expect(() => grown(2000)).to.throw(DimError, 'more than 1000');
  });
});

describe('an async function', () => {
  it('is refused by scope, map and customGradient: nodes built after an await would not belong to it', async () => {
    const g = new Graph();
    const x = g.placeholder('x', [2]);
    const later = async () => {
      await Promise.resolve();
      throw new Error('dropped');
    };
    expect(() => g.scope('a', later)).to.throw(GraphError, "scope 'a': the function is async");
    expect(() => map(x, later as never)).to.throw(GraphError, 'the function is async');
    expect(() => customGradient(later as never, [() => undefined])(x)).to.throw(GraphError, 'the function is async');
    const rule = customGradient((v) => add(v, 1), [later as never]);
    expect(() => rule(x)).to.throw(GraphError, 'rule 0: the function is async');
    expect(g.placeholder('b', [1]).label).to.equal('b');
    await new Promise((resolve) => setTimeout(resolve, 5));
  });
});
