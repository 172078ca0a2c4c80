/** Updates: a variable and its value after the run. All updates of a run take effect together, after every read. */
import { formatValue } from '../attr.ts';
import { AttributeError, GraphError, ShapeError } from '../errors.ts';
import { lift } from '../op.ts';
import { broadcastTo } from '../primitives/broadcast-to.ts';
import { Variable } from '../primitives/variable.ts';
import { formatType, mayMatch } from '../types.ts';
import { isSym, type Sym, type SymLike } from './sym.ts';

export interface Update {
  readonly variable: Sym;
  readonly value: Sym;
}

/**
 * `variable` gets `value` when a run ends.
 * @throws GraphError if `variable` is not a variable; ShapeError if the types differ
 */
export function assign(variable: Sym, value: SymLike): Update {
  if (variable.node.op !== Variable)
    throw new GraphError(`assign: '${variable.label}' is not a variable`, { site: variable.node.site });
  const lifted = lift(value, variable.dtype);
  const sym = variable.node.graph === undefined ? lifted : variable.node.graph.adopt(lifted);
  if (!mayMatch(sym, variable))
    throw new ShapeError(
      `assign: '${variable.label}' is ${formatType(variable)}, its new value '${sym.label}' ${formatType(sym)}`,
      { site: sym.node.site },
    );
  // where symbolic dims may differ from the variable's, the broadcast defers the check
  return { variable, value: broadcastTo(sym, variable.shape) };
}

/** The name under which a variable's value is stored. */
export const variableName = (variable: Sym): string => variable.node.attrs.name as string;

/** @throws AttributeError for values that are not updates; GraphError for two updates of one variable */
export function requireOneUpdateEach(updates: readonly Update[]): void {
  const seen = new Set<Sym>();
  for (const update of updates) {
    const { variable, value } = update ?? {};
    if (!isSym(variable) || !isSym(value))
      throw new AttributeError(
        `an update is { variable, value }, as assign and minimize give them, not ${formatValue(update)}${Array.isArray(update) ? ': write [...list]' : ''}`,
      );
    if (seen.has(variable))
      throw new GraphError(`two updates of the variable '${variableName(variable)}'`, { site: value.node.site });
    seen.add(variable);
  }
}
