import { type OpDoc, type Sym, type SymLike, scalar } from '../../engine/index.ts';
import { add } from './add.ts';
import { div } from './div.ts';
import { bySize } from './slopes.ts';
import { square } from './square.ts';
import { defineUnary, float } from './unary.ts';

export const Atan = defineUnary({
  name: 'Atan',
  expr: (x) => scalar.atan(x),
  traits: { finiteSlopes: true },
  gradient: ({ x }, { dy }) => bySize(x, div(dy, add(1, square(x))), div(div(dy, x), x)),
});

/** The angle in (-pi/2, pi/2) whose tangent is x. */
export const atan = (x: SymLike): Sym => Atan.node({ x: float(x) });

export const doc: OpDoc = {
  summary: 'Inverse tangent.',
  forward: 'y = \\arctan x',
  gradient: { x: '\\bar y \\oslash (1 + x^2)' },
  source: 'DLMF, section 4.24',
};
