/** Writes the nodes that save and restore a graph's variables, as tf.train.Saver does. */
import * as attr from '../graph/attributes.ts';
import type { GraphWriter, Ref } from '../graph/writer.ts';
import type { SaverDef } from '../proto/messages.ts';
import type { SavedVariable } from './variables.ts';

const utf8 = new TextEncoder();

/** A constant string, or vector of strings. */
export const text = (w: GraphWriter, value: string | readonly string[]): Ref => {
  const list = typeof value === 'string' ? [value] : value;
  const tensorShape = attr.shapeOf(typeof value === 'string' ? [] : [list.length]);
  return w.constant({ dtype: attr.TF_TYPES.string, tensorShape, stringVal: list.map((s) => utf8.encode(s)) }, 'string');
};

/** Saves tensors to files with a path prefix. */
export function writeSave(w: GraphWriter, prefix: Ref, names: readonly string[], tensors: readonly Ref[]): Ref {
  const dtypes = { dtypes: attr.types(tensors.map((t) => t.dtype)) };
  const whole = names.map(() => '');
  return w.ops('SaveV2', [prefix, text(w, names), text(w, whole), ...tensors], dtypes, ['bool'])[0]!;
}

export function writeSaver(w: GraphWriter, variables: readonly SavedVariable[]): SaverDef {
  return w.within('save', () => {
    // the path prefix, which loaders feed
    const [path] = w.ops(
      'PlaceholderWithDefault',
      [text(w, 'model')],
      { dtype: attr.type('string'), shape: attr.shape([]) },
      ['string'],
      { name: 'save/path' },
    ) as [Ref];
    const names = variables.map(({ name }) => name);
    const dtypes = variables.map(({ dtype }) => dtype);

    const values = variables.map(({ handle, dtype }) =>
      w.op('ReadVariableOp', [handle], { dtype: attr.type(dtype) }, dtype),
    );
    const saved = writeSave(w, path, names, values);
    const [written] = w.ops('Identity', [path], { T: attr.type('string') }, ['string'], {
      name: 'save/written',
      after: [saved],
    }) as [Ref];

    const whole = names.map(() => '');
    const restored = w.ops('RestoreV2', [path, text(w, names), text(w, whole)], { dtypes: attr.types(dtypes) }, dtypes);
    const assigned = variables.map(
      ({ handle, dtype }, i) =>
        w.ops('AssignVariableOp', [handle, restored[i]!], { dtype: attr.type(dtype) }, ['bool'])[0]!,
    );
    w.ops('NoOp', [], {}, ['bool'], { name: 'save/restore', after: assigned });
    return {
      filenameTensorName: `${path.name}:0`,
      saveTensorName: `${written.name}:0`,
      restoreOpName: 'save/restore',
      maxToKeep: 5,
      version: 2,
    };
  });
}
