/**
 * The representation of dims: polynomials with integer coefficients over atoms. An atom is a named dim (a non-negative integer, such as
 * `$batch`) or a call of floorDiv, mod, min or max. A polynomial is a list of terms in a fixed order, and calls are simplified when they
 * are made, so equal text means equal dims. The converse does not hold: dims with different text may be equal for every size, and
 * `compareDims` is then undecided.
 *
 * A constant is always a plain number. Most shapes contain only numbers, so all functions handle them separately, for speed.
 */
import { DimError } from '../errors.ts';
import { shown } from '../inspect.ts';
import { WeakTable } from '../weak-table.ts';
import { exact, floorQuotient, floorRemainder, gcd } from './integers.ts';

/** A number if constant, otherwise an expression. */
export type Dim = number | DimExpr;

/** A dim that is not constant. Interned: within a process, dims with the same canonical text are the same object. */
export class DimExpr {
  /** Its text, for which `parseDim` returns this object. */
  readonly canonical: string;
  /** @internal Sorted by `compareFactors`; coefficients are non-zero. Made only by `fromTerms`. */
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

export interface Term {
  readonly coefficient: number;
  /** Sorted by text, and repeated for powers; empty for the constant term. */
  readonly factors: readonly Atom[];
}

/** Interned by text. */
export interface Atom {
  readonly text: string;
  readonly range: Range;
  /** The number of its terms and factors, including those of a call's arguments. */
  readonly size: number;
  /** undefined for a named dim. */
  readonly call: Call | undefined;
}

export interface Call {
  readonly op: OpName;
  readonly args: readonly Dim[];
}

/** Inclusive bounds of a value; infinite if unknown. */
export type Range = readonly [low: number, high: number];

export type OpName = 'floorDiv' | 'mod' | 'min' | 'max';

/**
 * The most terms and factors of a dim. Bounded because a dim from a file may be large, and all parts of it are kept, so that memory and
 * time grow with the square of its size.
 */
const LARGEST_DIM = 1000;
const interned = new WeakTable<DimExpr>();
const atoms = new WeakTable<Atom>();

/** The dim with this canonical text, if it is in use. */
export const findDim = (canonical: string): DimExpr | undefined => interned.find(canonical);

export function fromTerms(terms: readonly Term[]): Dim {
  const first = terms[0];
  if (first === undefined) return 0;
  if (first.factors.length === 0) return first.coefficient; // constants are sorted last
  if (sizeOfTerms(terms) > LARGEST_DIM) throw new DimError(`a dim of more than ${LARGEST_DIM} terms and factors`);
  const canonical = formatTerms(terms);
  return interned.get(canonical, () => new DimExpr(canonical, terms));
}

export function fromAtom(text: string, range: Range, call?: Call): Dim {
  const size = (call?.args ?? []).reduce<number>((n, arg) => n + sizeOf(arg), 1);
  const atom = atoms.get(text, () => ({ text, range, size, call }));
  return fromTerms([{ coefficient: 1, factors: [atom] }]);
}

export function termsOf(d: Dim): readonly Term[] {
  if (typeof d !== 'number') return d.terms;
  return d === 0 ? [] : [{ coefficient: d, factors: [] }];
}

/** Merges two sorted lists. */
export function addTerms(a: readonly Term[], b: readonly Term[]): readonly Term[] {
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

/** The result is sorted, since `compareFactors` respects products. */
export function timesTerm(terms: readonly Term[], { coefficient, factors }: Term): readonly Term[] {
  return terms.map((t) => ({
    coefficient: exact(t.coefficient * coefficient),
    factors: [...t.factors, ...factors].sort((a, b) => compareText(a.text, b.text)),
  }));
}

export function divideTerm(a: Term, b: Term): Term | undefined {
  if (a.coefficient % b.coefficient !== 0) return undefined;
  const factors = [...a.factors];
  for (const f of b.factors) {
    const at = factors.indexOf(f);
    if (at < 0) return undefined;
    factors.splice(at, 1);
  }
  return { coefficient: a.coefficient / b.coefficient, factors };
}

/** Graded lexicographic order: higher degrees first, the constant last. Polynomial division needs an order that respects products. */
function compareFactors(a: readonly Atom[], b: readonly Atom[]): number {
  if (a.length !== b.length) return b.length - a.length;
  const i = a.findIndex((f, at) => f !== b[at]);
  return compareText(a[i]?.text ?? '', b[i]?.text ?? '');
}

export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Splits `d` into `quotient * n + rest`; each coefficient of rest is in [0, n). */
export function divideCoefficients(d: DimExpr, n: number): readonly [quotient: Dim, rest: Dim] {
  const map = (f: (coefficient: number, n: number) => number): Dim =>
    fromTerms(d.terms.map((t) => ({ ...t, coefficient: f(t.coefficient, n) })).filter((t) => t.coefficient !== 0));
  return [map(floorQuotient), map(floorRemainder)];
}

/** The greatest common divisor of n and all coefficients except the constant term. */
export const commonDivisor = (d: DimExpr, n: number): number =>
  d.terms.reduce((divisor, t) => (t.factors.length === 0 ? divisor : gcd(divisor, t.coefficient)), n);

export function constantTerm(d: Dim): number {
  if (typeof d === 'number') return d;
  const last = d.terms.at(-1);
  return last?.factors.length === 0 ? last.coefficient : 0;
}

/** The call, if a dim is a single call. */
export function soleCall(d: Dim): Call | undefined {
  if (typeof d === 'number' || d.terms.length !== 1) return undefined;
  const term = d.terms[0];
  return term?.coefficient === 1 && term.factors.length === 1 ? term.factors[0]?.call : undefined;
}

const sizeOf = (d: Dim): number => (typeof d === 'number' ? 1 : sizeOfTerms(d.terms));

function sizeOfTerms(terms: readonly Term[]): number {
  let size = 0;
  for (const { factors } of terms) {
    size++;
    for (const factor of factors) size += factor.size;
  }
  return size;
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

/** The canonical text of a dim. */
export const formatDim = (d: Dim): string => (typeof d === 'number' ? String(d) : d.canonical);

/** For example `[$batch, 2]`. */
export const formatShape = (shape: readonly Dim[]): string => `[${shape.map(formatDim).join(', ')}]`;
