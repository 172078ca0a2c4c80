/** Writes the variables of a SavedModel in the form that TensorFlow's loaders and savers expect. */
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

/** The operation name of a variable's handle, which Python shows as the variable's name. */
export const savedHandle = (name: string): string => asName(name);

/** The variables of all programs. @throws DTypeError for complex64, which is stored as float32 pairs; GraphError for a name clash */
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

/** Writes a variable with the ops of its VariableDef: handle, initializer (loaders restore instead) and snapshot. */
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
