/** Exponential moving averages of variables. */
import type { Sym, Update } from '../../engine/index.ts';
import { AttributeError, assign, constant, GraphError, select, variableName } from '../../engine/index.ts';
import { add, equal, mul, sub } from '../../ops/exports.ts';
import { stateVariable } from './optimizer.ts';
import { graphOfVariable, matches, type VariableFilter } from './variables.ts';

export interface EmaOptions {
  /** The part of the average that each step keeps. Default 0.999. */
  readonly decay?: number;
  /** The end of the averages' names, as in `W1/ema`. Default 'ema'. */
  readonly name?: string;
  /** Which of the updated variables to average. Default: the trainable ones. */
  readonly variables?: VariableFilter;
}

/**
 * Exponential moving averages of variables after each run (B. Polyak, A. Juditsky 1992; section 7.2 of the Adam paper):
 *
 *     a' = a + (1 - decay) (w' - a)         and a' = w' in the first run
 *
 * @param updates an optimizer's updates; pass them to `compile` together with the returned ones
 * @returns `averages`: a variable, such as `W1/ema`, by the name of each averaged variable
 * @throws AttributeError for a decay outside [0, 1); GraphError if there is nothing to average
 */
export function ema(
  updates: readonly Update[],
  options: EmaOptions = {},
): { averages: Readonly<Record<string, Sym>>; updates: readonly Update[] } {
  const { decay = 0.999, name = 'ema', variables = (v: Sym) => v.node.attrs.trainable === true } = options;
  if (!(decay >= 0 && decay < 1)) throw new AttributeError(`ema: decay is a number in [0, 1), not ${decay}`);
  const covered = updates.filter(({ variable }) => variable.dtype === 'float32' && matches(variables, variable));
  const [first] = covered;
  if (first === undefined) throw new GraphError('ema: none of the updates is of a variable to average');
  const step = stateVariable(graphOfVariable(first.variable), `${name}/step`, { dtype: 'int32', shape: [] });
  const share = select(equal(step, constant(0, 'int32')), 1, 1 - decay);
  const pairs = covered.map(({ variable, value }) => {
    const before = stateVariable(graphOfVariable(variable), `${variableName(variable)}/${name}`, variable);
    return { variable, update: assign(before, add(before, mul(share, sub(value, before)))) };
  });
  return {
    averages: Object.fromEntries(pairs.map(({ variable, update }) => [variableName(variable), update.variable])),
    updates: [...pairs.map((p) => p.update), assign(step, add(step, constant(1, 'int32')))],
  };
}
