import { expect } from 'chai';
import fc from 'fast-check';
import type { Dim, DimLike } from '../../engine/dim/index.ts';
import {
  compareDims,
  DimExpr,
  dim,
  dimNames,
  evaluateDim,
  exactQuotient,
  formatDim,
  formatShape,
  isStatic,
  parseDim,
  product,
  toDim,
} from '../../engine/dim/index.ts';
import { DimError } from '../../engine/errors.ts';

const text = (d: DimLike): string => formatDim(typeof d === 'string' ? parseDim(d) : toDim(d));

/** Checks that each text on the left has the canonical form on the right. */
function canonicalForms(rows: readonly (readonly [written: string, canonical: string])[]): void {
  for (const [written, canonical] of rows) {
    it(`${written} is ${canonical}`, () => expect(text(written)).to.equal(canonical));
  }
}

describe('dims', () => {
  describe('polynomials', () => {
    canonicalForms([
      ['$b', '$b'],
      ['2 + 3 * 4', '14'],
      ['$b * 4 + 1', '$b * 4 + 1'],
      ['1 + 4 * $b', '$b * 4 + 1'],
      ['($b)', '$b'],
      ['$c * $b', '$b * $c'],
      ['$b + $c - $b', '$c'],
      ['$b - $b', '0'],
      ['0 * $b', '0'],
      ['-$b + 3', '-$b + 3'],
      ['3 - $b * 2', '-$b * 2 + 3'],
      ['--$b', '$b'],
      ['2 * -3', '-6'],
      ['($b + 1) * ($b - 1)', '$b * $b - 1'],
      ['($b + $c) * ($b + $c)', '$b * $b + $b * $c * 2 + $c * $c'],
      ['1 + $b + $b * $b', '$b * $b + $b + 1'],
      ['$b10 + $b9 + $a_1', '$a_1 + $b10 + $b9'],
    ]);
  });

  describe('floorDiv and mod', () => {
    canonicalForms([
      ['floorDiv(7, 2)', '3'],
      ['floorDiv(-7, 2)', '-4'],
      ['floorDiv(7, -2)', '-4'],
      ['mod(7, 2)', '1'],
      ['mod(-7, 2)', '1'],
      ['mod(7, -2)', '-1'],
      ['floorDiv($b * 4, 4)', '$b'],
      ['floorDiv($b * 4 + 1, 4)', '$b'],
      ['floorDiv($b * 4 - 1, 4)', '$b - 1'],
      ['floorDiv($b, 1)', '$b'],
      ['floorDiv($b, -1)', '-$b'],
      ['floorDiv($b * 6 + 3, 4)', '$b + floorDiv($b + 1, 2)'],
      ['floorDiv($h - 3, 2) + 1', 'floorDiv($h + 1, 2) - 1'],
      ['floorDiv($h - 3, 2) + 1 - floorDiv($h - 1, 2)', '0'],
      ['floorDiv(floorDiv($h, 2), 2)', 'floorDiv($h, 4)'],
      ['floorDiv(floorDiv($h + 1, 2) + 1, 3)', 'floorDiv($h + 3, 6)'],
      ['floorDiv(mod($b, 3), 3)', '0'],
      ['floorDiv($b, $b)', '1'],
      ['floorDiv($b * $c, $b)', '$c'],
      ['floorDiv($b, $c)', 'floorDiv($b, $c)'],
      ['floorDiv(0, $b)', '0'],
      ['mod($b * 4 + 1, 4)', '1'],
      ['mod($b * 5 - 1, 4)', 'mod($b + 3, 4)'],
      ['mod($b, 1)', '0'],
      ['mod($b * 2 + 1, 4)', 'mod($b, 2) * 2 + 1'],
      ['mod(mod($b, 2), 4)', 'mod($b, 2)'],
      ['mod(min(max($b, 5), 6), 4)', 'min(6, max($b, 5)) - 4'],
      ['mod($b * $c, $b)', '0'],
      ['mod($b, $c)', 'mod($b, $c)'],
    ]);

    it('refuses to divide by the constant zero', () => {
      for (const written of ['floorDiv($b, 0)', 'mod($b, 0)', 'floorDiv(1, 0)', 'mod(1, 0)', 'mod(1, $b - $b)']) {
        expect(() => parseDim(written), written).to.throw(DimError, 'division by zero');
      }
    });

    it('is exact for the greatest integers', () => {
      const most = Number.MAX_SAFE_INTEGER;
      expect(dim.floorDiv(most, most - 1)).to.equal(1);
      expect(dim.floorDiv(most - 1, most)).to.equal(0);
      expect(dim.floorDiv(-most, most)).to.equal(-1);
    });
  });

  describe('min and max', () => {
    canonicalForms([
      ['min(2, 3)', '2'],
      ['max(2, 3)', '3'],
      ['min($b, $b)', '$b'],
      ['min($b, $b + 1)', '$b'],
      ['max($b, $b + 1)', '$b + 1'],
      ['max($b, 0)', '$b'],
      ['min($b, 0)', '0'],
      ['max($b, -$c)', '$b'],
      ['min($c, $b)', 'min($b, $c)'],
      ['max(max($c, 3), max($b, 5))', 'max($b, $c, 5)'],
      ['max(1, $b, 2, $b - 1)', 'max($b, 2)'],
      ['min($b + $c, $c, $a)', 'min($a, $c)'],
      ['min(mod($b, 4), 3)', 'mod($b, 4)'],
    ]);
  });

  describe('reading', () => {
    it('gives the position of a syntax error', () => {
      const rows: readonly (readonly [string, string])[] = [
        ['', 'found the end at position 0'],
        ['$b +', 'found the end at position 4'],
        ['$b  ? 2', "found '?' at position 4"],
        ['batch', "found 'batch' at position 0"],
        ['$', "found '$' at position 0"],
        ['$1', "found '$' at position 0"],
        ['2 $b', "found '$b' at position 2"],
        ['4b', "found 'b' at position 1"],
        ['1.5', "found '.' at position 1"],
        ['($b', "expected ')', found the end at position 3"],
        ['floorDiv($b)', "expected ',', found ')' at position 11"],
        ['floorDiv($b, 2, 3)', "expected ')', found ',' at position 14"],
        ['toString($b)', "found 'toString' at position 0"],
        ['99999999999999999999', 'expected a safe integer'],
        ['('.repeat(100_000), 'levels'],
      ];
      for (const [written, message] of rows) {
        expect(() => parseDim(written), written.slice(0, 20)).to.throw(DimError, message);
      }
    });

    it('gives one object for one dim', () => {
      expect(parseDim('$b*4+1')).to.equal(parseDim(' 1 + 2 * $b * 2 '));
      expect(parseDim('$b')).to.be.instanceOf(DimExpr);
    });
  });

  describe('toDim', () => {
    it('takes numbers, texts and expressions', () => {
      expect(toDim(5)).to.equal(5);
      expect(toDim(-0))
        .to.equal(0)
        .and.satisfy((n: number) => Object.is(n, 0));
      expect(toDim('2 + 3')).to.equal(5);
      expect(toDim('$b')).to.equal(parseDim('$b'));
      expect(toDim(toDim('$b'))).to.equal(toDim('$b'));
    });

    it('gives a fresh name for null, never one that is in use', () => {
      const first = toDim(null);
      expect(formatDim(first)).to.match(/^\$_\d+$/);
      const read = parseDim(`$_${Number(formatDim(first).slice(2)) + 2}`);
      const dims = [first, read, toDim(null), toDim(null), toDim(null)];
      expect(new Set(dims).size).to.equal(dims.length);
    });

    it('refuses what is no size', () => {
      for (const bad of [-1, 1.5, Number.NaN, Infinity, 2 ** 53, '-1', '2 - 3', undefined as never, {} as never]) {
        expect(() => toDim(bad), String(bad)).to.throw(DimError);
      }
    });
  });

  describe('arithmetic', () => {
    it('takes texts, numbers and negative parts', () => {
      expect(dim.mul('$b', 4)).to.equal(parseDim('$b * 4'));
      expect(dim.add(dim.floorDiv(dim.sub('$h', 3), 2), 1)).to.equal(parseDim('floorDiv($h - 3, 2) + 1'));
      expect(dim.sub(2, 3)).to.equal(-1);
      expect(dim.add(dim.sub(2, 3), '$b')).to.equal(parseDim('$b - 1'));
      expect(dim.mul(0, -1)).to.satisfy((n: number) => Object.is(n, 0));
    });

    it('refuses to be inexact', () => {
      expect(() => dim.mul(2 ** 30, 2 ** 30)).to.throw(DimError, 'safe integer');
      expect(() => dim.mul(dim.mul('$b', 2 ** 30), 2 ** 30)).to.throw(DimError, 'safe integer');
      expect(() => dim.add(0.5, 0.5)).to.throw(DimError, 'safe integer');
    });

    it('multiplies shapes', () => {
      expect(product([])).to.equal(1);
      expect(product([2, 3, 4])).to.equal(24);
      expect(product([toDim('$b'), 2, toDim('$c'), 3])).to.equal(parseDim('$b * $c * 6'));
      expect(product([toDim('$b'), 0])).to.equal(0);
    });
  });

  describe('compareDims', () => {
    const rows: readonly (readonly [string, string, string])[] = [
      ['3', '3', 'equal'],
      ['3', '4', 'different'],
      ['$b', '$b', 'equal'],
      ['$b', '$c', 'different'],
      ['$b', '$b + 1', 'different'],
      ['$b * 2', '$b', 'different'],
      ['$b * $c', '$b', 'different'],
      ['$b', '5', 'undecided'],
      ['$b', '0', 'undecided'],
      ['$b + 3', '2', 'different'],
      ['$b + 3', '3', 'undecided'],
      ['$b * 4', '6', 'different'],
      ['$b * 4 + $c * 6', '3', 'different'],
      ['floorDiv($h, 2)', '$h', 'undecided'],
      ['floorDiv($h, 2)', '5', 'undecided'],
      ['floorDiv($h, 2)', 'floorDiv($w, 2)', 'undecided'],
      ['floorDiv($h, 2)', 'floorDiv($h + 2, 2)', 'different'],
      ['floorDiv($h, 2) * 2', '3', 'different'],
      ['mod($h, 4)', '4', 'different'],
      ['min($b, 4)', '5', 'different'],
      ['max($b, 4)', '5', 'undecided'],
      ['max($b, $c)', 'max($c, $b)', 'equal'],
    ];
    for (const [a, b, expected] of rows) {
      it(`${a} and ${b}: ${expected}`, () => {
        expect(compareDims(parseDim(a), parseDim(b))).to.equal(expected);
        expect(compareDims(parseDim(b), parseDim(a))).to.equal(expected);
      });
    }
  });

  describe('exactQuotient', () => {
    const rows: readonly (readonly [string, string, string | undefined])[] = [
      ['12', '4', '3'],
      ['12', '5', undefined],
      ['12', '0', undefined],
      ['$b', '0', undefined],
      ['0', '$b', '0'],
      ['$b * 4', '4', '$b'],
      ['$b * 4 + 2', '4', undefined],
      ['$b * 4 + 2', '-2', '-$b * 2 - 1'],
      ['$b * $c', '$b', '$c'],
      ['$b', '$b', '1'],
      ['$b', '$c', undefined],
      ['4', '$b', undefined],
      ['$b * $b - 1', '$b + 1', '$b - 1'],
      ['$b * $b + 1', '$b + 1', undefined],
      ['floorDiv($h, 2) * $b * 6', 'floorDiv($h, 2) * 2', '$b * 3'],
    ];
    for (const [a, b, expected] of rows) {
      it(`${a} by ${b}: ${expected}`, () => {
        const quotient = exactQuotient(parseDim(a), parseDim(b));
        expect(quotient === undefined ? undefined : formatDim(quotient)).to.equal(expected);
      });
    }
  });

  describe('evaluateDim', () => {
    it('takes bindings by name', () => {
      expect(evaluateDim(7, {})).to.equal(7);
      expect(evaluateDim(parseDim('floorDiv($h - 3, 2) + 1'), { h: 28 })).to.equal(13);
      expect(evaluateDim(parseDim('$b * $c + max($b, 5)'), { b: 2, c: 3 })).to.equal(11);
    });

    it('names what is not bound, or is bound to no size', () => {
      expect(() => evaluateDim(parseDim('$b + min($rows, 3)'), { b: 1 })).to.throw(DimError, '$rows is not bound');
      // objects have these already
      for (const name of ['$toString', '$__proto__'])
        expect(() => parseDim(name)).to.throw(DimError, `a dim cannot be named '${name}'`);
      for (const bad of [-1, 1.5, Number.NaN, '3' as never]) {
        expect(() => evaluateDim(parseDim('$b'), { b: bad }), String(bad)).to.throw(DimError, '$b must be');
      }
    });

    it('refuses to divide by zero and to be inexact', () => {
      expect(() => evaluateDim(parseDim('floorDiv($b, $c)'), { b: 1, c: 0 })).to.throw(DimError, 'floorDiv($b, $c)');
      expect(() => evaluateDim(parseDim('mod($b, $c)'), { b: 1, c: 0 })).to.throw(DimError, 'mod($b, $c)');
      expect(() => evaluateDim(parseDim('$b * $b'), { b: 2 ** 40 })).to.throw(DimError, 'safe integer');
    });
  });

  describe('shapes', () => {
    it('are printed', () => {
      expect(formatShape([])).to.equal('[]');
      expect(formatShape([toDim('$batch'), 2])).to.equal('[$batch, 2]');
      expect(`${toDim('$batch')}`).to.equal('$batch');
      expect(JSON.stringify([toDim('$batch'), 2])).to.equal('["$batch",2]');
    });

    it('tell whether they are static, and their names', () => {
      expect(isStatic([])).to.equal(true);
      expect(isStatic([1, 2])).to.equal(true);
      expect(isStatic([1, toDim('$b')])).to.equal(false);
      expect(dimNames(3)).to.deep.equal([]);
      expect(dimNames(parseDim('$c * floorDiv($b, max($a, $d)) + $c'))).to.deep.equal(['a', 'b', 'c', 'd']);
    });
  });

  describe('random expressions', () => {
    it('have the value of the tree that they were built from', () => {
      fc.assert(
        fc.property(trees(), (tree) => {
          const d = build(tree);
          fc.pre(d !== undefined);
          for (const bindings of GRID) {
            const value = reference(tree, bindings);
            if (value !== undefined) expect(evaluateDim(d, bindings), formatDim(d)).to.equal(value);
          }
        }),
        RUNS,
      );
    });

    it('are refused only where no size has a value', () => {
      fc.assert(
        fc.property(trees(), (tree) => {
          if (build(tree) !== undefined) return;
          for (const bindings of GRID) expect(reference(tree, bindings)).to.equal(undefined);
        }),
        RUNS,
      );
    });

    it('are read back from their canonical form', () => {
      fc.assert(
        fc.property(trees(), (tree) => {
          const d = build(tree);
          fc.pre(d !== undefined);
          // In parentheses, since the bare text would be found among the dims already known.
          expect(parseDim(`(${formatDim(d)})`)).to.equal(d);
          expect(parseDim(`${formatDim(d).replaceAll(' ', '')} `)).to.equal(d);
        }),
        RUNS,
      );
    });

    it('are compared soundly', () => {
      const answers = { equal: 0, different: 0, undecided: 0 };
      fc.assert(
        fc.property(pairs(), ([s, t]) => {
          const [a, b] = [build(s), build(t)];
          fc.pre(a !== undefined && b !== undefined);
          const comparison = compareDims(a, b);
          answers[comparison]++;
          expect(compareDims(b, a)).to.equal(comparison);
          const equal = GRID.flatMap((bindings) => {
            const [x, y] = [reference(s, bindings), reference(t, bindings)];
            return x === undefined || y === undefined ? [] : [x === y];
          });
          if (comparison === 'equal') expect(equal, `${a} and ${b}`).not.to.include(false);
          if (comparison === 'different') {
            if (isPolynomial(a) && isPolynomial(b)) expect(equal, `${a} and ${b}`).to.include(false);
            else expect(equal, `${a} and ${b}`).not.to.include(true);
          }
        }),
        RUNS,
      );
      for (const count of Object.values(answers)) expect(count).to.be.greaterThan(20);
    });

    it('are divided exactly', () => {
      fc.assert(
        fc.property(trees(2), trees(2), (s, t) => {
          const [a, b] = [build(s), build(t)];
          fc.pre(a !== undefined && b !== undefined && b !== 0);
          const multiple = dim.mul(a, b);
          const quotient = exactQuotient(multiple, b);
          expect(quotient, `${multiple} by ${b}`).to.equal(a);
          const other = exactQuotient(a, b);
          if (other !== undefined) expect(dim.mul(other, b), `${a} by ${b}`).to.equal(a);
        }),
        RUNS,
      );
    });
  });
});

