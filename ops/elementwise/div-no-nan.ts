import { defineComposite, fill, type OpDoc, type Sym, type SymLike, select } from '../../engine/index.ts';
import { equal } from '../comparison/equal.ts';
import { binary, inferBinary } from './binary.ts';
import { div } from './div.ts';
import { mul } from './multiply.ts';
import { neg } from './neg.ts';

export const DivNoNan = defineComposite({
  name: 'DivNoNan',
  inputs: ['a', 'b'],
  infer: ({ a, b }) => inferBinary(a, b, ['float32', 'int32']),
  lowering: [
    {
      kind: 'composite',
      expand: ({ a, b }) => {
        const zero = fill([], 0, a.dtype);
        return select(equal(b, zero), zero, div(a, b));
      },
    },
  ],
  traits: { elementwise: true, linear: ['a'] },
  gradient: { a: ({ b }, { dy }) => divNoNan(dy, b), b: ({ b }, { y, dy }) => neg(divNoNan(mul(dy, y), b)) },
});

/** a / b, and 0 where b is 0, broadcast; rounded down for integers. */
export const divNoNan = (a: SymLike, b: SymLike): Sym => binary(DivNoNan, a, b, 'int32');

export const doc: OpDoc = {
  summary: 'Quotient that is 0 where the divisor is.',
  forward: 'y = \\begin{cases} a / b & b \\ne 0 \\\\ 0 & b = 0 \\end{cases}',
  gradient: { a: '\\operatorname{divNoNan}(\\bar y, b)', b: '-\\operatorname{divNoNan}(\\bar y, b) \\odot y' },
  source: 'CSE473, product rule (5.46); convention: both gradients are 0 where b is',
};
