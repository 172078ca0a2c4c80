/** Arithmetic of dims, which simplifies results, and comparison of dims. */
import { DimError } from '../errors.ts';
import { exact, floorQuotient, floorRemainder } from './integers.ts';
import type { Dim, OpName, Term } from './polynomial.ts';
import {
  addTerms,
  commonDivisor,
  compareText,
  constantTerm,
  divideCoefficients,
  divideTerm,
  formatDim,
  fromAtom,
  fromTerms,
  soleCall,
  termsOf,
  timesTerm,
} from './polynomial.ts';
import { isNeverZero, quotientRange, rangeOf, rangeOfCall } from './range.ts';

/** The most terms that a product of sums may multiply out to. Bounded because text may come from a file. */
const MOST_TERMS = 10_000;
/** The most alternatives of a min or max, since each is compared with all others. */
const MOST_ALTERNATIVES = 64;

export function add(a: Dim, b: Dim): Dim {
  if (typeof a === 'number' && typeof b === 'number') return exact(a + b);
  return fromTerms(addTerms(termsOf(a), termsOf(b)));
}

export function sub(a: Dim, b: Dim): Dim {
  if (typeof a === 'number' && typeof b === 'number') return exact(a - b);
  return a === b ? 0 : add(a, mul(b, -1));
}

export function mul(a: Dim, b: Dim): Dim {
  if (typeof a === 'number' && typeof b === 'number') return exact(a * b);
  if (a === 1) return b;
  if (b === 1) return a;
  const terms = termsOf(a);
  if (terms.length * termsOf(b).length > MOST_TERMS) throw new DimError(`a dim of more than ${MOST_TERMS} terms`);
  return fromTerms(termsOf(b).reduce<readonly Term[]>((sum, t) => addTerms(sum, timesTerm(terms, t)), []));
}

export function floorDiv(a: Dim, b: Dim): Dim {
  if (typeof b !== 'number') return exactQuotient(a, b) ?? makeCall('floorDiv', [a, b]);
  if (typeof a === 'number') return floorQuotient(a, b);
  if (b < 0) return floorDiv(mul(a, -1), -b);
  const [quotient, rest] = divideCoefficients(a, b);
  return add(quotient, floorDivReduced(rest, b));
}

/** floorDiv by b > 0; all coefficients of `a` are in [0, b). */
function floorDivReduced(a: Dim, b: number): Dim {
  if (typeof a === 'number') return 0;
  const divisor = commonDivisor(a, b);
  // floor((g p + r) / (g c)) = floor(p / c) for a constant r in [0, g)
  if (divisor > 1) return floorDiv(divideCoefficients(a, divisor)[0], b / divisor);
  const constant = constantTerm(a);
  const inner = soleCall(sub(a, constant));
  const [innerDividend, innerDivisor] = inner?.op === 'floorDiv' ? inner.args : [];
  // floor((floor(x / m) + k) / c) = floor((x + k m) / (m c)): several strided layers become one division
  if (innerDividend !== undefined && typeof innerDivisor === 'number' && Number.isSafeInteger(innerDivisor * b)) {
    return floorDiv(add(innerDividend, constant * innerDivisor), innerDivisor * b);
  }
  return makeCall('floorDiv', [a, b]);
}

export function mod(a: Dim, b: Dim): Dim {
  if (typeof b !== 'number') return exactQuotient(a, b) === undefined ? makeCall('mod', [a, b]) : 0;
  if (typeof a === 'number') return floorRemainder(a, b);
  if (b < 0) return mul(mod(mul(a, -1), -b), -1);
  return modReduced(divideCoefficients(a, b)[1], b);
}

/** mod by b > 0; all coefficients of `a` are in [0, b). */
function modReduced(a: Dim, b: number): Dim {
  if (typeof a === 'number') return a;
  const divisor = commonDivisor(a, b);
  if (divisor > 1) {
    // (g p + r) mod (g c) = g (p mod c) + r for a constant r in [0, g)
    const [quotient, rest] = divideCoefficients(a, divisor);
    return add(mul(mod(quotient, b / divisor), divisor), rest);
  }
  const [low, high] = quotientRange(rangeOf(a), [b, b]);
  return low === high ? sub(a, low * b) : makeCall('mod', [a, b]);
}

