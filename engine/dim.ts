/**
 * Symbolic dimensions.
 *
 * A dim is a polynomial with integer coefficients over *atoms*: named dims (non-negative integers, as `$batch`) and
 * calls of floorDiv, mod, min and max. A polynomial is a list of terms in a fixed order, and calls are simplified when
 * they are made, so equal text means equal dims. The form is sound, not complete: two dims that are written differently
 * may still be equal for every size, and `compareDims` then says that it does not know.
 *
 * A constant is always a plain number. Most shapes hold nothing else, so numbers take a path of their own everywhere.
 */

import { requireOfThisCopy } from './copy.ts';
import { DimError } from './errors.ts';
import { shown } from './inspect.ts';
import { WeakTable } from './weak-table.ts';

/** A plain number when constant, else an expression. */
export type Dim = number | DimExpr;

/** What users write for a dim; null asks for a fresh name (`$_1`, `$_2`, ...). */
export type DimLike = number | string | null | DimExpr;

/** 'different': unequal for some size, and where one side is a number or the difference is constant, for every size. */
export type Comparison = 'equal' | 'different' | 'undecided';

/** A dim that is not constant. Interned: within a process, `===` is equality of the canonical form. */
export class DimExpr {
  /** The text that `parseDim` reads back to this very object. */
  readonly canonical: string;
  /** @internal Sorted by `compareFactors`, coefficients non-zero, not a constant. Made by `fromTerms` alone. */
  readonly terms: readonly Term[];

  /** @internal */
  constructor(canonical: string, terms: readonly Term[]) {
    this.canonical = canonical;
    this.terms = terms;
  }

  toString(): string {
    return this.canonical;
  }

  toJSON(): string {
    return this.canonical;
  }
}

shown(DimExpr, 'Dim', String);

interface Term {
  readonly coefficient: number;
  /** Sorted by text, repeated for powers; empty for the constant term. */
  readonly factors: readonly Atom[];
}

/** Interned by text. */
interface Atom {
  readonly text: string;
  readonly range: Range;
  /** How many terms and factors it is made of, those of a call's arguments included. */
  readonly size: number;
  /** Undefined: a named dim. */
  readonly call: Call | undefined;
}

interface Call {
  readonly op: OpName;
  readonly args: readonly Dim[];
}

/** Inclusive bounds on a value; infinite where nothing is known. */
type Range = readonly [low: number, high: number];

type OpName = 'floorDiv' | 'mod' | 'min' | 'max';

interface Operation {
  /** An associative operation takes any number of arguments, and is folded from the left. */
  readonly associative: boolean;
  readonly build: (a: Dim, b: Dim) => Dim;
  readonly evaluate: (a: number, b: number) => number;
  readonly range: (a: Range, b: Range) => Range;
}

const ANYTHING: Range = [-Infinity, Infinity];

const operations: Readonly<Record<OpName, Operation>> = {
  floorDiv: { associative: false, build: floorDiv, evaluate: floorQuotient, range: quotientRange },
  mod: { associative: false, build: mod, evaluate: floorRemainder, range: remainderRange },
  min: {
    associative: true,
    build: (a, b) => extremum('min', a, b),
    evaluate: (a, b) => Math.min(a, b),
    range: (a, b) => [Math.min(a[0], b[0]), Math.min(a[1], b[1])],
  },
  max: {
    associative: true,
    build: (a, b) => extremum('max', a, b),
    evaluate: (a, b) => Math.max(a, b),
    range: (a, b) => [Math.max(a[0], b[0]), Math.max(a[1], b[1])],
  },
};

// ---------------------------------------------------------------------------------------------------------------------
// What the rest of the engine calls

/**
 * The dim that a user wrote, as it may stand in a shape.
 * Throws DimError for a negative number, one that is not a safe integer, and text that `parseDim` does not read.
 */
