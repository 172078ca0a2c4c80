import { attr } from '../attr.ts';
import { requireEqual } from '../build/context.ts';
import { apply, type Fn } from '../build/function.ts';
import { GraphError } from '../errors.ts';
import { defineOp, NOT_DIFFERENTIABLE, ZERO } from '../op.ts';
import { formatType, type TensorType } from '../types.ts';

/** For shape inference: requires arguments of the types of a Function's parameters. @throws GraphError, ShapeError */
export function requireArguments(fn: Fn, args: readonly TensorType[]): void {
  if (args.length !== fn.parameters.length)
    throw new GraphError(`a Function of ${fn.parameters.length} parameters got ${args.length} arguments`);
  for (const [i, p] of fn.parameters.entries()) requireType(args[i]!, p, `argument ${i} of a Function`);
}

function requireType(own: TensorType, wanted: TensorType, what: string): void {
  if (own.dtype !== wanted.dtype || own.shape.length !== wanted.shape.length)
    throw new GraphError(`${what} is ${formatType(own)}, not ${formatType(wanted)}`);
  for (const [axis, d] of own.shape.entries()) requireEqual(d, wanted.shape[axis]!, `dimension ${axis} of ${what}`);
}

/**
 * A Function with a gradient of its own: `forward` over args and captured; `rule` over args, results, their cotangents, and what
 * the rule captured, gives a cotangent for each arg. What customGradient makes.
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
