/** Writes handles of variables. */
import type { TfType } from './attributes.ts';
import * as attr from './attributes.ts';
import { asName } from './nodes.ts';
import type { GraphWriter, Ref } from './writer.ts';

/** The handle of a variable, which the session identifies by `name`. @param operation the name of the node */
export function variableHandle(
  w: GraphWriter,
  name: string,
  dtype: TfType,
  shape: readonly number[],
  operation = `variables/${asName(name)}`,
): Ref {
  return w.once(
    `variable ${name}`,
    () =>
      w.ops(
        'VarHandleOp',
        [],
        {
          dtype: attr.type(dtype),
          shape: attr.shape(shape),
          shared_name: attr.string(name),
          container: attr.string(''),
        },
        ['resource'],
        { name: operation },
      )[0]!,
  );
}
