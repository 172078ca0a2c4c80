import type { OpDoc, Sym, SymLike } from '../../engine/index.ts';
import { attr, defineComposite, inline, reshape, trace } from '../../engine/index.ts';
import { add } from '../elementwise/add.ts';
import { sub } from '../elementwise/sub.ts';
import { float } from '../elementwise/unary.ts';
import { matMul } from '../matrix/mat-mul.ts';
import { concat } from '../shape/concat.ts';
import { slice } from '../shape/slice.ts';
import { householder } from './householder.ts';
import { asBatch, batchOf, lowerPart, requireMatrix, strictlyLower } from './matrices.ts';
import { matrixTranspose } from './matrix-transpose.ts';
import { triangularSolve } from './triangular-solve.ts';

export const Qr = defineComposite({
  name: 'Qr',
  inputs: ['input'],
  attrs: { fullMatrices: attr.bool(false) },
  outputs: ['q', 'r'],
  infer: ({ input }, { fullMatrices }) => {
    const [m, n] = requireMatrix(input, 'the input');
    const size = fullMatrices ? m : Math.min(m, n);
    const batch = batchOf(input);
    return [
      { dtype: 'float32', shape: [...batch, m, size] },
      { dtype: 'float32', shape: [...batch, size, n] },
    ];
  },
  lowering: [{ kind: 'composite', expand: ({ input }, { fullMatrices }) => factors(input, fullMatrices) }],
  gradient: {
    input: ({ input }, { ys: { q, r }, dys, attrs: { fullMatrices }, vjp }) => {
      const [m, n] = requireMatrix(input, 'the input');
      if (m === n || (m > n && !fullMatrices)) return cotangent(q, r, dys.q, dys.r);
      if (m < n) {
        // R = [U V], and V = Q^T Y for the columns Y after the first m
        const dv = columns(dys.r, m, n);
        const dq = add(dys.q, matMul(columns(input, m, n), dv, false, true));
        return concat([cotangent(q, columns(r, 0, m), dq, columns(dys.r, 0, m)), matMul(q, dv)], -1);
      }
      // the columns of Q after the n-th are not determined by A: differentiates the algorithm that computes them
      const graph = input.node.graph!;
      const { fn, captured } = trace(graph, [input], ([x]) => factors(x!, true));
      return inline(vjp(fn), graph, [input, ...captured, dys.q, dys.r])[0]!;
    },
  },
});

function factors(input: Sym, fullMatrices: boolean): readonly Sym[] {
  const [m, n] = requireMatrix(input, 'the input');
  return householder(asBatch(input), m, n, fullMatrices).map((s) =>
    reshape(s, [...batchOf(input), ...s.shape.slice(1)]),
  );
}

/** The cotangent for a square R: (dQ + Q S) R^-T, with the symmetric S whose lower triangle is that of R dR^T - dQ^T Q. */
function cotangent(q: Sym, r: Sym, dq: Sym, dr: Sym): Sym {
  const m = sub(matMul(r, dr, false, true), matMul(dq, q, true, false));
  const s = add(lowerPart(m), matrixTranspose(strictlyLower(m)));
  return matrixTranspose(triangularSolve(r, matrixTranspose(add(dq, matMul(q, s))), false));
}

const columns = (x: Sym, from: number, to: number): Sym => {
  const before = x.shape.slice(0, -1);
  return slice(x, [...before.map(() => 0), from], [...before, to - from]);
};

/**
 * The factors of A = Q R by Householder reflections: Q has orthonormal columns, R is upper triangular. Q has min(rows, columns) columns;
 * with `fullMatrices` as many as A has rows. The signs are those of tf.linalg.qr. The gradient requires linearly independent columns, of a
 * wide A the first ones.
 * @throws ShapeError if the rows and columns are not known; DTypeError
 */
export function qr(x: SymLike, fullMatrices = false): readonly [q: Sym, r: Sym] {
  const [q, r] = Qr.nodes({ input: float(x) }, { fullMatrices });
  return [q!, r!];
}

export const doc: OpDoc = {
  summary: 'Orthonormal and triangular factors of matrices.',
  forward: 'A = Q R, \\; Q^\\top Q = I',
  gradient: {
    input:
      '(\\bar Q + Q \\operatorname{copyltu}(R \\bar R^\\top - \\bar Q^\\top Q)) R^{-\\top}; \\text{ of a wide matrix } [X \\, Y], \\text{ with } \\bar Q + Y \\bar V^\\top, \\text{ beside } Q \\bar V',
  },
  source:
    'Seeger et al., "Auto-differentiating linear algebra" (2017); Roberts and Roberts, "QR and LQ decomposition matrix backpropagation algorithms" (2020), for wide matrices',
};