// ---------------------------------------------------------------------------------------------------------------------
// Trees that know nothing of canonical forms

type Op = keyof typeof dim;
type Tree = number | string | { readonly op: Op; readonly a: Tree; readonly b: Tree };

const RUNS = { numRuns: 2000 };
const NAMES = ['a', 'b'];
const SIZES = [0, 1, 2, 3, 4, 5, 6, 7]; // small enough for every value of a tree to be exact
const GRID = SIZES.flatMap((a) => SIZES.map((b) => ({ a, b })));

function trees(depth = 4): fc.Arbitrary<Tree> {
  const leaf = fc.oneof(fc.constantFrom(...NAMES), fc.integer({ min: -6, max: 9 }));
  if (depth === 0) return leaf;
  const ops = fc.constantFrom<Op>('add', 'sub', 'mul', 'floorDiv', 'mod', 'min', 'max');
  const node = fc.record({ op: ops, a: trees(depth - 1), b: trees(depth - 1) });
  return fc.oneof({ weight: 1, arbitrary: leaf }, { weight: 3, arbitrary: node });
}

/** Unrelated ones, and ones that differ by little, so that each answer is exercised. */
function pairs(): fc.Arbitrary<readonly [Tree, Tree]> {
  const related = fc.tuple(trees(3), fc.integer({ min: -2, max: 2 }), fc.integer({ min: 1, max: 4 }));
  return fc.oneof(
    fc.tuple(trees(2), trees(2)),
    fc.tuple(trees(3), fc.integer({ min: -6, max: 9 })),
    related.map(([t, n]): [Tree, Tree] => [t, { op: 'add', a: n, b: t }]),
    related.map(([t, n, m]): [Tree, Tree] => [
      { op: 'floorDiv', a: { op: 'add', a: { op: 'mul', a: t, b: m }, b: n }, b: m },
      { op: 'add', a: t, b: { op: 'floorDiv', a: n, b: m } },
    ]),
  );
}

