/** Ops that move elements, and views. */
import type { Dim, Node, Shape } from '../../../engine/index.ts';
import type { StridedSliceAttrs } from '../../../ops/shape/strided-slice.ts';
import * as attr from '../graph/attributes.ts';
import type { GraphWriter, Ref } from '../graph/writer.ts';
import { attrsOf, type Lowerings, T } from './lowering.ts';

const INDEX = { Index: attr.type('int32') };
const SHAPE = { Tshape: attr.type('int32') };

/** A reshape. A single unknown dim is written as -1, unless another dim is 0. */
export function reshapeTo(w: GraphWriter, x: Ref, shape: Shape): Ref {
  const unknown = shape.filter((d) => typeof d !== 'number').length;
  const known = shape.every((d) => d !== 0);
  const target = unknown === 1 && known ? w.ints(shape.map((d) => (typeof d === 'number' ? d : -1))) : w.dims(shape);
  return w.op('Reshape', [x, target], { ...T(x), ...SHAPE });
}

export const broadcastTo = (w: GraphWriter, x: Ref, shape: Shape): Ref =>
  w.op('BroadcastTo', [x, w.dims(shape)], { ...T(x), Tidx: attr.type('int32') });

/** [rank, 2] of int32. */
function pairs(w: GraphWriter, list: readonly (readonly [Dim, Dim])[]): Ref {
  const flat = w.dims(list.flat());
  return w.op('Reshape', [flat, w.ints([list.length, 2])], { ...T(flat), ...SHAPE });
}

const axisOf = ({ attrs }: Node): number => attrs.axis as number;

export const shape: Lowerings = {
  Identity: { write: (_w, _node, [x]) => x! },
  Reshape: { write: (w, { outputs }, [x]) => reshapeTo(w, x!, outputs[0]!.shape) },
  BroadcastTo: { write: (w, { outputs }, [x]) => broadcastTo(w, x!, outputs[0]!.shape) },
  Concat: {
    write: (w, node, inputs) => {
      // TensorFlow needs two or more inputs
      if (inputs.length === 1) return inputs[0]!;
      return w.op(
        'ConcatV2',
        [...inputs, w.scalar(axisOf(node))],
        { ...T(inputs[0]!), N: attr.int(inputs.length), Tidx: attr.type('int32') },
        inputs[0]!.dtype,
      );
    },
  },
  Pack: {
    write: (w, node, inputs) =>
      w.op('Pack', inputs, { ...T(inputs[0]!), N: attr.int(inputs.length), axis: attr.int(axisOf(node)) }),
  },
  Unpack: {
    write: (w, node, [x]) =>
      w.ops(
        'Unpack',
        [x!],
        { ...T(x!), num: attr.int(node.outputs.length), axis: attr.int(axisOf(node)) },
        node.outputs.map(() => x!.dtype),
      ),
  },
  Interleave: {
    write: (w, _node, inputs) => w.op('Pack', inputs, { ...T(inputs[0]!), N: attr.int(2), axis: attr.int(-1) }),
  },
  Deinterleave: {
    write: (w, _node, [x]) =>
      w.ops('Unpack', [x!], { ...T(x!), num: attr.int(2), axis: attr.int(-1) }, [x!.dtype, x!.dtype]),
  },
  SplitV: {
    write: (w, node, [x]) => {
      const sizes = w.dims(node.outputs.map((y) => y.shape[axisOf(node)]!));
      return w.ops(
        'SplitV',
        [x!, sizes, w.scalar(axisOf(node))],
        { ...T(x!), Tlen: attr.type('int32'), num_split: attr.int(node.outputs.length) },
        node.outputs.map(() => x!.dtype),
      );
    },
  },
  Slice: {
    write: (w, { attrs }, [x]) =>
      w.op('Slice', [x!, w.dims(attrs.begin as Shape), w.dims(attrs.size as Shape)], { ...T(x!), ...INDEX }),
  },
  StridedSlice: {
    write: (w, node, [x]) => {
      const a = attrsOf<StridedSliceAttrs>(node);
      return w.op('StridedSlice', [x!, w.ints(a.begin), w.ints(a.end), w.ints(a.strides)], {
        ...T(x!),
        ...INDEX,
        begin_mask: attr.int(a.beginMask),
        end_mask: attr.int(a.endMask),
        ellipsis_mask: attr.int(a.ellipsisMask),
        new_axis_mask: attr.int(a.newAxisMask),
        shrink_axis_mask: attr.int(a.shrinkAxisMask),
      });
    },
  },
  PadV2: {
    write: (w, node, [x]) => {
      const { paddings, constantValue } = attrsOf<{
        paddings: readonly (readonly [Dim, Dim])[];
        constantValue: number;
      }>(node);
      // TensorFlow cannot pad a scalar (nor more than 8 dimensions, see rules.ts)
      if (paddings.length === 0) return x!;
      return w.op('PadV2', [x!, pairs(w, paddings), w.scalar(constantValue, x!.dtype)], {
        ...T(x!),
        Tpaddings: attr.type('int32'),
      });
    },
  },
  MirrorPad: {
    write: (w, node, [x]) => {
      const { paddings, mode } = attrsOf<{ paddings: readonly (readonly [Dim, Dim])[]; mode: string }>(node);
      return w.op('MirrorPad', [x!, pairs(w, paddings)], {
        ...T(x!),
        Tpaddings: attr.type('int32'),
        mode: attr.string(mode.toUpperCase()),
      });
    },
  },
  Reverse: {
    write: (w, { attrs }, [x]) =>
      w.op('ReverseV2', [x!, w.ints(attrs.dims as readonly number[])], { ...T(x!), Tidx: attr.type('int32') }),
  },
  FlipLeftRight: {
    write: (w, _node, [x]) => w.op('ReverseV2', [x!, w.ints([2])], { ...T(x!), Tidx: attr.type('int32') }),
  },
  Tile: {
    write: (w, { attrs }, [x]) =>
      w.op('Tile', [x!, w.dims(attrs.reps as Shape)], { ...T(x!), Tmultiples: attr.type('int32') }),
  },
  DepthToSpace: {
    when: ({ attrs }) => attrs.dataFormat === 'NHWC',
    write: (w, { attrs }, [x]) =>
      w.op('DepthToSpace', [x!], {
        ...T(x!),
        block_size: attr.int(attrs.blockSize as number),
        data_format: attr.string('NHWC'),
      }),
  },
};
