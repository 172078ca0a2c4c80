/** The QR factorization by Householder reflections, with the signs of tf.linalg.qr. */
import { broadcastTo, fill, type Sym, select } from '../../engine/index.ts';
import { equal } from '../comparison/equal.ts';
import { greater } from '../comparison/greater.ts';
import { div } from '../elementwise/div.ts';
import { divNoNan } from '../elementwise/div-no-nan.ts';
import { mul } from '../elementwise/multiply.ts';
import { sqrt } from '../elementwise/sqrt.ts';
import { sub } from '../elementwise/sub.ts';
import { eye } from '../indexing/eye.ts';
import { matMul } from '../matrix/mat-mul.ts';
import { concat } from '../shape/concat.ts';
import { pad } from '../shape/pad.ts';
import { block, upperPart } from './matrices.ts';

/** The reflection I - tau w w^T. */
interface Reflection {
  readonly w: Sym;
  readonly tauTimesW: Sym;
}

/** The factors of one batch of m by n matrices. Q has m columns if `full`, else min(m, n), as many as R has nonzero rows. */
export function householder(x: Sym, m: number, n: number, full: boolean): readonly [q: Sym, r: Sym] {
  const p = Math.min(m, n);
  const size = full ? m : p;
  const reflections: Reflection[] = [];
  let r = x;
  for (let j = 0; j < p; j++) {
    const reflection = reflectionOf(r, j, m);
    r = reflected(r, reflection);
    reflections.push(reflection);
  }
  const q = reflections.reduceRight(reflected, broadcastTo(eye(m, size), [x.shape[0]!, m, size]));
  return [q, upperPart(block(r, 0, 0, size, n))];
}

/** The reflection that maps column j of r, from row j on, to a multiple of the unit vector; it leaves the rows before j unchanged. */
function reflectionOf(r: Sym, j: number, m: number): Reflection {
  const column = block(r, j, j, m - j, 1);
  const head = block(r, j, j, 1, 1);
  const length = sqrt(matMul(column, column, true, false));
  const sign = select(greater(head, 0), -1, 1);
  const one = fill([r.shape[0]!, 1, 1], 1);
  const tail = m - j === 1 ? [] : [divNoNan(block(column, 1, 0, m - j - 1, 1), sub(head, mul(sign, length)))];
  const w = pad(concat([one, ...tail], 1), [
    [0, 0],
    [j, 0],
    [0, 0],
  ]);
  // for a column of zeros too, I - 2 w w^T is orthogonal
  const tau = select(equal(length, 0), 2, sub(1, div(mul(sign, head), length)));
  return { w, tauTimesW: mul(tau, w) };
}

const reflected = (x: Sym, { w, tauTimesW }: Reflection): Sym => sub(x, matMul(tauTimesW, matMul(w, x, true, false)));
