import { defineOp, type OpDoc, type Sym, type SymLike, scalar, stopGradient } from '../../engine/index.ts';
import { abs } from './abs.ts';
import { add } from './add.ts';
import { binary, inferBinary } from './binary.ts';
import { div } from './div.ts';
import { maximum } from './maximum.ts';
import { mul } from './multiply.ts';
import { neg } from './neg.ts';
import { square } from './square.ts';

export const Atan2 = defineOp({
  name: 'Atan2',
  inputs: ['a', 'b'],
  infer: ({ a, b }) => inferBinary(a, b, ['float32']),
  lowering: [{ kind: 'expression', expr: ({ a, b }) => scalar.atan2(a, b) }, { kind: 'kernel' }],
  traits: { elementwise: true },
  gradient: {
    a: ({ a, b }, { dy }) => mul(dy, overSquares(b, a, b)),
    b: ({ a, b }, { dy }) => neg(mul(dy, overSquares(a, a, b))),
  },
});

/** x / (a^2 + b^2) without overflow: scaled by the larger of |a| and |b|, a constant since it does not affect the result. */
function overSquares(x: Sym, a: Sym, b: Sym): Sym {
  const unit = stopGradient(maximum(abs(a), abs(b)));
  return div(div(div(x, unit), add(square(div(a, unit)), square(div(b, unit)))), unit);
}

/** The angle, in (-pi, pi], of the point with ordinate a and abscissa b; broadcast. */
export const atan2 = (a: SymLike, b: SymLike): Sym => binary(Atan2, a, b, 'float32');

export const doc: OpDoc = {
  summary: 'Angle of a point.',
  forward: 'y = \\operatorname{atan2}(a, b)',
  gradient: { a: '\\bar y \\odot b \\oslash (a^2 + b^2)', b: '-\\bar y \\odot a \\oslash (a^2 + b^2)' },
  source: 'DLMF, section 4.24, and CSE473, chain rule (5.48); undefined (NaN) at the origin',
};
