/** Ops that read and write by indices. TensorFlow fails for an index out of range. */
import type { Dim, Shape } from '../../../engine/index.ts';
import * as attr from '../graph/attributes.ts';
import type { GraphWriter, Ref } from '../graph/writer.ts';
import { attrsOf, type Lowerings, notBool, T } from './lowering.ts';

const INDICES = { Tindices: attr.type('int32') };

export const indexing: Lowerings = {
  GatherV2: {
    write: (w, node, [x, indices]) => {
      const { axis, batchDims } = attrsOf<{ axis: number; batchDims: number }>(node);
      return w.op('GatherV2', [x!, indices!, w.scalar(axis)], {
        ...INDICES,
        Tparams: attr.type(x!.dtype),
        Taxis: attr.type('int32'),
        batch_dims: attr.int(batchDims),
      });
    },
  },
  GatherNd: {
    write: (w, _node, [x, indices]) => w.op('GatherNd', [x!, indices!], { ...INDICES, Tparams: attr.type(x!.dtype) }),
  },
  ScatterNd: {
    when: notBool,
    write: (w, { attrs }, [indices, updates]) =>
      w.op(
        'ScatterNd',
        [indices!, updates!, w.dims(attrs.shape as Shape)],
        { ...T(updates!), ...INDICES },
        updates!.dtype,
      ),
  },
  SparseToDense: {
    write: (w, { attrs }, [indices, values, rest]) => {
      const base = w.op(
        'Fill',
        [w.dims(attrs.outputShape as Shape), rest!],
        { ...T(rest!), index_type: attr.type('int32') },
        rest!.dtype,
      );
      return w.op('TensorScatterUpdate', [base, indices!, values!], { ...T(base), ...INDICES });
    },
  },
  TensorScatterUpdate: {
    write: (w, _node, inputs) => w.op('TensorScatterUpdate', inputs, { ...T(inputs[0]!), ...INDICES }),
  },
  OneHot: {
    write: (w, node, [indices]) => {
      const { depth, onValue, offValue } = attrsOf<{ depth: Dim; onValue: number; offValue: number }>(node);
      const { dtype } = node.outputs[0]!;
      const [on, off] = [w.scalar(onValue, dtype as 'float32'), w.scalar(offValue, dtype as 'float32')];
      return w.op(
        'OneHot',
        [indices!, w.dim(depth), on, off],
        { ...T(on), TI: attr.type('int32'), axis: attr.int(-1) },
        on.dtype,
      );
    },
  },
  TopK: {
    write: (w, node, [x]) => {
      const sorted = { sorted: attr.bool(true) };
      const k = w.scalar(node.attrs.k as number);
      if (x!.dtype !== 'float32') return w.ops('TopKV2', [x!, k], { ...T(x!), ...sorted }, [x!.dtype, 'int32']);
      // TensorFlow's order of floats does not define NaN, which our TopK orders above all numbers
      const keys = orderOf(w, x!);
      const indices = w.ops('TopKV2', [keys, k], { ...T(keys), ...sorted }, ['int32', 'int32'])[1]!;
      const last = node.inputs[0]!.rank - 1;
      const values = w.op('GatherV2', [x!, indices, w.scalar(last)], {
        ...INDICES,
        Tparams: attr.type('float32'),
        Taxis: attr.type('int32'),
        batch_dims: attr.int(last),
      });
      return [values, indices];
    },
  },
};

/**
 * int32 keys in the order of floats: the bits of a positive float, and those of a negative float with all bits but the sign inverted. 0
 * and -0 have one key; NaN has the largest.
 */
function orderOf(w: GraphWriter, x: Ref): Ref {
  const int = { T: attr.type('int32') };
  const positiveZero = w.op('AddV2', [x, w.scalar(0, 'float32')], T(x));
  const bits = w.op('Bitcast', [positiveZero], { T: attr.type('float32'), type: attr.type('int32') }, 'int32');
  const turned = w.op('BitwiseXor', [bits, w.scalar(0x7fffffff)], int);
  const negative = w.op('Less', [bits, w.scalar(0)], int, 'bool');
  const order = w.op('SelectV2', [negative, turned, bits], int, 'int32');
  return w.op('SelectV2', [w.op('IsNan', [x], T(x), 'bool'), w.scalar(0x7fffffff), order], int, 'int32');
}
