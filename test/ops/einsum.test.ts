/** Einstein sums of random equations, against loops over all indices; and equations that are refused. */
import { expect } from 'chai';
import fc from 'fast-check';
import { AttributeError, compile, Graph, gradients, ShapeError } from '../../engine/index.ts';
import { einsum, mul, sum } from '../../ops/index.ts';
import { HERE } from '../support/here.ts';
import { caught, expectClose } from '../support/values.ts';

const LETTERS = ['a', 'b', 'C', 'd'] as const;
/** Dims of what an ellipsis stands for. */
const BATCH = [2, 3] as const;

interface Operand {
  /** A letter for each labelled dim, and where an ellipsis stands among them, if one does. */
  readonly letters: readonly string[];
  readonly ellipsis: { readonly at: number; readonly rank: number } | undefined;
  /** Which of its dims are a 1 that is broadcast. */
  readonly ones: readonly boolean[];
}
interface Problem {
  readonly operands: readonly Operand[];
  readonly sizes: Readonly<Record<string, number>>;
  /** Letters whose dims the graph does not know. */
  readonly unknown: readonly string[];
  /** How the letters of the result are chosen and put in order; undefined: no arrow. */
  readonly output: readonly number[] | undefined;
}

const operand: fc.Arbitrary<Operand> = fc.record({
  letters: fc.array(fc.constantFrom(...LETTERS), { maxLength: 3 }),
  ellipsis: fc.option(fc.record({ at: fc.nat(3), rank: fc.nat(2) }), { nil: undefined, freq: 3 }),
  ones: fc.array(
    fc.nat(5).map((n) => n === 0),
    { minLength: 5, maxLength: 5 },
  ),
});
const problem: fc.Arbitrary<Problem> = fc.record({
  operands: fc.array(operand, { minLength: 1, maxLength: 4 }),
  sizes: fc.record(Object.fromEntries(LETTERS.map((l) => [l, fc.integer({ min: 0, max: 3 })]))),
  unknown: fc.subarray([...LETTERS]),
  output: fc.option(fc.array(fc.nat(), { minLength: 5, maxLength: 5 }), { nil: undefined, freq: 4 }),
});

/** The equation, with '.0' and '.1' as labels of what the ellipsis stands for, and the shape of each operand. */
interface Spelled {
  readonly equation: string;
  readonly labels: readonly (readonly string[])[];
  readonly shapes: readonly (readonly number[])[];
  readonly output: readonly string[];
}

function spell({ operands, sizes, output }: Problem): Spelled {
  const sizeOf = (label: string): number => (label.startsWith('.') ? BATCH[Number(label[1])]! : sizes[label]!);
  const labels = operands.map(({ letters, ellipsis }) => {
    if (ellipsis === undefined) return letters;
    const batch = BATCH.map((_, i) => `.${i}`).slice(BATCH.length - ellipsis.rank);
    return [...letters.slice(0, ellipsis.at), ...batch, ...letters.slice(ellipsis.at)];
  });
  const shapes = operands.map(({ ones }, k) =>
    labels[k]!.map((label, i) => {
      const twice = labels[k]!.filter((l) => l === label).length > 1;
      return ones[i] && !twice ? 1 : sizeOf(label);
    }),
  );
  const terms = operands.map(({ letters, ellipsis }) =>
    ellipsis === undefined
      ? letters.join('')
      : `${letters.slice(0, ellipsis.at).join('')}...${letters.slice(ellipsis.at).join('')}`,
  );
  const all = labels.flat();
  const batch = ['.0', '.1'].filter((label) => all.includes(label));
  const letters = [...new Set(all)].filter((label) => !label.startsWith('.'));
  if (output === undefined) {
    const once = letters.filter((label) => all.filter((l) => l === label).length === 1).sort();
    return { equation: terms.join(','), labels, shapes, output: [...batch, ...once] };
  }
  const chosen = letters
    .map((label, i) => ({ label, rank: output[i]! }))
    .filter(({ rank }) => rank % 2 === 0)
    .sort((x, y) => x.rank - y.rank)
    .map(({ label }) => label);
  const dots = operands.some(({ ellipsis }) => ellipsis !== undefined) ? '...' : '';
  const at = chosen.length === 0 ? 0 : output[4]! % (chosen.length + 1);
  return {
    equation: `${terms.join(' , ')} -> ${chosen.slice(0, at).join('')}${dots}${chosen.slice(at).join('')}`,
    labels,
    shapes,
    output: [...chosen.slice(0, at), ...batch, ...chosen.slice(at)],
  };
}

