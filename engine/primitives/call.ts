/** Call: applies a Function that has its own gradient. */
import { attr } from '../attr.ts';
import { requireEqual } from '../build/context.ts';
import { apply } from '../build/function.ts';
import type { Fn } from '../build/sym.ts';
import { GraphError } from '../errors.ts';
import { defineOp, NOT_DIFFERENTIABLE, ZERO } from '../op.ts';
import { formatType, type TensorType } from '../types.ts';

/** For shape inference: requires arguments to have the types of a Function's parameters. @throws GraphError, ShapeError */
export function requireArguments(fn: Fn, args: readonly TensorType[]): void {
  if (args.length !== fn.parameters.length)
    throw new GraphError(`a Function of ${fn.parameters.length} parameters got ${args.length} arguments`);
  for (const [i, p] of fn.parameters.entries()) requireType(args[i]!, p, `argument ${i} of a Function`);
}

function requireType(given: TensorType, wanted: TensorType, what: string): void {
  if (given.dtype !== wanted.dtype || given.shape.length !== wanted.shape.length)
    throw new GraphError(`${what} is ${formatType(given)}, not ${formatType(wanted)}`);
  for (const [axis, d] of given.shape.entries()) requireEqual(d, wanted.shape[axis]!, `dimension ${axis} of ${what}`);
}

/**
 * Applies `forward` to args and captured. Its gradient is `rule`, from args, results, cotangents of the results and ruleCaptured to a
 * cotangent of each arg. Made by customGradient.
 */
export const Call = defineOp({
  name: 'Call',
  inputs: ['...args', '...captured', '...ruleCaptured'],
  outputs: ['...ys'],
  attrs: { forward: attr.fn(), rule: attr.fn() },
  infer: ({ args, captured, ruleCaptured }, { forward, rule }) => {
    requireArguments(forward, [...args, ...captured]);
    requireArguments(rule, [...args, ...forward.results, ...forward.results, ...ruleCaptured]);
    if (rule.results.length !== args.length)
      throw new GraphError(`a rule for ${args.length} arguments gives ${rule.results.length} cotangents`);
    return forward.results;
  },
  lowering: [
    { kind: 'composite', expand: ({ args, captured }, { forward }) => apply(forward, [...args, ...captured]) },
  ],
  gradient: {
    args: ({ args, ruleCaptured }, { ys, dys, attrs }) =>
      apply(attrs.rule, [...args, ...ys.ys, ...dys.ys, ...ruleCaptured]),
    captured: NOT_DIFFERENTIABLE,
    ruleCaptured: ZERO,
  },
});
