/** Gradient accumulation over several runs. */
import { AttributeError, assign, constant, select, type Update, variableName } from '../../engine/index.ts';
import { add, div, equal } from '../../ops/exports.ts';
import { exposeOptimizer, type Optimizer, stateVariable, type VariableGradient } from './optimizer.ts';
import { graphOfVariable } from './variables.ts';

export interface AccumulateOptions {
  /** The number of runs for one step. */
  readonly steps: number;
}

/**
 * Makes one step of an optimizer every `steps` runs, with the mean of their gradients. Equal micro-batches, each with a mean loss, train as
 * one batch of all of them does. Variables, slots and the step counter change only in every `steps`-th run. Sums are in `W1/adam/sum`,
 * their count in `adam/accumulated`; training that is interrupted between steps continues from there.
 * @throws AttributeError unless steps is a positive integer
 */
export function accumulate(optimizer: Optimizer, { steps }: AccumulateOptions): Optimizer {
  if (!Number.isInteger(steps) || steps < 1)
    throw new AttributeError(`accumulate: steps is a positive integer, not ${steps}`);
  if (steps === 1) return optimizer;
  const { name } = optimizer;

  const apply = (gradients: readonly VariableGradient[]): readonly Update[] => {
    const [first] = gradients;
    if (first === undefined) return optimizer.apply(gradients);
    const count = stateVariable(graphOfVariable(first.variable), `${name}/accumulated`, { dtype: 'int32', shape: [] });
    const complete = equal(count, constant(steps - 1, 'int32'));
    const sums = gradients.map(({ variable, gradient }) => {
      const before = stateVariable(graphOfVariable(variable), `${variableName(variable)}/${name}/sum`, variable);
      return { before, after: add(before, gradient) };
    });
    const updates = optimizer.apply(
      gradients.map(({ variable }, i) => ({ variable, gradient: div(sums[i]!.after, steps) })),
    );
    return [
      ...updates.map(({ variable, value }) => assign(variable, select(complete, value, variable))),
      ...sums.map(({ before, after }) => assign(before, select(complete, 0, after))),
      assign(count, select(complete, constant(0, 'int32'), add(count, constant(1, 'int32')))),
    ];
  };

  return exposeOptimizer({
    name,
    apply,
    gradients: optimizer.gradients,
    minimize: (loss, variables) => apply(optimizer.gradients(loss, variables)),
  });
}
