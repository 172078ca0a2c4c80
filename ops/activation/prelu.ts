import { defineOp, type OpDoc, type Sym, type SymLike, select } from '../../engine/index.ts';
import { less } from '../comparison/less.ts';
import { add } from '../elementwise/add.ts';
import { inferBinary } from '../elementwise/binary.ts';
import { mul } from '../elementwise/multiply.ts';
import { step } from '../elementwise/step.ts';
import { sub } from '../elementwise/sub.ts';
import { float } from '../elementwise/unary.ts';

export const Prelu = defineOp({
  name: 'Prelu',
  inputs: ['x', 'alpha'],
  infer: ({ x, alpha }) => inferBinary(x, alpha, ['float32']),
  lowering: [{ kind: 'kernel' }, { kind: 'composite', expand: ({ x, alpha }) => select(less(x, 0), mul(alpha, x), x) }],
  traits: { elementwise: true, finiteSlopes: true, routes: { alpha: 'part' } },
  gradient: {
    x: ({ x, alpha }, { dy }) => mul(dy, add(step(x), mul(alpha, sub(1, step(x))))),
    alpha: ({ x }, { dy }) => mul(dy, mul(x, sub(1, step(x)))),
  },
});

/** x where it is positive, else alpha x; alpha is an input that is broadcast. */
export const prelu = (x: SymLike, alpha: SymLike): Sym => Prelu.node({ x: float(x), alpha: float(alpha) });

export const doc: OpDoc = {
  summary: 'Parametric rectified linear unit.',
  forward: 'y = \\begin{cases} x & x > 0 \\\\ \\alpha x & x \\le 0 \\end{cases}',
  gradient: {
    x: '\\bar y \\odot \\begin{cases} 1 & x > 0 \\\\ \\alpha & x \\le 0 \\end{cases}',
    alpha: '\\bar y \\odot x \\odot \\mathbb 1(x \\le 0)',
  },
  source: 'He et al., "Delving deep into rectifiers" (2015), eq. (3); convention: alpha at 0',
};