/** The min or max. Nested ones are flattened, and alternatives that can never be chosen are left out. */
export function extremum(op: 'min' | 'max', a: Dim, b: Dim): Dim {
  if (typeof a === 'number' && typeof b === 'number') return Math[op](a, b);
  const beats = (x: Dim, y: Dim): boolean => {
    const [low, high] = rangeOf(sub(x, y));
    return op === 'min' ? high <= 0 : low >= 0;
  };
  let kept: Dim[] = [];
  for (const d of [...alternatives(op, a), ...alternatives(op, b)]) {
    if (kept.some((k) => beats(k, d))) continue;
    kept = [...kept.filter((k) => !beats(d, k)), d];
    if (kept.length > MOST_ALTERNATIVES) throw new DimError(`a dim of more than ${MOST_ALTERNATIVES} alternatives`);
  }
  const [first, second] = kept.sort((x, y) => compareText(formatDim(x), formatDim(y)));
  return first !== undefined && second === undefined ? first : makeCall(op, kept);
}

function alternatives(op: 'min' | 'max', d: Dim): readonly Dim[] {
  const inner = soleCall(d);
  return inner?.op === op ? inner.args : [d];
}

/** A call, or a number if bounds leave only one value. Arguments are simplified already. */
function makeCall(op: OpName, args: readonly Dim[]): Dim {
  const range = args.map(rangeOf).reduce((a, b) => rangeOfCall[op](a, b));
  if (range[0] === range[1]) return range[0];
  return fromAtom(`${op}(${args.map(formatDim).join(', ')})`, range, { op, args });
}

/**
 * The dim q with `q * b` equal to `a`, if polynomial division by `b` has no remainder; otherwise undefined. A symbolic divisor is assumed
 * to be non-zero, so `$b / $b` is 1.
 */
export function exactQuotient(a: Dim, b: Dim): Dim | undefined {
  if (typeof a === 'number' && typeof b === 'number') {
    return b !== 0 && a % b === 0 ? floorQuotient(a, b) : undefined;
  }
  const divisor = termsOf(b);
  const leading = divisor[0];
  if (leading === undefined) return undefined;
  const quotient: Term[] = [];
  // the order of terms respects products: leading terms divide, and the quotient's terms are in order
  for (let rest = termsOf(a), head = rest[0]; head !== undefined; head = rest[0]) {
    const term = divideTerm(head, leading);
    if (term === undefined) return undefined;
    quotient.push(term);
    rest = addTerms(rest, timesTerm(divisor, { ...term, coefficient: -term.coefficient }));
  }
  return fromTerms(quotient);
}

/** The product of dims, 1 for none: a shape's number of elements. @throws DimError unless it is a safe integer */
export function product(ds: readonly Dim[]): Dim {
  let result: Dim = 1;
  for (const d of ds) result = mul(result, d);
  return result;
}

/** The result of `compareDims`. */
export type Comparison = 'equal' | 'different' | 'undecided';

/**
 * Compares two dims: 'equal' for every size, 'different', or 'undecided'. Two polynomials of names are 'different' if some size makes them
 * unequal. Other dims (a number, or an expression with floorDiv, mod, min or max) are 'different' only if no size makes them equal.
 */
export function compareDims(a: Dim, b: Dim): Comparison {
  if (a === b) return 'equal';
  return !mayEqual(a, b) || (isPolynomial(a) && isPolynomial(b)) ? 'different' : 'undecided';
}

/** Whether two dims may be equal for some size: `$b` and `$c` may, `$b` and `$b + 1` may not. */
export function mayEqual(a: Dim, b: Dim): boolean {
  if (a === b) return true;
  if (typeof a === 'number' && typeof b === 'number') return false;
  const difference = sub(a, b);
  return typeof difference !== 'number' && !isNeverZero(difference);
}

/** Whether a dim is a polynomial of names only, and not constant. */
const isPolynomial = (d: Dim): boolean =>
  typeof d !== 'number' && d.terms.every((t) => t.factors.every((f) => f.call === undefined));
