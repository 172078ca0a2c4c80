import { expect } from 'chai';
import fc from 'fast-check';
import { SerializationError } from '../../engine/errors.ts';
import { type ScalarLike, scalar } from '../../engine/scalar/build.ts';
import { scalarFromJSON, scalarToJSON } from '../../engine/scalar/document.ts';
import { compileScalar, evaluateScalar, type ScalarPrecision } from '../../engine/scalar/evaluate.ts';
import { linearizeScalar, type Scalar, type ScalarType } from '../../engine/scalar/expression.ts';

const { add, cast, constant, exp, index, input, mul, select, sub } = scalar;

const x = input(0);
const y = input(1);
const i = input(0, 'i32');
const j = input(1, 'i32');
const u = input(0, 'u32');
const v = input(1, 'u32');
const p = input(0, 'bool');
const q = input(1, 'bool');

const float64 = (expr: Scalar, ...inputs: number[]): number => evaluateScalar(expr, inputs, 0, 'float64');
const float32 = (expr: Scalar, ...inputs: number[]): number => evaluateScalar(expr, inputs, 0, 'float32');

const anyInt = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
const anyWord = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const SPECIAL = [0, -0, 1, -1, 0.5, -0.5, 1.5, 2.5, -2.5, 1e-30, -700, 700, Infinity, -Infinity, NaN];

