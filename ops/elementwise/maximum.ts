import { defineOp, type OpDoc, type Sym, type SymLike, scalar } from '../../engine/index.ts';
import { equal } from '../comparison/equal.ts';
import { greater } from '../comparison/greater.ts';
import { less } from '../comparison/less.ts';
import { binary, inferBinary } from './binary.ts';
import { shareTies } from './extremum.ts';

export const Maximum = defineOp({
  name: 'Maximum',
  inputs: ['a', 'b'],
  infer: ({ a, b }) => inferBinary(a, b, ['float32', 'int32']),
  lowering: [{ kind: 'expression', expr: ({ a, b }) => scalar.max(a, b) }, { kind: 'kernel' }],
  traits: { elementwise: true, finiteSlopes: true, routes: { a: 'part', b: 'part' } },
  gradient: {
    a: ({ a, b }, { dy }) => shareTies(less(a, b), equal(a, b), dy),
    b: ({ a, b }, { dy }) => shareTies(greater(a, b), equal(a, b), dy),
  },
});

/** The larger of a and b, broadcast. In a tie the gradient is shared equally. */
export const maximum = (a: SymLike, b: SymLike): Sym => binary(Maximum, a, b, 'int32');

export const doc: OpDoc = {
  summary: 'The larger of two values, element by element.',
  forward: 'y = \\max(a, b)',
  gradient: {
    a: '\\bar y \\odot (\\mathbb 1(a > b) + \\tfrac12 \\mathbb 1(a = b))',
    b: '\\bar y \\odot (\\mathbb 1(b > a) + \\tfrac12 \\mathbb 1(a = b))',
  },
  source: 'Introductory ML, eqs. (12)-(20), for max(x, 0); convention: ties share equally',
};