const count = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/** By loops over the indices of all labels: the value, and the gradient of <value, w> by each operand. */
function naive({ labels, shapes, output }: Spelled, data: readonly Float32Array[], weightOf: (i: number) => number) {
  const sizes = new Map<string, number>();
  labels.forEach((own, k) => {
    own.forEach((label, i) => {
      if ((sizes.get(label) ?? 1) === 1) sizes.set(label, shapes[k]![i]!);
    });
  });
  const names = [...sizes.keys()];
  const shape = output.map((label) => sizes.get(label)!);
  const value = new Float64Array(count(shape));
  const gradients = data.map((d) => new Float64Array(d.length));
  const index = new Map<string, number>();
  const place = (own: readonly string[], dims: readonly number[]): number =>
    own.reduce((at, label, i) => at * dims[i]! + (dims[i] === 1 ? 0 : index.get(label)!), 0);
  const visit = (depth: number): void => {
    if (depth < names.length) {
      for (let i = 0; i < sizes.get(names[depth]!)!; i++) {
        index.set(names[depth]!, i);
        visit(depth + 1);
      }
      return;
    }
    const at = place(output, shape);
    const places = labels.map((own, k) => place(own, shapes[k]!));
    const factors = places.map((p, k) => data[k]![p]!);
    value[at]! += factors.reduce((a, b) => a * b, 1);
    places.forEach((p, k) => {
      gradients[k]![p]! += weightOf(at) * factors.reduce((a, b, j) => (j === k ? a : a * b), 1);
    });
  };
  visit(0);
  return { value, gradients, shape };
}

const hostValue = (data: Float32Array, shape: readonly number[]) => ({ data, shape, dtype: 'float32' as const });
const weightOf = (i: number): number => Math.fround(Math.sin(i + 1));
const dataOf = (k: number, size: number): Float32Array =>
  Float32Array.from({ length: size }, (_, i) => Math.cos(3 * k + 1.7 * i));

for (const backend of HERE) {
  describe(`einsum on ${backend.name}`, () => {
    before(() => backend.start());

    it('gives for any equation what loops over all indices give, and so do its gradients', () =>
      fc.assert(
        fc.asyncProperty(problem, async (p) => {
          const spelled = spell(p);
          const data = spelled.shapes.map((shape, k) => dataOf(k, count(shape)));
          const expected = naive(spelled, data, weightOf);

          const g = new Graph();
          const isKnown = (label: string): boolean => label.startsWith('.') || !p.unknown.includes(label);
          const xs = spelled.shapes.map((shape, k) =>
            g.placeholder(
              `x${k}`,
              shape.map((d, i) => {
                const label = spelled.labels[k]![i]!;
                return isKnown(label) || d !== p.sizes[label] || d === 1 ? d : `$${label}`;
              }),
            ),
          );
          const w = g.placeholder('w', expected.shape);
          const y = einsum(spelled.equation, ...xs);
          const byX = gradients(sum(mul(y, w)), Object.fromEntries(xs.map((x, k) => [`d${k}`, x])));
          const before = backend.memory().buffers;
          const program = await compile({ y, ...byX }, { backend });
          const feeds = Object.fromEntries(data.map((d, k) => [`x${k}`, hostValue(d, spelled.shapes[k]!)]));
          const weights = Float32Array.from({ length: count(expected.shape) }, (_, i) => weightOf(i));
          const results = await program.run({ ...feeds, w: hostValue(weights, expected.shape) });
          program.dispose();
          expect(backend.memory().buffers, 'buffers').to.equal(before);

          expect(results.y!.shape).to.deep.equal(expected.shape);
          expectClose(results.y!.data, expected.value);
          expected.gradients.forEach((d, k) => {
            expectClose((results as Record<string, { data: ArrayLike<number> }>)[`d${k}`]!.data, d);
          });
        }),
        { numRuns: 150 },
      ));
  });
}

describe('einsum', () => {
  const of = (equation: string, ...shapes: (number | string)[][]) =>
    caught(() => {
      const g = new Graph();
      einsum(equation, ...shapes.map((shape, k) => g.placeholder(`x${k}`, shape)));
    });

  it('refuses what is no equation, or does not go with its operands', () => {
    expect(of('ij->k', [2, 2]))
      .to.be.instanceOf(AttributeError)
      .with.property('message')
      .that.includes("'k' in the result");
    expect(of('ij->ii', [2, 2])).to.be.instanceOf(AttributeError);
    expect(of('i1->i', [2, 2])).to.be.instanceOf(AttributeError);
    expect(of('i->j->i', [2])).to.be.instanceOf(AttributeError);
    expect(of('i,i->', [2])).to.be.instanceOf(AttributeError);
    expect(of('......->', [2])).to.be.instanceOf(AttributeError);
    expect(of('...i->i', [2, 3])).to.be.instanceOf(AttributeError);
    expect(of('ij->i', [2])).to.be.instanceOf(ShapeError);
    expect(of('ii->i', [2, 3])).to.be.instanceOf(ShapeError);
    expect(of('ij,jk->ik', [2, 3], [4, 2]))
      .to.be.instanceOf(ShapeError)
      .with.property('message')
      .that.includes("the dimensions of 'j'");
    expect(of('i,i->i', ['$a'], ['$b'])).to.be.instanceOf(ShapeError);
  });

  it('is one node, however the equation is written', () => {
    const g = new Graph();
    const [a, b] = [g.placeholder('a', [2, 3]), g.placeholder('b', [3, 2])];
    expect(einsum('ij,jk', a, b)).to.equal(einsum(' ij , jk -> ik ', a, b));
  });
});
