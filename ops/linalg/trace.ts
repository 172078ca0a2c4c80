import type { OpDoc, Sym, SymLike } from '../../engine/index.ts';
import { sum } from '../reduction/sum.ts';
import { diagPart } from './diag-part.ts';

/** The sum of the main diagonal of each matrix in the last two dims. @throws ShapeError for a rank below 2 */
export const trace = (x: SymLike): Sym => sum(diagPart(x), -1);

export const doc: OpDoc = {
  summary: 'Traces of matrices.',
  forward: 'y = \\sum_i x_{i i}',
  gradient: { x: '\\bar y I' },
  source: 'Giles, "Collected matrix derivative results for forward and reverse mode" (2008)',
};
