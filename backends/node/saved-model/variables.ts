/** The variables of a SavedModel, as TensorFlow's loaders and savers know them. */
import type { ProgramGraph } from '../../../engine/index.ts';
import { DTypeError, GraphError, rootsOf, toposort, Variable, variableName } from '../../../engine/index.ts';
import type { TfType } from '../graph/attributes.ts';
import * as attr from '../graph/attributes.ts';
import { asName } from '../graph/nodes.ts';
import { variableHandle } from '../graph/variable.ts';
import type { GraphWriter, Ref } from '../graph/writer.ts';
import { encode } from '../proto/messages.ts';

export interface VariableType {
  readonly name: string;
  readonly dtype: TfType;
  readonly shape: readonly number[];
  readonly trainable: boolean;
}

export interface SavedVariable extends VariableType {
  readonly handle: Ref;
  /** Bytes of a VariableDef. */
  readonly definition: Uint8Array;
}

/** The operation that is a variable's handle: Python shows it as the variable's name. */
export const savedHandle = (name: string): string => asName(name);

/** Those of all programs. @throws DTypeError for complex64, which the graph holds otherwise; GraphError for two of one name */
export function variableTypes(programs: readonly ProgramGraph[]): readonly VariableType[] {
  const types = new Map<string, VariableType>();
  for (const node of programs.flatMap((program) => toposort(rootsOf(program)))) {
    if (node.op !== Variable) continue;
    const [variable] = node.outputs as [(typeof node.outputs)[number]];
    const name = variableName(variable);
    if (variable.dtype === 'complex64')
      throw new DTypeError(`the variable '${name}' is complex64; keep its parts in two variables`, {
        node: name,
        site: node.site,
      });
    types.set(name, {
      name,
      dtype: variable.dtype,
      shape: variable.shape as readonly number[],
      trainable: node.attrs.trainable as boolean,
    });
  }
  const operations = new Map<string, string>();
  for (const name of types.keys()) {
    const other = operations.get(savedHandle(name));
    if (other !== undefined)
      throw new GraphError(`the variables '${other}' and '${name}' would both be '${savedHandle(name)}' in TensorFlow`);
    operations.set(savedHandle(name), name);
  }
  return [...types.values()];
}

/** Writes a variable with what a session needs of it: an initializer, in the place of which loaders restore, and a value to look at. */
export function writeVariable(w: GraphWriter, type: VariableType): SavedVariable {
  const { name, dtype, shape, trainable } = type;
  const operation = savedHandle(name);
  const handle = variableHandle(w, name, dtype, shape, operation);
  const initial = w.full(shape, 0, dtype);
  const attrs = { dtype: attr.type(dtype) };
  w.ops('AssignVariableOp', [handle, initial], attrs, ['bool'], { name: `${operation}/Assign` });
  w.ops('ReadVariableOp', [handle], attrs, [dtype], { name: `${operation}/Read/ReadVariableOp` });
  const definition = encode('VariableDef', {
    variableName: `${operation}:0`,
    initialValueName: `${initial.name}:0`,
    initializerName: `${operation}/Assign`,
    snapshotName: `${operation}/Read/ReadVariableOp:0`,
    isResource: true,
    trainable,
  });
  return { ...type, handle, definition };
}
