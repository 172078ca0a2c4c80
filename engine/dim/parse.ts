/** Reads the dims that users write, and does arithmetic on them. */
import { requireOfThisCopy } from '../copy.ts';
import { DimError } from '../errors.ts';
import { add, extremum, floorDiv, mod, mul, sub } from './arithmetic.ts';
import { exact } from './integers.ts';
import { type Dim, DimExpr, findDim, fromAtom, type OpName } from './polynomial.ts';

/** A dim as users write it. null makes a fresh name (`$_1`, `$_2`, ...). */
export type DimLike = number | string | null | DimExpr;

const calls: Readonly<Record<OpName, (a: Dim, b: Dim) => Dim>> = {
  floorDiv,
  mod,
  min: (a, b) => extremum('min', a, b),
  max: (a, b) => extremum('max', a, b),
};

/**
 * Converts a user's dim to a dim of a shape.
 * @throws DimError for a negative number, one that is not a safe integer, and text that `parseDim` cannot read
 */
export function toDim(d: DimLike): Dim {
  const result = operand(d);
  if (typeof result === 'number' && result < 0) throw new DimError(`a dim cannot be negative: ${formatLike(d)}`);
  return result;
}

const onOperands =
  (f: (a: Dim, b: Dim) => Dim): ((a: DimLike, b: DimLike) => Dim) =>
  (a, b) =>
    f(operand(a), operand(b));

/**
 * Arithmetic on dims. Operands may be negative, as in `$h - 3`; only `toDim` rejects negative numbers. floorDiv rounds to minus infinity,
 * and `mod(a, b)` is `a - b * floorDiv(a, b)`. A symbolic divisor is assumed to be non-zero: `floorDiv($b * $c, $b)` is `$c`.
 * @throws DimError for an operand that is not a dim, for division by the constant 0, and if a coefficient is not a safe integer
 */
export const dim: Readonly<Record<'add' | 'sub' | 'mul' | OpName, (a: DimLike, b: DimLike) => Dim>> = {
  add: onOperands(add),
  sub: onOperands(sub),
  mul: onOperands(mul),
  floorDiv: onOperands(calls.floorDiv),
  mod: onOperands(calls.mod),
  min: onOperands(calls.min),
  max: onOperands(calls.max),
};

function operand(d: DimLike): Dim {
  if (typeof d === 'number') return exact(d);
  if (typeof d === 'string') return parseDim(d);
  if (d === null) return named(`$_${lastFresh + 1}`);
  if (d instanceof DimExpr) return d;
  requireOfThisCopy(d);
  throw new DimError(`a dim is an integer, a text such as '$batch', null or an expression, not ${typeof d}`);
}

let lastFresh = 0;

function named(text: string): Dim {
  // sizes are looked up by name in plain objects, which inherit these properties
  if (text.slice(1) in Object.prototype) throw new DimError(`a dim cannot be named '${text}'`);
  // a name like a fresh one, for example read from a file, must not be given out again
  const number = /^\$_(\d{1,15})$/.exec(text)?.[1];
  if (number !== undefined) lastFresh = Math.max(lastFresh, Number(number));
  return fromAtom(text, [0, Infinity]);
}

const formatLike = (d: DimLike): string => (typeof d === 'string' ? `'${d}'` : String(d));

/** Matches at any position: every other character is a token, which the grammar rejects, and the end is an empty token. */
const TOKEN = /\s*(\d+|\$?[A-Za-z_]\w*|\S|$)/y;
/** The deepest nesting, so that text from a file causes an error and not a stack overflow. */
const DEEPEST_NESTING = 500;

/**
 * Reads integers, `$names`, `+`, `-`, `*`, parentheses, `floorDiv(a, b)`, `mod(a, b)`, `min(a, b, ...)` and `max(a, b, ...)`, and therefore
 * every `canonical`.
 * @throws DimError, with the position, for anything else, and for division by the constant 0
 */
export function parseDim(text: string): Dim {
  const known = findDim(text);
  if (known !== undefined) return known;

  let token = '';
  let end = 0; // the end of the token
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
    if (!Object.hasOwn(calls, word)) fail('an integer, a $name, floorDiv, mod, min, max or (');
    advance();
    return call(word as OpName);
  };
  const call = (op: OpName): Dim => {
    expect('(');
    let result = sum();
    expect(',');
    do result = calls[op](result, sum());
    while ((op === 'min' || op === 'max') && take(','));
    expect(')');
    return result;
  };

  advance();
  const result = sum();
  if (token !== '') fail('the end');
  return result;
}
