/** Finds quotients symbolically, by cancelling factors. */
import { AddN, addN, broadcastTo, fillValue, type Sym } from '../../engine/index.ts';
import { Add, add } from './add.ts';
import { Multiply, mul } from './multiply.ts';
import { Neg, neg } from './neg.ts';
import { Pow, pow } from './pow.ts';
import { Square } from './square.ts';

/** a / b, both of one shape, if b is a factor of a or of each term of a: also right where b is 0. Undefined if it is not a factor. */
export function quotient(a: Sym, b: Sym): Sym | undefined {
  const part = cancel(a, b);
  return part && broadcastTo(part, b.shape);
}

function cancel(a: Sym, b: Sym): Sym | undefined {
  const { op, inputs } = a.node;
  if (op === Multiply) {
    const [p, q] = inputs as readonly [Sym, Sym];
    if (p === b) return q;
    if (q === b) return p;
    const left = cancel(p, b);
    if (left !== undefined) return mul(left, q);
    const right = cancel(q, b);
    return right === undefined ? undefined : mul(p, right);
  }
  if (op === Square && inputs[0] === b) return b;
  if (op === Pow && inputs[0] === b && (fillValue(inputs[1]!) ?? 0) > 1) return pow(b, fillValue(inputs[1]!)! - 1);
  if (op === Neg) {
    const part = cancel(inputs[0]!, b);
    return part && neg(part);
  }
  if (op === Add || op === AddN) {
    const parts: Sym[] = [];
    for (const term of inputs) {
      const part = cancel(term, b);
      if (part === undefined) return undefined;
      parts.push(part);
    }
    return op === Add ? add(parts[0]!, parts[1]!) : addN(parts);
  }
  return undefined;
}