export function toDim(d: DimLike): Dim {
  const result = operand(d);
  if (typeof result === 'number' && result < 0) throw new DimError(`a dim cannot be negative: ${formatLike(d)}`);
  return result;
}

/**
 * Arithmetic on dims. Operands may be negative, since `$h - 3` has a negative part; only `toDim` minds.
 * floorDiv rounds to minus infinity, and `mod(a, b)` is `a - b * floorDiv(a, b)`. A division by a symbolic dim takes it
 * to be non-zero: `floorDiv($b * $c, $b)` is `$c`.
 * Each throws DimError for an operand that is no dim, for a division by the constant 0, and where a coefficient is
 * no longer a safe integer.
 */
export const dim: Readonly<Record<'add' | 'sub' | 'mul' | OpName, (a: DimLike, b: DimLike) => Dim>> = {
  add: onOperands(add),
  sub: onOperands(sub),
  mul: onOperands(mul),
  floorDiv: onOperands(operations.floorDiv.build),
  mod: onOperands(operations.mod.build),
  min: onOperands(operations.min.build),
  max: onOperands(operations.max.build),
};

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

/**
 * The value of a dim, given its names' values (keys without the `$`).
 * Throws DimError for a name that is not bound or is bound to anything but a non-negative integer, for a division by
 * zero, and for a value that is not a safe integer.
 */
export function evaluateDim(d: Dim, bindings: Readonly<Record<string, number>>): number {
  if (typeof d === 'number') return d;
  let sum = 0;
  for (const { coefficient, factors } of d.terms) {
    let value = coefficient;
    for (const atom of factors) value = exact(value * evaluateAtom(atom, bindings));
    sum = exact(sum + value);
  }
  return sum;
}

/** What stands for the parts of a dim in another arithmetic. */
export interface DimAlgebra<T> extends Readonly<Record<'add' | 'mul' | OpName, (a: T, b: T) => T>> {
  readonly number: (value: number) => T;
  /** Without the `$`. */
  readonly name: (name: string) => T;
}

/** A dim in another arithmetic: what computes it elsewhere. */
export function foldDim<T>(d: Dim, algebra: DimAlgebra<T>): T {
  if (typeof d === 'number') return algebra.number(d);
  const atom = ({ text, call }: Atom): T =>
    call === undefined
      ? algebra.name(text.slice(1))
      : call.args.map((arg) => foldDim(arg, algebra)).reduce((a, b) => algebra[call.op](a, b));
  const term = ({ coefficient, factors }: Term): T =>
    (coefficient === 1 && factors.length > 0
      ? factors.map(atom)
      : [algebra.number(coefficient), ...factors.map(atom)]
    ).reduce(algebra.mul);
  return d.terms.map(term).reduce(algebra.add);
}

/** The names that a dim depends on, without the `$`, sorted. */
export function dimNames(d: Dim): readonly string[] {
  if (typeof d === 'number') return NO_NAMES;
  const names = new Set<string>();
  collectNames(d, names);
  return [...names].sort();
}

/** The product of dims, 1 for none: the number of elements of a shape. Throws DimError where it is no safe integer. */
export function product(ds: readonly Dim[]): Dim {
  let result: Dim = 1;
  for (const d of ds) result = mul(result, d);
  return result;
}

/** Whether every dim of a shape is a number. */
export function isStatic(shape: readonly Dim[]): shape is readonly number[] {
  for (const d of shape) if (typeof d !== 'number') return false;
  return true;
}

/** The canonical text of a dim. */
export function formatDim(d: Dim): string {
  return typeof d === 'number' ? String(d) : d.canonical;
}

/** As in `[$batch, 2]`. */
export function formatShape(shape: readonly Dim[]): string {
  return `[${shape.map(formatDim).join(', ')}]`;
}

// ---------------------------------------------------------------------------------------------------------------------
// Reading