/** Undefined where the dim is refused: a constant divisor is zero. */
function build(tree: Tree): Dim | undefined {
  if (typeof tree === 'number') return tree;
  if (typeof tree === 'string') return parseDim(`$${tree}`);
  const [a, b] = [build(tree.a), build(tree.b)];
  if (a === undefined || b === undefined) return undefined;
  const divides = tree.op === 'floorDiv' || tree.op === 'mod';
  if (divides && b === 0) {
    expect(() => dim[tree.op](a, b)).to.throw(DimError, 'division by zero');
    return undefined;
  }
  return dim[tree.op](a, b);
}

/** Undefined where something is divided by zero. */
function reference(tree: Tree, bindings: Readonly<Record<string, number>>): number | undefined {
  if (typeof tree === 'number') return tree;
  if (typeof tree === 'string') return bindings[tree];
  const [a, b] = [reference(tree.a, bindings), reference(tree.b, bindings)];
  if (a === undefined || b === undefined) return undefined;
  const floor = Math.floor(a / b);
  switch (tree.op) {
    case 'add':
      return a + b;
    case 'sub':
      return a - b;
    case 'mul':
      return a * b;
    case 'floorDiv':
      return b === 0 ? undefined : floor;
    case 'mod':
      return b === 0 ? undefined : a - b * floor;
    case 'min':
      return Math.min(a, b);
    case 'max':
      return Math.max(a, b);
  }
}

function isPolynomial(d: Dim): boolean {
  return typeof d !== 'number' && !d.canonical.includes('(');
}
