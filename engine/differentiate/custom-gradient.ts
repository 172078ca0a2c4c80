/** `customGradient`: functions whose gradient the user defines. */
import { apart, atOnce } from '../build/context.ts';
import { trace } from '../build/function.ts';
import { graphOf } from '../build/graph.ts';
import { isSym, type Sym, type SymLike } from '../build/sym.ts';
import { GradientRuleError } from '../errors.ts';
import { expose } from '../expose.ts';
import { lift } from '../op.ts';
import { Call } from '../primitives/call.ts';
import { zeroCotangent } from '../primitives/fill.ts';
import { sameShape } from '../primitives/reshape.ts';
import { formatType } from '../types.ts';
import { unbroadcast } from './accumulate.ts';

export interface CustomRuleContext {
  /** The first result and its cotangent. */
  readonly y: Sym;
  readonly dy: Sym;
  readonly ys: readonly Sym[];
  readonly dys: readonly Sym[];
}
/** Returns the cotangent of one argument; undefined means zero. */
export type CustomRule = (args: readonly Sym[], context: CustomRuleContext) => SymLike | undefined;

/**
 * `f`, differentiated by `rules` (one for each argument) instead of the rules of its ops. The nodes that the rules build can be
 * differentiated again. A gradient with respect to a value that `f` uses but does not get as an argument is an error.
 * @throws GradientRuleError, when called, if the numbers of rules and arguments differ
 */
export function customGradient(f: (...args: Sym[]) => Sym, rules: readonly CustomRule[]): (...args: Sym[]) => Sym;
export function customGradient(
  f: (...args: Sym[]) => readonly Sym[],
  rules: readonly CustomRule[],
): (...args: Sym[]) => readonly Sym[];
export function customGradient(
  f: (...args: Sym[]) => Sym | readonly Sym[],
  rules: readonly CustomRule[],
): (...args: Sym[]) => Sym | readonly Sym[] {
  return expose('the function of customGradient', '...args:y', (...args: Sym[]) => {
    if (rules.length !== args.length)
      throw new GradientRuleError(`customGradient: ${rules.length} rules for ${args.length} arguments`);
    const graph = graphOf(args);
    let single = false;
    const forward = trace(graph, args, (parameters) => {
      const result = atOnce(
        'customGradient',
        apart(() => f(...parameters)),
      );
      single = isSym(result);
      return single ? [result as Sym] : (result as readonly Sym[]);
    });
    const results = forward.fn.results;
    const rule = trace(graph, [...args, ...results, ...results], (parameters) => {
      const xs = parameters.slice(0, args.length);
      const ys = parameters.slice(args.length, args.length + results.length);
      const dys = parameters.slice(args.length + results.length);
      return xs.map((x, i) => {
        const value = atOnce(
          `customGradient: rule ${i}`,
          apart(() => rules[i]!(xs, { y: ys[0]!, dy: dys[0]!, ys, dys })),
        );
        return value === undefined ? zeroCotangent(x) : cotangentOf(x, graph.adopt(lift(value, x.dtype)), i);
      });
    });
    const ys = Call.nodes(
      { args, captured: forward.captured, ruleCaptured: rule.captured },
      { forward: forward.fn, rule: rule.fn },
    );
    return single ? ys[0]! : ys;
  });
}

/**
 * Checks the result of a rule. It is returned without unbroadcasting, which the engine does after masking.
 * @throws GradientRuleError if it cannot be the argument's cotangent
 */
function cotangentOf(x: Sym, value: Sym, rule: number): Sym {
  try {
    if (value.dtype === x.dtype && sameShape(unbroadcast(value, x.shape).shape, x.shape)) return value;
  } catch (cause) {
    throw misfit(x, value, rule, cause);
  }
  throw misfit(x, value, rule);
}

const misfit = (x: Sym, value: Sym, rule: number, cause?: unknown): GradientRuleError =>
  new GradientRuleError(
    `customGradient: rule ${rule} gave ${formatType(value)}, which is no gradient of ${formatType(x)}`,
    { site: value.node.site, cause },
  );