describe('scalar expressions', () => {
  describe('of floats', () => {
    const unary: readonly (readonly [name: string, expected: (x: number) => number])[] = [
      ['neg', (x) => -x],
      ['abs', Math.abs],
      ['square', (x) => x * x],
      ['floor', Math.floor],
      ['ceil', Math.ceil],
      ['sqrt', Math.sqrt],
      ['rsqrt', (x) => 1 / Math.sqrt(x)],
      ['reciprocal', (x) => 1 / x],
      ['exp', Math.exp],
      ['expm1', Math.expm1],
      ['log', Math.log],
      ['log1p', Math.log1p],
      ['sin', Math.sin],
      ['cos', Math.cos],
      ['tan', Math.tan],
      ['asin', Math.asin],
      ['acos', Math.acos],
      ['atan', Math.atan],
      ['sinh', Math.sinh],
      ['cosh', Math.cosh],
      ['tanh', Math.tanh],
      ['asinh', Math.asinh],
      ['acosh', Math.acosh],
      ['atanh', Math.atanh],
      ['relu', (x) => Math.max(x, 0)],
    ];
    const points = [...SPECIAL, 0.3, -0.7, 0.99, 3.25, -12.5, 1e5];
    for (const [name, expected] of unary) {
      it(`${name} is JavaScript's, rounded for float32`, () => {
        const expr = (scalar as unknown as Record<string, (x: Scalar) => Scalar>)[name]!(x);
        for (const value of points) {
          expect(float64(expr, value), `${value}`).to.eql(expected(value));
          if (name === 'rsqrt') continue; // two operations, so it rounds twice
          const rounded = Math.fround(value);
          expect(float32(expr, value), `${value}`).to.eql(Math.fround(expected(rounded)));
        }
      });
    }

    const binary: readonly (readonly [name: string, expected: (a: number, b: number) => number])[] = [
      ['add', (a, b) => a + b],
      ['sub', (a, b) => a - b],
      ['mul', (a, b) => a * b],
      ['div', (a, b) => a / b],
      ['min', Math.min],
      ['max', Math.max],
      // but for 1 to the power of what is no number, and of what is infinite: IEEE 754 has it 1
      ['pow', (a, b) => (a === 1 || (a === -1 && Math.abs(b) === Infinity) ? 1 : a ** b)],
      ['atan2', Math.atan2],
      ['eq', (a, b) => Number(a === b)],
      ['ne', (a, b) => Number(a !== b)],
      ['lt', (a, b) => Number(a < b)],
      ['le', (a, b) => Number(a <= b)],
      ['gt', (a, b) => Number(a > b)],
      ['ge', (a, b) => Number(a >= b)],
    ];
    for (const [name, expected] of binary) {
      it(`${name} is JavaScript's, rounded for float32`, () => {
        const expr = (scalar as unknown as Record<string, (a: Scalar, b: Scalar) => Scalar>)[name]!(x, y);
        fc.assert(
          fc.property(fc.double(), fc.double(), (a, b) => {
            expect(float64(expr, a, b)).to.eql(expected(a, b));
            expect(float32(expr, a, b)).to.eql(Math.fround(expected(Math.fround(a), Math.fround(b))));
          }),
          { examples: SPECIAL.flatMap((a) => SPECIAL.map((b): [number, number] => [a, b])) },
        );
      });
    }

    it('rounds after every operation in float32', () => {
      expect(float32(sub(add(x, 2 ** -25), x), 1)).to.equal(0);
      expect(float64(sub(add(x, 2 ** -25), x), 1)).to.equal(2 ** -25);
      expect(float32(constant(0.1))).to.equal(Math.fround(0.1));
      expect(float64(constant(0.1))).to.equal(0.1);
    });

    it('round takes halves to even', () => {
      const rows = [
        [0.5, 0],
        [1.5, 2],
        [2.5, 2],
        [-0.5, 0],
        [-1.5, -2],
        [-2.5, -2],
        [2.4, 2],
        [-2.6, -3],
        [1e10, 1e10],
      ];
      for (const [value, expected] of rows) expect(float64(scalar.round(x), value!) + 0).to.equal(expected);
      expect(float64(scalar.round(x), 2 ** 52 + 1)).to.equal(2 ** 52 + 1);
      expect(float64(scalar.round(x), Infinity)).to.equal(Infinity);
    });

    it('mod has the sign of the divisor, floorDiv rounds down', () => {
      for (const [a, b, mod, quotient] of [
        [7, 3, 1, 2],
        [-7, 3, 2, -3],
        [7, -3, -2, -3],
        [-7, -3, -1, 2],
        [5.5, 2, 1.5, 2],
        [-1e-300, 1, 1, -1],
      ]) {
        expect(float64(scalar.mod(x, y), a!, b!)).to.equal(mod);
        expect(float64(scalar.floorDiv(x, y), a!, b!)).to.equal(quotient);
      }
      expect(float64(scalar.mod(x, y), 1, 0)).to.be.NaN;
    });

    it('sign is 0 for 0, NaN for NaN', () => {
      for (const [value, sign] of [
        [-3, -1],
        [-0, 0],
        [0, 0],
        [1e-40, 1],
      ]) {
        expect(float64(scalar.sign(x), value!)).to.equal(sign);
      }
      expect(float64(scalar.sign(x), Number.NaN)).to.be.NaN;
      expect(float64(scalar.sign(i), -5)).to.equal(-1);
      expect(scalar.sign(i).type).to.equal('i32');
    });

    it('erf has the accuracy of float64', () => {
      // computed with 30 digits
      const rows = [
        [1e-10, 1.1283791670955126e-10],
        [0.1, 0.1124629160182849],
        [0.3, 0.3286267594591274],
        [0.46875, 0.49261347321793797],
        [0.47, 0.4937450508860821],
        [0.5, 0.5204998778130465],
        [1, 0.8427007929497149],
        [1.5, 0.9661051464753108],
        [2, 0.9953222650189527],
        [3, 0.9999779095030014],
        [3.9, 0.9999999652077514],
        [4, 0.9999999845827421],
        [4.5, 0.9999999998033839],
        [5.5, 0.9999999999999927],
        [6.5, 1],
        [0, 0],
        [Infinity, 1],
      ];
      for (const [value, expected] of rows) {
        expect(float64(scalar.erf(x), value!)).to.be.closeTo(expected!, 4e-16 * expected!, `erf(${value})`);
        expect(float64(scalar.erf(x), -value!)).to.be.closeTo(-expected!, 4e-16 * expected!);
      }
      expect(float64(scalar.erf(x), NaN)).to.be.NaN;
    });

    it('sigmoid and softplus neither overflow nor lose small results', () => {
      const sigmoid = scalar.sigmoid(x);
      const softplus = scalar.softplus(x);
      for (const value of [-30, -5, -1e-3, 0, 1e-3, 2, 30]) {
        expect(float64(sigmoid, value)).to.be.closeTo(1 / (1 + Math.exp(-value)), 1e-15);
        expect(float64(softplus, value)).to.be.closeTo(Math.log1p(Math.exp(value)), 1e-14);
      }
      for (const precision of ['float32', 'float64'] as const) {
        const at = (expr: Scalar, value: number): number => evaluateScalar(expr, [value], 0, precision);
        expect([at(sigmoid, 1e4), at(sigmoid, -1e4), at(softplus, -1e4), at(softplus, 1e4)]).to.eql([1, 0, 0, 1e4]);
        expect([at(sigmoid, Infinity), at(sigmoid, -Infinity), at(softplus, Infinity)]).to.eql([1, 0, Infinity]);
        for (const expr of [sigmoid, softplus]) {
          expect(at(expr, -80) / Math.exp(-80)).to.be.closeTo(1, 1e-6);
          expect(at(expr, NaN)).to.be.NaN;
        }
      }
    });
  });

  describe('of integers', () => {
    const MASK = (1n << 32n) - 1n;
    const rotate = (a: bigint, b: bigint): bigint => {
      const bits = a & MASK;
      return (bits << (b & 31n)) | (bits >> (32n - (b & 31n)));
    };
    const floorDiv = (a: bigint, b: bigint): bigint =>
      b === 0n ? 0n : a / b - (a % b !== 0n && a < 0n !== b < 0n ? 1n : 0n);
    const rows: readonly (readonly [name: string, expected: (a: bigint, b: bigint) => bigint])[] = [
      ['add', (a, b) => a + b],
      ['sub', (a, b) => a - b],
      ['mul', (a, b) => a * b],
      ['div', (a, b) => (b === 0n ? 0n : a / b)],
      ['floorDiv', floorDiv],
      ['mod', (a, b) => (b === 0n ? 0n : a - floorDiv(a, b) * b)],
      ['min', (a, b) => BigInt(Math.min(Number(a), Number(b)))],
      ['max', (a, b) => BigInt(Math.max(Number(a), Number(b)))],
      ['and', (a, b) => a & b],
      ['or', (a, b) => a | b],
      ['xor', (a, b) => a ^ b],
      ['shiftLeft', (a, b) => a << (b & 31n)],
      ['shiftRight', (a, b) => a >> (b & 31n)],
      ['rotateLeft', rotate],
      ['lt', (a, b) => BigInt(a < b)],
      ['ge', (a, b) => BigInt(a >= b)],
      ['eq', (a, b) => BigInt(a === b)],
    ];
    for (const [type, values, wrap] of [
      ['i32', anyInt, BigInt.asIntN],
      ['u32', anyWord, BigInt.asUintN],
    ] as const) {
      const small = fc.integer({ min: type === 'i32' ? -40 : 0, max: 40 });
      const operand = fc.oneof(values, small);
      for (const [name, expected] of rows) {
        it(`${name} of ${type} is exact modulo 2^32`, () => {
          const make = (scalar as unknown as Record<string, (a: Scalar, b: Scalar) => Scalar>)[name]!;
          const expr = make(input(0, type), input(1, type));
          fc.assert(
            fc.property(operand, operand, (a, b) => {
              expect(float64(expr, a, b)).to.equal(Number(wrap(32, expected(BigInt(a), BigInt(b)))));
            }),
            { examples: type === 'i32' ? [[-(2 ** 31), -1]] : [[2 ** 32 - 1, 2 ** 32 - 1]] },
          );
        });
      }
    }

    it('pow wraps, and truncates for negative exponents', () => {
      const pow = scalar.pow(i, j);
      const rows = [
        [2, 10, 1024],
        [-3, 3, -27],
        [3, 21, Number(BigInt.asIntN(32, 3n ** 21n))],
        [0, 0, 1],
        [7, 0, 1],
      ];
      for (const [a, b, expected] of [...rows, [2, -1, 0], [-1, -3, -1], [1, -5, 1], [2, 31, -(2 ** 31)]]) {
        expect(float64(pow, a!, b!), `${a} ** ${b}`).to.equal(expected);
      }
    });

    it('neg, abs and not wrap', () => {
      expect(float64(scalar.neg(i), -(2 ** 31))).to.equal(-(2 ** 31));
      expect(float64(scalar.abs(i), -(2 ** 31))).to.equal(-(2 ** 31));
      expect(float64(scalar.neg(i), 0)).to.equal(0);
      expect(float64(scalar.not(i), 5)).to.equal(-6);
      expect(float64(scalar.not(u), 0)).to.equal(2 ** 32 - 1);
    });

    it('mulHigh is the upper word of the product', () => {
      fc.assert(
        fc.property(anyWord, anyWord, (a, b) => {
          expect(float64(scalar.mulHigh(u, v), a, b)).to.equal(Number((BigInt(a) * BigInt(b)) >> 32n));
        }),
        { examples: [[2 ** 32 - 1, 2 ** 32 - 1]] },
      );
    });
  });

  describe('of bools, and between types', () => {
    it('and, or, xor, not, eq', () => {
      const table = (expr: Scalar): number[] =>
        [
          [0, 0],
          [0, 1],
          [1, 0],
          [1, 1],
        ].map(([a, b]) => float64(expr, a!, b!));
      expect(table(scalar.and(p, q))).to.eql([0, 0, 0, 1]);
      expect(table(scalar.or(p, q))).to.eql([0, 1, 1, 1]);
      expect(table(scalar.xor(p, q))).to.eql([0, 1, 1, 0]);
      expect(table(scalar.eq(p, q))).to.eql([1, 0, 0, 1]);
      expect(table(scalar.not(p))).to.eql([1, 1, 0, 0]);
    });

    it('select', () => {
      const larger = select(scalar.gt(x, y), x, y);
      expect([float64(larger, 1, 2), float64(larger, 3, 2)]).to.eql([2, 3]);
      expect(float64(select(true, x, y), 7, NaN)).to.equal(7);
      expect(select(p, 1, 2).type).to.equal('f32');
      expect(select(p, 1, i).type).to.equal('i32');
    });

    it('isNaN', () => {
      expect(SPECIAL.map((value) => float64(scalar.isNaN(x), value))).to.eql(
        SPECIAL.map((s) => (Number.isNaN(s) ? 1 : 0)),
      );
    });

    it('cast', () => {
      const rows: readonly (readonly [from: ScalarType, to: ScalarType, value: number, expected: number])[] = [
        ['f32', 'i32', 2.9, 2],
        ['f32', 'i32', -2.9, -2],
        ['f32', 'i32', NaN, 0],
        ['f32', 'i32', 1e20, 2 ** 31 - 1],
        ['f32', 'i32', -Infinity, -(2 ** 31)],
        ['f32', 'u32', -1.5, 0],
        ['f32', 'u32', 3e9, 3e9],
        ['f32', 'u32', Infinity, 2 ** 32 - 1],
        ['f32', 'bool', 0.25, 1],
        ['f32', 'bool', -0, 0],
        ['f32', 'bool', NaN, 1],
        ['i32', 'u32', -1, 2 ** 32 - 1],
        ['u32', 'i32', 2 ** 32 - 2, -2],
        ['i32', 'f32', -7, -7],
        ['u32', 'f32', 2 ** 32 - 1, 2 ** 32],
        ['u32', 'f32', 2 ** 24 - 1, 2 ** 24 - 1],
        ['i32', 'bool', 256, 1],
        ['u32', 'bool', 0, 0],
        ['bool', 'f32', 1, 1],
        ['bool', 'i32', 1, 1],
        ['bool', 'u32', 0, 0],
      ];
      for (const [from, to, value, expected] of rows) {
        const expr = cast(input(0, from), to);
        expect(expr.type).to.equal(to);
        expect(float32(expr, value), `${from} ${value} to ${to}`).to.equal(expected);
      }
      expect(cast(x, 'f32')).to.equal(x);
      expect(float64(cast(u, 'f32'), 2 ** 32 - 1)).to.equal(2 ** 32 - 1);
    });
  });

  describe('types', () => {
    it('a literal takes the type of the other operand', () => {
      for (const type of ['f32', 'i32', 'u32'] as const) {
        expect(add(input(0, type), 1).type).to.equal(type);
        expect(add(1, input(0, type)).type).to.equal(type);
      }
      expect([add(1, 2).type, scalar.not(true).type, scalar.lt(x, 1).type]).to.eql(['f32', 'bool', 'bool']);
      expect(constant(3, 'i32')).to.eql({ op: 'const', type: 'i32', value: 3 });
    });

    const refused: readonly (readonly [message: string, make: () => unknown])[] = [
      ['scalar.add does not take (f32, i32)', () => add(x, i)],
      ['scalar.add does not take (bool, bool)', () => add(p, q)],
      ['scalar.exp does not take (i32)', () => exp(i)],
      ['scalar.xor does not take (f32, f32)', () => scalar.xor(x, y)],
      ['scalar.neg does not take (u32)', () => scalar.neg(u)],
      ['scalar.rotateLeft does not take (u32, i32)', () => scalar.rotateLeft(u, j)],
      ['scalar.select does not take (f32, f32, f32)', () => select(x, x, y)],
      ['scalar.select does not take (bool, f32, i32)', () => select(p, x, j)],
      ['scalar.mul: 1.5 is not of type i32', () => mul(i, 1.5)],
      ['scalar.and: -1 is not of type u32', () => scalar.and(u, -1)],
      ['scalar.or: 1 is not of type bool', () => scalar.or(p, 1)],
      ['scalar.add: true is not of type f32', () => add(x, true)],
      ['scalar.constant: 4294967296 is not of type u32', () => constant(2 ** 32, 'u32')],
      ['scalar.sin: undefined is not of type f32', () => scalar.sin(undefined as unknown as ScalarLike)],
      ['scalar.input: -1 is not an index', () => input(-1)],
    ];
    for (const [message, make] of refused) it(`error: ${message}`, () => expect(make).to.throw(TypeError, message));

    it('nodes are immutable', () => {
      const node = add(x, 1);
      expect(Object.isFrozen(node) && 'args' in node && Object.isFrozen(node.args)).to.equal(true);
    });
  });

  describe('bulk evaluation', () => {
    const run = (
      expr: Scalar,
      inputs: readonly ArrayLike<number>[],
      length: number,
      precision?: ScalarPrecision,
    ): number[] => {
      const out = new Array<number>(length).fill(-1);
      compileScalar(expr, precision)(inputs, length, out);
      return out;
    };

    it('covers lengths around its blocks, and nothing beyond', () => {
      for (const length of [0, 1, 511, 512, 513, 1500]) {
        const out = new Float32Array(length + 1).fill(-7);
        const data = Float32Array.from({ length }, (_, k) => k);
        compileScalar(add(mul(x, 2), cast(index, 'f32')))([data], length, out);
        expect(out[length]).to.equal(-7);
        expect(out.subarray(0, length).every((value, k) => value === 3 * k)).to.equal(true);
      }
    });

    it('spreads inputs of one element, and refuses short ones', () => {
      expect(run(add(x, y), [[1, 2, 3], [10]], 3)).to.eql([11, 12, 13]);
      expect(() =>
        run(
          add(x, y),
          [
            [1, 2, 3],
            [10, 20],
          ],
          3,
        ),
      ).to.throw(RangeError, 'input 1 of an expression has 2 elements');
      expect(() => run(add(x, y), [[1, 2, 3]], 3)).to.throw(RangeError, 'input 1 of an expression is missing');
    });

    it('may write over an input', () => {
      const data = Float32Array.from({ length: 2000 }, (_, k) => k);
      compileScalar(scalar.square(x))([data], data.length, data);
      expect(data.every((value, k) => value === Math.fround(k * k))).to.equal(true);
    });

    it('gives integers and bools as numbers', () => {
      expect(run(scalar.lt(x, y), [[1, 5], [2]], 2)).to.eql([1, 0]);
      expect(run(scalar.not(cast(index, 'u32')), [], 2)).to.eql([2 ** 32 - 1, 2 ** 32 - 2]);
      expect(run(constant(3), [], 2)).to.eql([3, 3]);
      expect(run(x, [[0.1]], 1)).to.eql([Math.fround(0.1)]);
      expect(run(x, [[0.1]], 1, 'float64')).to.eql([0.1]);
    });

    it('reuses registers without mixing values up', () => {
      fc.assert(
        fc.property(
          dags,
          fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 4, maxLength: 4 }),
          (expr, values) => {
            const [a, b] = [values.slice(0, 2), values.slice(2)];
            const expected = [0, 1].map((k) => recursive(expr, [a[k]!, b[k]!], k));
            expect(run(expr, [a, b], 2, 'float64')).to.eql(expected);
            expect([0, 1].map((k) => evaluateScalar(expr, [a[k]!, b[k]!], k, 'float64'))).to.eql(expected);
          },
        ),
      );
    });

    it('computes a shared subtree once', () => {
      let doubled: Scalar = x;
      for (let k = 0; k < 200; k++) doubled = add(doubled, doubled);
      expect(float64(doubled, 1)).to.equal(2 ** 200);
    });

    it('takes deep expressions', () => {
      let deep: Scalar = x;
      for (let k = 0; k < 50_000; k++) deep = add(deep, 1);
      expect(float64(deep, 0)).to.equal(50_000);
      expect(float64(scalarFromJSON(scalarToJSON(deep)), 0)).to.equal(50_000);
    });
  });

  describe('the linear form', () => {
    it('has structurally equal subtrees once, after their operands', () => {
      const product = (): Scalar => mul(add(x, 1), y);
      const { nodes, operands, results } = linearizeScalar([add(product(), product()), product(), x]);
      expect(nodes.map((node) => node.op)).to.eql(['input', 'const', 'add', 'input', 'mul', 'add']);
      expect(operands).to.eql([[], [], [0, 1], [], [2, 3], [4, 4]]);
      expect(results).to.eql([5, 4, 0]);
    });

    it('keeps 0 and -0, and types, apart', () => {
      const { nodes } = linearizeScalar([constant(0), constant(-0), constant(0, 'i32'), constant(NaN), constant(NaN)]);
      expect(nodes.length).to.equal(4);
    });
  });

  describe('as documents', () => {
    const expressions: Scalar[] = [
      x,
      index,
      constant(true),
      add(mul(x, 0.1), y),
      select(scalar.lt(x, 0), scalar.sigmoid(x), cast(scalar.rotateLeft(v, 3), 'f32')),
      ...[NaN, Infinity, -Infinity, -0, 1e-300].map((value) => add(x, value)),
      constant(-(2 ** 31), 'i32'),
      constant(2 ** 32 - 1, 'u32'),
    ];
    it('survive JSON, sharing included', () => {
      for (const expr of expressions) {
        const read = scalarFromJSON(JSON.parse(JSON.stringify(scalarToJSON(expr))));
        expect(read).to.eql(expr);
        expect(linearizeScalar([read]).nodes).to.eql(linearizeScalar([expr]).nodes);
      }
      fc.assert(
        fc.property(dags, (expr) => {
          expect(scalarToJSON(scalarFromJSON(scalarToJSON(expr)))).to.eql(scalarToJSON(expr));
        }),
      );
    });

    it('look like this', () => {
      expect(scalarToJSON(add(cast(i, 'f32'), -0))).to.eql({
        nodes: [
          { op: 'input', type: 'i32', index: 0 },
          { op: 'cast', type: 'f32', args: [0] },
          { op: 'const', type: 'f32', value: '-0' },
          { op: 'add', args: [1, 2] },
        ],
      });
    });

    const good = { op: 'input', type: 'f32', index: 0 };
    const refused: readonly (readonly [message: string, document: unknown])[] = [
      ['a scalar expression is { nodes: [...] }', null],
      ['a scalar expression is { nodes: [...] }', []],
      ['a scalar expression is { nodes: [...] }', { nodes: [] }],
      ['a scalar expression is { nodes: [...] }', { nodes: [good], source: 'alert(1)' }],
      ['node 0 of a scalar expression: not an object', { nodes: [3] }],
      ["node 1 of a scalar expression: unknown op 'eval'", { nodes: [good, { op: 'eval', args: [0] }] }],
      ["unknown op 'constructor'", { nodes: [good, { op: 'constructor', args: [0] }] }],
      ["unknown op '__proto__'", { nodes: [good, { op: '__proto__', args: [0] }] }],
      ['scalar.exp does not take (f32, f32)', { nodes: [good, { op: 'exp', args: [0, 0] }] }],
      ['scalar.add does not take (f32)', { nodes: [good, { op: 'add', args: [0] }] }],
      ['scalar.select does not take (f32)', { nodes: [good, { op: 'select', args: [0] }] }],
      ['scalar.add does not take ()', { nodes: [good, { op: 'add', args: [] }] }],
      ["'exp' has no operands", { nodes: [good, { op: 'exp' }] }],
      ['1 is not an earlier node', { nodes: [good, { op: 'exp', args: [1] }] }],
      ['-1 is not an earlier node', { nodes: [good, { op: 'exp', args: [-1] }] }],
      ['0 is not an earlier node', { nodes: [good, { op: 'exp', args: ['0'] }] }],
      ["'exp' has op, args and no more", { nodes: [good, { op: 'exp', args: [0], code: '' }] }],
      ["unknown type 'f64'", { nodes: [{ op: 'input', type: 'f64', index: 0 }] }],
      ['scalar.input: 0.5 is not an index', { nodes: [{ op: 'input', type: 'f32', index: 0.5 }] }],
      ["unknown type 'undefined'", { nodes: [good, { op: 'cast', args: [0] }] }],
      ['1.5 is not of type i32', { nodes: [{ op: 'const', type: 'i32', value: 1.5 }] }],
      ['1 is not of type bool', { nodes: [{ op: 'const', type: 'bool', value: 1 }] }],
      ["'1;alert()' is not a value", { nodes: [{ op: 'const', type: 'f32', value: '1;alert()' }] }],
      ["'undefined' is not a value", { nodes: [{ op: 'const', type: 'f32' }] }],
    ];
    for (const [message, document] of refused) {
      it(`error: ${message} (${JSON.stringify(document)})`, () => {
        expect(() => scalarFromJSON(document)).to.throw(SerializationError, message);
      });
    }
  });
});

