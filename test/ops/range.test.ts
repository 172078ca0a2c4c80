/**
 * Elementwise ops over the whole range of float32: value, first and second derivative, each element by itself. What is not asked here is
 * said in docs/conventions.md.
 */
import { expect } from 'chai';
import type { Attrs } from '../../engine/index.ts';
import { hashSeed } from '../../engine/random.ts';
import { catalogue } from '../../ops/catalogue.ts';
import { checkRange, describeRangeFault, floatExpression, type RangeFault } from '../../plugins/gradcheck/range.ts';
import { FULL } from '../support/effort.ts';
import { HERE } from '../support/here.ts';
import { SEED } from '../support/seed.ts';

/** Functions whose slopes are made of their rounded results: their values alone. */
const SLOPES_OF_RESULTS = ['Elu', 'LogSigmoid', 'Mish', 'Selu', 'Sigmoid', 'Silu', 'Softplus', 'Tanh'];
/** On wasm these make their lower bound of a NaN. */
const CLIPPED = ['ClipByValue', 'HardSigmoid', 'Relu6'];
/** Of these, not all is right yet. */
const NOT_YET = [
  'DivNoNan',
  'Gelu',
  'Mish',
  'Mod',
  'Pow',
  'Prelu',
  'RealDiv',
  'SigmoidCrossEntropyWithLogits',
  'Silu',
  'Softsign',
];

/** One op in three, where time is short. */
const isDrawn = (name: string): boolean => FULL || hashSeed(SEED, name) % 3 === 0;

const isConvention = (op: string, backend: string, { at }: RangeFault): boolean =>
  backend === 'wasm' && ((CLIPPED.includes(op) && at.some(Number.isNaN)) || (op === 'Sigmoid' && at[0]! < -87));

describe('over the whole range of float32', () => {
  before(() => Promise.all(HERE.map((b) => b.start())));

  for (const { op, samples } of catalogue) {
    if (op === undefined || NOT_YET.includes(op.name) || !isDrawn(op.name)) continue;
    const attrsOf = new Map(samples.map(({ attrs = {} }) => [Object.entries(attrs).join(' '), attrs as Attrs]));
    for (const [text, attrs] of attrsOf) {
      if (floatExpression(op, attrs) === undefined) continue;
      it(`${op.name} ${text}`.trim(), async () => {
        const order = SLOPES_OF_RESULTS.includes(op.name) ? 0 : 2;
        const found: string[] = [];
        for (const backend of HERE) {
          const options = { attrs, seed: SEED, limit: 1e-6, flushes: backend.name === 'node', order } as const;
          const faults = (await checkRange(op, backend, options)).filter(
            (f) => !isConvention(op.name, backend.name, f),
          );
          const kinds = [...new Set(faults.map(({ what }) => what))];
          for (const kind of kinds) {
            const own = faults.filter(({ what }) => what === kind);
            const some = [own[0]!, own[own.length >> 1]!, own.at(-1)!].map(describeRangeFault).join('; ');
            found.push(`on ${backend.name} ${own.length} elements, such as ${some}`);
          }
        }
        expect(found).to.deep.equal([]);
      });
    }
  }
});
