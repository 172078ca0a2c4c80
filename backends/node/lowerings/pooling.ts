/** Poolings and their gradients. */
import type { Node } from '../../../engine/index.ts';
import * as attr from '../graph/attributes.ts';
import type { GraphWriter, Ref } from '../graph/writer.ts';
import { allFloat, type Lowering, type Lowerings, T } from './lowering.ts';
import {
  filterSize,
  isChannelsLast,
  isNamed,
  isPadded,
  isUndilated,
  padding,
  strides,
  windowAttrs,
} from './windows.ts';

const attributes = (node: Node, x: Ref) => ({ ...T(x), ...filterSize(node), ...strides(node), ...padding(node) });

/** TensorFlow's poolings crash the process for other dtypes than floats. */
const isPlain = (node: Node): boolean => allFloat(node) && isChannelsLast(node) && isUndilated(node);
const named = (node: Node): boolean => isPlain(node) && isNamed(node);
/** TensorFlow fails for a window of padding alone. */
const padded = (node: Node): boolean => {
  const { pad } = windowAttrs(node);
  const window = [1, ...(node.attrs.filterSize as readonly number[]), 1];
  const fits = typeof pad !== 'object' || pad.every((sides, axis) => sides.every((p) => (p as number) < window[axis]!));
  return isPlain(node) && isPadded(node) && fits;
};

const forward = (op: string, when: (node: Node) => boolean): Lowering => ({
  when,
  write: (w, node, inputs) => w.op(op, inputs, attributes(node, inputs[0]!)),
});

/** TensorFlow's op takes the shape of the input instead of the input. */
const averageBack = (op: string): Lowering => ({
  when: named,
  write: (w, node, [dy]) => w.op(op, [w.dims(node.inputs[1]!.shape), dy!], attributes(node, dy!), dy!.dtype),
});

/**
 * The pooling's output, copied if it is also the input (windows of one element): TensorFlow looks up data of the forward pooling by the
 * output tensor, and would find that of an earlier pooling.
 */
const apart = (w: GraphWriter, node: Node, output: Ref): Ref =>
  node.inputs[1] === node.inputs[2] ? w.op('Snapshot', [output], T(output)) : output;

export const pooling: Lowerings = {
  AvgPool: forward('AvgPool', named),
  AvgPool3D: forward('AvgPool3D', named),
  MaxPool: forward('MaxPool', padded),
  MaxPool3D: forward('MaxPool3D', named),
  AvgPoolGrad: averageBack('AvgPoolGrad'),
  AvgPool3DGrad: averageBack('AvgPool3DGrad'),
  MaxPoolGrad: {
    when: padded,
    write: (w, node, [dy, input, output]) =>
      w.op('MaxPoolGrad', [input!, apart(w, node, output!), dy!], attributes(node, dy!)),
  },
  MaxPool3DGrad: {
    when: named,
    write: (w, node, [dy, input, output]) =>
      w.op('MaxPool3DGrad', [input!, apart(w, node, output!), dy!], {
        ...attributes(node, dy!),
        TInput: attr.type(input!.dtype),
      }),
  },
};
