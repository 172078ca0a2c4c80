/** Arithmetic of dims, which gives each result in its simplest form, and their comparison. */
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

/** A product of sums that would multiply out to more terms than this is an error: text may come from a file. */
const MOST_TERMS = 10_000;
/** And so is a least or greatest of more than this many, each of which is compared to all others. */
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

/** floorDiv by b > 0 of what has its coefficients in [0, b). */
function floorDivReduced(a: Dim, b: number): Dim {
  if (typeof a === 'number') return 0;
  const divisor = commonDivisor(a, b);
  // floor((g p + r) / (g c)) = floor(p / c) for a constant r in [0, g)
  if (divisor > 1) return floorDiv(divideCoefficients(a, divisor)[0], b / divisor);
  const constant = constantTerm(a);
  const inner = soleCall(sub(a, constant));
  const [innerDividend, innerDivisor] = inner?.op === 'floorDiv' ? inner.args : [];
  // floor((floor(x / m) + k) / c) = floor((x + k m) / (m c)): layers of strides collapse into one
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

/** mod by b > 0 of what has its coefficients in [0, b). */
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

/** The least or greatest: nested ones flattened, and what another one provably beats left out. */
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

/** An atom, unless bounds leave one value only. Arguments are simplified already. */
function makeCall(op: OpName, args: readonly Dim[]): Dim {
  const range = args.map(rangeOf).reduce((a, b) => rangeOfCall[op](a, b));
  if (range[0] === range[1]) return range[0];
  return fromAtom(`${op}(${args.map(formatDim).join(', ')})`, range, { op, args });
}

/**
 * The dim q with `q * b` equal to `a`, where polynomial division by `b` leaves no remainder; else undefined.
 * A symbolic divisor is taken to be non-zero, so `$b / $b` is 1.
 */
export function exactQuotient(a: Dim, b: Dim): Dim | undefined {
  if (typeof a === 'number' && typeof b === 'number') {
    return b !== 0 && a % b === 0 ? floorQuotient(a, b) : undefined;
  }
  const divisor = termsOf(b);
  const leading = divisor[0];
  if (leading === undefined) return undefined;
  const quotient: Term[] = [];
  // The order of terms respects products, so leading terms divide, and the quotient's come out sorted.
  for (let rest = termsOf(a), head = rest[0]; head !== undefined; head = rest[0]) {
    const term = divideTerm(head, leading);
    if (term === undefined) return undefined;
    quotient.push(term);
    rest = addTerms(rest, timesTerm(divisor, { ...term, coefficient: -term.coefficient }));
  }
  return fromTerms(quotient);
}

/** The product of dims, 1 for none: the number of elements of a shape. Throws DimError where it is no safe integer. */
export function product(ds: readonly Dim[]): Dim {
  let result: Dim = 1;
  for (const d of ds) result = mul(result, d);
  return result;
}

/** 'different': unequal for some size, and where one side is a number or the difference is constant, for every size. */
export type Comparison = 'equal' | 'different' | 'undecided';

/**
 * Whether two dims are the same for every size ('equal'), provably not the same ('different'), or neither is known.
 * A number and an expression, or anything with a floorDiv, mod, min or max in it, is 'different' only where no size
 * makes the two equal; two polynomials of names are 'different' as soon as some size tells them apart.
 */
export function compareDims(a: Dim, b: Dim): Comparison {
  if (a === b) return 'equal';
  return !mayEqual(a, b) || (isPolynomial(a) && isPolynomial(b)) ? 'different' : 'undecided';
}

/** Whether two dims are the same for some size, as far as is known: `$b` and `$c` may be, `$b` and `$b + 1` not. */
export function mayEqual(a: Dim, b: Dim): boolean {
  if (a === b) return true;
  if (typeof a === 'number' && typeof b === 'number') return false;
  const difference = sub(a, b);
  return typeof difference !== 'number' && !isNeverZero(difference);
}

/** A polynomial of names alone, and not a constant. */
const isPolynomial = (d: Dim): boolean =>
  typeof d !== 'number' && d.terms.every((t) => t.factors.every((f) => f.call === undefined));