/** Always matches: any other character is a token of its own, which the grammar rejects; the end is an empty one. */
const TOKEN = /\s*(\d+|\$?[A-Za-z_]\w*|\S|$)/y;
/** Text may come from a file: nesting beyond this is an error of ours, not a stack overflow. */
const DEEPEST_NESTING = 500;
/** And so is a product of sums that would multiply out to more terms than this. */
const MOST_TERMS = 10_000;
/**
 * And so is a dim of more terms and factors than this: each of those that lead to it is kept, so that memory and time grow with the
 * square.
 */
const LARGEST_DIM = 1000;
/** And a least or greatest of more than this many, each of which is compared to all others. */
const MOST_ALTERNATIVES = 64;

/**
 * Reads integers, `$names`, `+`, `-`, `*`, parentheses, `floorDiv(a, b)`, `mod(a, b)`, `min(a, b, ...)` and
 * `max(a, b, ...)`; so it reads every `canonical` back.
 * Throws DimError, with the position, for anything else, and for a division by the constant 0.
 */
export function parseDim(text: string): Dim {
  const known = interned.find(text);
  if (known !== undefined) return known;

  let token = '';
  let end = 0; // of the token
  let depth = 0;
  const fail = (expected: string): never => {
    const found = token === '' ? 'the end' : `'${token}'`;
    const position = end - token.length;
    throw new DimError(`cannot read the dim '${text}': expected ${expected}, found ${found} at position ${position}`);
  };
  const advance = (): void => {
    TOKEN.lastIndex = end;
    token = TOKEN.exec(text)?.[1] ?? '';
    end = TOKEN.lastIndex;
  };
  const take = (wanted: string): boolean => {
    if (token !== wanted) return false;
    advance();
    return true;
  };
  const expect = (wanted: string): void => {
    if (!take(wanted)) fail(`'${wanted}'`);
  };

  const sum = (): Dim => {
    if (++depth > DEEPEST_NESTING) fail(`at most ${DEEPEST_NESTING} levels`);
    let result = term();
    for (;;) {
      if (take('+')) result = add(result, term());
      else if (take('-')) result = sub(result, term());
      else break;
    }
    depth--;
    return result;
  };
  const term = (): Dim => {
    let result = factor();
    while (take('*')) result = mul(result, factor());
    return result;
  };
  const factor = (): Dim => {
    let sign = 1;
    while (take('-')) sign = -sign;
    return mul(sign, primary());
  };
  const primary = (): Dim => {
    if (take('(')) {
      const inner = sum();
      expect(')');
      return inner;
    }
    const word = token;
    if (/^\d/.test(word)) {
      if (!Number.isSafeInteger(Number(word))) fail('a safe integer');
      advance();
      return Number(word);
    }
    if (/^\$\w/.test(word)) {
      advance();
      return named(word);
    }
    if (!Object.hasOwn(operations, word)) fail('an integer, a $name, floorDiv, mod, min, max or (');
    advance();
    return call(operations[word as OpName]);
  };
  const call = ({ associative, build }: Operation): Dim => {
    expect('(');
    let result = sum();
    expect(',');
    do result = build(result, sum());
    while (associative && take(','));
    expect(')');
    return result;
  };

  advance();
  const result = sum();
  if (token !== '') fail('the end');
  return result;
}

// ---------------------------------------------------------------------------------------------------------------------
// Arithmetic

function add(a: Dim, b: Dim): Dim {
  if (typeof a === 'number' && typeof b === 'number') return exact(a + b);
  return fromTerms(addTerms(termsOf(a), termsOf(b)));
}

function sub(a: Dim, b: Dim): Dim {
  if (typeof a === 'number' && typeof b === 'number') return exact(a - b);
  return a === b ? 0 : add(a, mul(b, -1));
}

