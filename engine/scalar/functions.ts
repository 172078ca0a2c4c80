/** Functions of numbers that JavaScript lacks, or defines differently for special values. */

export function flooredMod(a: number, b: number): number {
  const remainder = a % b;
  return remainder !== 0 && remainder < 0 !== b < 0 ? remainder + b : remainder;
}

/** a to the power b by IEEE 754: 1 to any power, and -1 to an infinite power, is 1, where JavaScript gives NaN. */
export const power = (a: number, b: number): number => (a === 1 || (a === -1 && Math.abs(b) === Infinity) ? 1 : a ** b);

/** a to the power b modulo 2^32, truncated towards zero for negative b. */
export function integerPower(a: number, b: number): number {
  if (b < 0) return a ** b;
  let power = 1;
  for (let square = a, bits = b; bits > 0; bits >>= 1, square = Math.imul(square, square)) {
    if (bits & 1) power = Math.imul(power, square);
  }
  return power;
}

export const roundHalfToEven = (x: number): number => (Math.abs(x % 1) === 0.5 ? 2 * Math.round(x / 2) : Math.round(x));

/** Sum of coefficients[k] x^k. */
function polynomial(coefficients: readonly number[], x: number): number {
  let sum = 0;
  for (let k = coefficients.length - 1; k >= 0; k--) sum = sum * x + coefficients[k]!;
  return sum;
}

// W. J. Cody, "Rational Chebyshev approximations for the error function", Math. Comp. 23 (1969); coefficients as in his
// CALERF (SPECFUN): of erf in x^2 up to 0.47, and of erfc e^(x^2) in x above. The second form is meant for x <= 4, but
// still has 12 digits at 6, where erfc is below 1e-16, so the third form is not needed.
const ERF_P = [3209.3775891384694, 377.485237685302, 113.86415415105016, 3.1611237438705655, 0.18577770618460315];
const ERF_Q = [2844.236833439171, 1282.6165260773723, 244.02463793444417, 23.601290952344122, 1];
const ERFC_P = [
  1230.3393547979972, 2051.0783778260716, 1712.0476126340707, 881.952221241769, 298.6351381974001, 66.11919063714163,
  8.883149794388377, 0.5641884969886701, 2.1531153547440383e-8,
];
const ERFC_Q = [
  1230.3393548037495, 3439.3676741437216, 4362.619090143247, 3290.7992357334597, 1621.3895745666903, 537.1811018620099,
  117.6939508913125, 15.744926110709835, 1,
];

/** The error function, to float64 accuracy. */
export function erf(x: number): number {
  const size = Math.abs(x);
  if (size <= 0.46875) return (x * polynomial(ERF_P, x * x)) / polynomial(ERF_Q, x * x);
  if (size > 6) return Math.sign(x);
  return Math.sign(x) * (1 - (Math.exp(-x * x) * polynomial(ERFC_P, size)) / polynomial(ERFC_Q, size));
}
