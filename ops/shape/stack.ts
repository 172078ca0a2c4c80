import {
  attr,
  cast,
  DTypeError,
  defineOp,
  integers,
  lift,
  type OpDoc,
  ShapeError,
  type Sym,
  type SymLike,
  sample,
  uniform,
  upcast,
} from '../../engine/index.ts';
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

/** Values of one shape along a new axis; of several dtypes the largest. @throws ShapeError */
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
const three = () => ({ inputs: [uniform(['$n', 2]), uniform(['$n', 2]), uniform(['$n', 2])] });
export const samples = () => [
  ...[0, 1, 2].map((axis) => sample(three(), { attrs: { axis } })),
  sample(
    { a: uniform([2, 3]), b: uniform([2, 3]) },
    {
      build: ({ a, b }) => stack([a!, b!], -1),
      reference: (tf, [a, b]) => tf.stack([a!, b!], -1),
      note: 'a negative axis',
    },
  ),
  sample({ inputs: [uniform([2, 3])] }, { attrs: { axis: 1 }, note: 'one value' }),
  sample({ inputs: [uniform([]), uniform([])] }, { attrs: { axis: 0 }, note: 'scalars' }),
  sample({ inputs: [uniform([0, 3]), uniform([0, 3])] }, { attrs: { axis: 0 }, note: 'zero elements' }),
  sample(
    { inputs: [integers([2], -5, 5), integers([2], -5, 5)] },
    { attrs: { axis: 0 }, notDifferentiable: 'integers' },
  ),
];
