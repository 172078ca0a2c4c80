import type { OpDoc, Sym, SymLike } from '../../engine/index.ts';
import { attr, cast, DTypeError, defineOp, lift, ShapeError, upcast } from '../../engine/index.ts';
import { requireSameShape, toAxis } from './axis.ts';
import { expandDims } from './expand-dims.ts';
import { unstack } from './unstack.ts';

export const Pack = defineOp({
  name: 'Pack',
  inputs: ['...inputs'],
  attrs: { axis: attr.int() },
  infer: ({ inputs }, { axis }) => {
    const [first] = inputs;
    if (first === undefined) throw new ShapeError('nothing to stack');
    const { dtype, shape } = first;
    const at = toAxis(axis, shape.length + 1);
    for (const x of inputs) {
      if (x.dtype !== dtype) throw new DTypeError(`values of ${dtype} and ${x.dtype}`);
      requireSameShape(shape, x.shape, 'the values');
    }
    return [{ dtype, shape: [...shape.slice(0, at), inputs.length, ...shape.slice(at)] }];
  },
  lowering: [{ kind: 'kernel' }],
  traits: { partwise: true, routes: { inputs: 'whole' } },
  simplify: ({ inputs }, { axis }) => (inputs.length === 1 ? expandDims(inputs[0]!, axis) : undefined),
  gradient: { inputs: (_inputs, { dy, attrs }) => unstack(dy, attrs.axis) },
});

/** Stacks values of one shape along a new axis; the dtype is the largest of theirs. @throws ShapeError */
export function stack(tensors: readonly SymLike[], axis = 0): Sym {
  const parts = tensors.map((x) => lift(x));
  const [first] = parts;
  if (first === undefined) throw new ShapeError('stack: nothing to stack');
  const dtype = parts.map((x) => x.dtype).reduce(upcast);
  return Pack.node({ inputs: parts.map((x) => cast(x, dtype)) }, { axis: toAxis(axis, first.rank + 1) });
}

export const doc: OpDoc = {
  summary: 'Values along a new axis.',
  forward: 'y_k = x_k',
  gradient: { inputs: '\\bar y_k' },
  source: 'the adjoint of stacking is taking apart',
};