/** f32 expressions of two inputs and the index, with sharing. */
const dags: fc.Arbitrary<Scalar> = fc
  .array(fc.tuple(fc.nat(6), fc.nat(1000), fc.nat(1000)), { minLength: 1, maxLength: 40 })
  .map((steps) => {
    const nodes: Scalar[] = [x, y, cast(index, 'f32'), constant(0.5)];
    for (const [kind, first, second] of steps) {
      const a = nodes[first % nodes.length]!;
      const b = nodes[second % nodes.length]!;
      nodes.push(
        [add, sub, mul, scalar.max].at(kind)?.(a, b) ??
          (kind === 4 ? scalar.sin(a) : kind === 5 ? select(scalar.lt(a, b), b, a) : scalar.neg(a)),
      );
    }
    return nodes.at(-1)!;
  });

/** The obvious evaluator, in float64, of what `dags` makes; memoized, as sharing is deep. */
function recursive(expr: Scalar, inputs: readonly number[], at: number, known = new Map<Scalar, number>()): number {
  const value = (node: Scalar): number => recursive(node, inputs, at, known);
  const compute = (): number => {
    if (expr.op === 'input') return inputs[expr.index]!;
    if (expr.op === 'const') return expr.value;
    if (!('args' in expr)) return at;
    const [a, b, c] = expr.args.map(value) as [number, number, number];
    switch (expr.op) {
      case 'add':
        return a + b;
      case 'sub':
        return a - b;
      case 'mul':
        return a * b;
      case 'max':
        return Math.max(a, b);
      case 'lt':
        return Number(a < b);
      case 'sin':
        return Math.sin(a);
      case 'neg':
        return -a;
      case 'select':
        return a ? b : c;
      case 'cast':
        return a;
      default:
        throw new Error(`unexpected ${expr.op}`);
    }
  };
  const result = known.get(expr) ?? compute();
  known.set(expr, result);
  return result;
}
