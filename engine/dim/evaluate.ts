/** Evaluates dims, to numbers or in another arithmetic, and lists their names. */
import { DimError } from '../errors.ts';
import { exact, floorQuotient, floorRemainder } from './integers.ts';
import type { Atom, Dim, OpName, Term } from './polynomial.ts';

const evaluateCall: Readonly<Record<OpName, (a: number, b: number) => number>> = {
  floorDiv: floorQuotient,
  mod: floorRemainder,
  min: (a, b) => Math.min(a, b),
  max: (a, b) => Math.max(a, b),
};

/**
 * The value of a dim, given its names' values (keys without the `$`).
 * @throws DimError for a name that is unbound or not bound to a non-negative integer, for division by zero, and for a value that is not a
 * safe integer
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
  const args = call.args.map((arg) => evaluateDim(arg, bindings));
  if ((call.op === 'floorDiv' || call.op === 'mod') && args[1] === 0) throw new DimError(`${text}: division by zero`);
  return args.reduce(evaluateCall[call.op]);
}

/** Another arithmetic, in which dims can be computed. */
export interface DimAlgebra<T> extends Readonly<Record<'add' | 'mul' | OpName, (a: T, b: T) => T>> {
  readonly number: (value: number) => T;
  /** @param name without the `$` */
  readonly name: (name: string) => T;
}

/** Computes a dim in another arithmetic. */
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

const NO_NAMES: readonly string[] = Object.freeze([]);

/** The names in a dim, without the `$`, sorted. */
export function dimNames(d: Dim): readonly string[] {
  if (typeof d === 'number') return NO_NAMES;
  const names = new Set<string>();
  collectNames(d, names);
  return [...names].sort();
}

function collectNames(d: Dim, names: Set<string>): void {
  if (typeof d === 'number') return;
  for (const { factors } of d.terms) {
    for (const { text, call } of factors) {
      if (call === undefined) names.add(text.slice(1));
      else for (const arg of call.args) collectNames(arg, names);
    }
  }
}

/** Whether every dim of a shape is a number. */
export function isStatic(shape: readonly Dim[]): shape is readonly number[] {
  for (const d of shape) if (typeof d !== 'number') return false;
  return true;
}
