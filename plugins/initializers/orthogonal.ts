/** The initializer `orthogonal`. */
import { type Initializer, ShapeError, sizeOf } from '../../engine/index.ts';
import { hostNormal } from '../../engine/random.ts';
import { finite, makeRandom, type SeedOptions } from './initializer.ts';

export interface OrthogonalOptions extends SeedOptions {
  /** Default 1. */
  readonly gain?: number;
}

/**
 * `gain` times a matrix with orthonormal columns, or orthonormal rows if these are fewer. All dims but the last count as rows. It is the Q
 * factor of a normal random matrix whose R has a positive diagonal, so that all orthogonal matrices are equally likely.
 * A. Saxe, J. McClelland, S. Ganguli, "Exact solutions to the nonlinear dynamics of learning in deep linear neural networks", ICLR 2014; F.
 * Mezzadri, "How to generate random matrices from the classical compact groups", 2007.
 */
export function orthogonal(options: OrthogonalOptions = {}): Initializer {
  return makeRandom('orthogonal', { gain: finite(1) }, options, ({ gain }, shape, seed) => {
    if (shape.length < 2)
      throw new ShapeError(`orthogonal needs a shape of two dimensions or more, got [${shape.join(', ')}]`);
    const columns = shape.at(-1)!;
    const rows = sizeOf(shape.slice(0, -1));
    const [long, short] = [Math.max(rows, columns), Math.min(rows, columns)];
    const vectors = orthonormalize(hostNormal(seed, long * short), short, long);
    const out = new Float32Array(rows * columns);
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++)
        out[i * columns + j] = gain * (rows < columns ? vectors[i]![j]! : vectors[j]![i]!);
    }
    return out;
  });
}

/** Gram-Schmidt in float64, run twice for each vector, which is as accurate as Householder reflections (W. Kahan, B. Parlett). */
function orthonormalize(values: Float32Array, count: number, length: number): readonly Float64Array[] {
  const vectors: Float64Array[] = [];
  for (let k = 0; k < count; k++) {
    const v = Float64Array.from(values.subarray(k * length, (k + 1) * length));
    for (let pass = 0; pass < 2; pass++) for (const u of vectors) subtract(v, dot(u, v), u);
    const norm = Math.sqrt(dot(v, v));
    vectors.push(v.map((x) => x / norm));
  }
  return vectors;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** v -= factor u */
function subtract(v: Float64Array, factor: number, u: Float64Array): void {
  for (let i = 0; i < v.length; i++) v[i] = v[i]! - factor * u[i]!;
}