function mul(a: Dim, b: Dim): Dim {
  if (typeof a === 'number' && typeof b === 'number') return exact(a * b);
  if (a === 1) return b;
  if (b === 1) return a;
  const terms = termsOf(a);
  if (terms.length * termsOf(b).length > MOST_TERMS) throw new DimError(`a dim of more than ${MOST_TERMS} terms`);
  return fromTerms(termsOf(b).reduce<readonly Term[]>((sum, t) => addTerms(sum, timesTerm(terms, t)), []));
}

function floorDiv(a: Dim, b: Dim): Dim {
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

function mod(a: Dim, b: Dim): Dim {
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
function extremum(op: 'min' | 'max', a: Dim, b: Dim): Dim {
  if (typeof a === 'number' && typeof b === 'number') return operations[op].evaluate(a, b);
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

/** Splits `d` into `quotient * n + rest`, each coefficient of rest in [0, n). */
function divideCoefficients(d: DimExpr, n: number): readonly [quotient: Dim, rest: Dim] {
  const map = (f: (coefficient: number, n: number) => number): Dim =>
    fromTerms(d.terms.map((t) => ({ ...t, coefficient: f(t.coefficient, n) })).filter((t) => t.coefficient !== 0));
  return [map(floorQuotient), map(floorRemainder)];
}

/** The greatest common divisor of n and of all coefficients but the constant term. */
function commonDivisor(d: DimExpr, n: number): number {
  return d.terms.reduce((divisor, t) => (t.factors.length === 0 ? divisor : gcd(divisor, t.coefficient)), n);
}

function gcd(a: number, b: number): number {
  while (b !== 0) [a, b] = [b, a % b];
  return Math.abs(a);
}

function constantTerm(d: Dim): number {
  if (typeof d === 'number') return d;
  const last = d.terms.at(-1);
  return last?.factors.length === 0 ? last.coefficient : 0;
}

/** The call that a dim is, if it is one and nothing else. */
function soleCall(d: Dim): Call | undefined {
  if (typeof d === 'number' || d.terms.length !== 1) return undefined;
  const term = d.terms[0];
  return term?.coefficient === 1 && term.factors.length === 1 ? term.factors[0]?.call : undefined;
}

/** A number that any dim may hold; never -0. Throws DimError where arithmetic is no longer exact. */
function exact(n: number): number {
  if (!Number.isSafeInteger(n)) throw new DimError(`a dim must be a safe integer: ${n}`);
  return n + 0;
}

function floorQuotient(a: number, b: number): number {
  if (b === 0) throw new DimError(`floorDiv(${a}, 0): division by zero`);
  const rest = a % b;
  const truncated = (a - rest) / b; // exact, where a / b may round up to the next integer
  return (rest !== 0 && rest < 0 !== b < 0 ? truncated - 1 : truncated) + 0;
}

function floorRemainder(a: number, b: number): number {
  if (b === 0) throw new DimError(`mod(${a}, 0): division by zero`);
  const rest = a % b;
  return (rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest) + 0;
}

// ---------------------------------------------------------------------------------------------------------------------
// Terms, atoms, and their interning

const interned = new WeakTable<DimExpr>();
const atoms = new WeakTable<Atom>();
let lastFresh = 0;

function fromTerms(terms: readonly Term[]): Dim {
  const first = terms[0];
  if (first === undefined) return 0;
  if (first.factors.length === 0) return first.coefficient; // constants sort last
  if (sizeOfTerms(terms) > LARGEST_DIM) throw new DimError(`a dim of more than ${LARGEST_DIM} terms and factors`);
  const canonical = formatTerms(terms);
  return interned.get(canonical, () => new DimExpr(canonical, terms));
}

function termsOf(d: Dim): readonly Term[] {
  if (typeof d !== 'number') return d.terms;
  return d === 0 ? [] : [{ coefficient: d, factors: [] }];
}

function formatTerms(terms: readonly Term[]): string {
  let text = '';
  for (const { coefficient, factors } of terms) {
    const size = Math.abs(coefficient);
    const parts = factors.map((f) => f.text);
    if (size !== 1 || parts.length === 0) parts.push(String(size));
    const sign = text === '' ? (coefficient < 0 ? '-' : '') : coefficient < 0 ? ' - ' : ' + ';
    text += sign + parts.join(' * ');
  }
  return text;
}

/** Merges two sorted lists. */
function addTerms(a: readonly Term[], b: readonly Term[]): readonly Term[] {
  const sum: Term[] = [];
  let i = 0;
  let j = 0;
  for (;;) {
    const s = a[i];
    const t = b[j];
    if (s === undefined || t === undefined) break;
    const order = compareFactors(s.factors, t.factors);
    if (order < 0) sum.push(s);
    else if (order > 0) sum.push(t);
    else if (s.coefficient !== -t.coefficient) {
      sum.push({ coefficient: exact(s.coefficient + t.coefficient), factors: s.factors });
    }
    if (order <= 0) i++;
    if (order >= 0) j++;
  }
  return sum.concat(a.slice(i), b.slice(j));
}

/** Stays sorted, since `compareFactors` respects products. */
function timesTerm(terms: readonly Term[], { coefficient, factors }: Term): readonly Term[] {
  return terms.map((t) => ({
    coefficient: exact(t.coefficient * coefficient),
    factors: [...t.factors, ...factors].sort((a, b) => compareText(a.text, b.text)),
  }));
}

function divideTerm(a: Term, b: Term): Term | undefined {
  if (a.coefficient % b.coefficient !== 0) return undefined;
  const factors = [...a.factors];
  for (const f of b.factors) {
    const at = factors.indexOf(f);
    if (at < 0) return undefined;
    factors.splice(at, 1);
  }
  return { coefficient: a.coefficient / b.coefficient, factors };
}

/** Graded lexicographic: higher degrees first, the constant last. Division needs an order that respects products. */
function compareFactors(a: readonly Atom[], b: readonly Atom[]): number {
  if (a.length !== b.length) return b.length - a.length;
  const i = a.findIndex((f, at) => f !== b[at]);
  return compareText(a[i]?.text ?? '', b[i]?.text ?? '');
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function named(text: string): Dim {
  // sizes are looked up by name in objects, which all have these
  if (text.slice(1) in Object.prototype) throw new DimError(`a dim cannot be named '${text}'`);
  // A name in the style of fresh ones (read from a file, say) must not be handed out again.
  const number = /^\$_(\d{1,15})$/.exec(text)?.[1];
  if (number !== undefined) lastFresh = Math.max(lastFresh, Number(number));
  return fromAtom(text, [0, Infinity]);
}

/** An atom, unless bounds leave one value only. Arguments are simplified already. */
function makeCall(op: OpName, args: readonly Dim[]): Dim {
  const range = args.map(rangeOf).reduce((a, b) => operations[op].range(a, b));
  if (range[0] === range[1]) return range[0];
  return fromAtom(`${op}(${args.map(formatDim).join(', ')})`, range, { op, args });
}

function fromAtom(text: string, range: Range, call?: Call): Dim {
  const size = (call?.args ?? []).reduce<number>((n, arg) => n + sizeOf(arg), 1);
  const atom = atoms.get(text, () => ({ text, range, size, call }));
  return fromTerms([{ coefficient: 1, factors: [atom] }]);
}

function operand(d: DimLike): Dim {
  if (typeof d === 'number') return exact(d);
  if (typeof d === 'string') return parseDim(d);
  if (d === null) return named(`$_${lastFresh + 1}`);
  if (d instanceof DimExpr) return d;
  requireOfThisCopy(d);
  throw new DimError(`a dim is an integer, a text such as '$batch', null or an expression, not ${typeof d}`);
}

/** How many terms and factors a dim has. */
function sizeOf(d: Dim): number {
  return typeof d === 'number' ? 1 : sizeOfTerms(d.terms);
}

function sizeOfTerms(terms: readonly Term[]): number {
  let size = 0;
  for (const { factors } of terms) {
    size++;
    for (const factor of factors) size += factor.size;
  }
  return size;
}

function onOperands(f: (a: Dim, b: Dim) => Dim): (a: DimLike, b: DimLike) => Dim {
  return (a, b) => f(operand(a), operand(b));
}

function formatLike(d: DimLike): string {
  return typeof d === 'string' ? `'${d}'` : String(d);
}

// ---------------------------------------------------------------------------------------------------------------------
// What is known of a dim's values

function rangeOf(d: Dim): Range {
  if (typeof d === 'number') return [d, d];
  let low = 0;
  let high = 0;
  for (const { coefficient, factors } of d.terms) {
    let range: Range = [coefficient, coefficient];
    for (const { range: other } of factors) range = timesRange(range, other);
    low += range[0];
    high += range[1];
  }
  return widened(low, high);
}

function timesRange([a, b]: Range, [c, d]: Range): Range {
  const [ac, ad, bc, bd] = [bound(a, c), bound(a, d), bound(b, c), bound(b, d)];
  return widened(Math.min(ac, ad, bc, bd), Math.max(ac, ad, bc, bd));
}

/** A zero times an unbounded value is zero. */
function bound(a: number, b: number): number {
  return a === 0 || b === 0 ? 0 : a * b;
}

/** A bound that may have been rounded is given up. */
function widened(low: number, high: number): Range {
  return [Number.isSafeInteger(low) ? low : -Infinity, Number.isSafeInteger(high) ? high : Infinity];
}

/** A divisor is never 0, or there is no value to be bounded. */
function quotientRange([low, high]: Range, [least, greatest]: Range): Range {
  const divide = (n: number): number => (Number.isFinite(n) ? floorQuotient(n, least) : n);
  if (least === greatest && least > 0) return [divide(low), divide(high)];
  return low >= 0 && least >= 0 ? [0, high] : ANYTHING;
}

function remainderRange([low, high]: Range, [least, greatest]: Range): Range {
  if (least < 0) return ANYTHING;
  return [0, Math.min(greatest - 1, low >= 0 ? high : Infinity)];
}

/** Whether bounds or divisibility exclude zero: `$b + 3`, `$b * 4 - 6`. */
function isNeverZero(d: DimExpr): boolean {
  const [low, high] = rangeOf(d);
  return low > 0 || high < 0 || constantTerm(d) % commonDivisor(d, 0) !== 0;
}

/** A polynomial of names alone, and not a constant. */
function isPolynomial(d: Dim): boolean {
  return typeof d !== 'number' && d.terms.every((t) => t.factors.every((f) => f.call === undefined));
}

const NO_NAMES: readonly string[] = Object.freeze([]);

function collectNames(d: Dim, names: Set<string>): void {
  if (typeof d === 'number') return;
  for (const { factors } of d.terms) {
    for (const { text, call } of factors) {
      if (call === undefined) names.add(text.slice(1));
      else for (const arg of call.args) collectNames(arg, names);
    }
  }
}

function evaluateAtom({ text, call }: Atom, bindings: Readonly<Record<string, number>>): number {
  if (call === undefined) {
    const name = text.slice(1);
    const value = Object.hasOwn(bindings, name) ? bindings[name] : undefined;
    if (value === undefined) throw new DimError(`the dim ${text} is not bound`);
    if (!Number.isSafeInteger(value) || value < 0) {
      throw new DimError(`the dim ${text} must be a non-negative integer, not ${value}`);
    }
    return value;
  }
  const { associative, evaluate } = operations[call.op];
  const args = call.args.map((arg) => evaluateDim(arg, bindings));
  if (!associative && args[1] === 0) {
    throw new DimError(`${text}: division by zero`);
  }
  return args.reduce((a, b) => evaluate(a, b));
}
