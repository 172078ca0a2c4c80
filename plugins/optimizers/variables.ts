/** Which variables an optimizer covers, by filters and by what a loss depends on. */
import type { DType, Sym } from '../../engine/index.ts';
import { Graph, GraphError, isDifferentiable, isSym, toposort, Variable } from '../../engine/index.ts';

/** A list or a record of variables, or a function that tells whether a variable is included. */
export type VariableFilter = readonly Sym[] | Readonly<Record<string, Sym>> | ((variable: Sym) => boolean);

/** The variables that a filter lists; undefined for a function. */
export const listed = (filter: VariableFilter): readonly Sym[] | undefined =>
  typeof filter === 'function' ? undefined : Object.values(filter);

export const matches = (filter: VariableFilter, variable: Sym): boolean =>
  typeof filter === 'function' ? filter(variable) : Object.values(filter).includes(variable);

/** The trainable variables that a value depends on, except integers, in order of creation. */
export const trainableVariables = (y: Sym): readonly Sym[] =>
  toposort([y])
    .filter(({ op, attrs }) => op === Variable && attrs.trainable === true && isDifferentiable(attrs.dtype as DType))
    .sort((a, b) => a.id - b.id)
    .map((node) => node.outputs[0]!);

/** A variable's graph, in which its slots are made. @throws GraphError for anything but a variable */
export function graphOfVariable(variable: Sym): Graph {
  if (!isSym(variable)) throw new GraphError('expected a variable, as graph.variable(...) gives it');
  if (variable.node.op !== Variable)
    throw new GraphError(`'${variable.label}' is no variable`, { site: variable.node.site });
  const { graph } = variable.node;
  if (!(graph instanceof Graph))
    throw new GraphError(`the variable '${variable.label}' belongs to no graph; make it by graph.variable(...)`);
  return graph;
}
