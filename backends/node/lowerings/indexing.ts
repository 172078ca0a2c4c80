/** What reads and writes by indices. TensorFlow refuses an index out of range. */
import type { Dim, Shape } from '../../../engine/index.ts';
import * as attr from '../graph/attributes.ts';
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
    write: (w, node, [x]) =>
      w.ops('TopKV2', [x!, w.scalar(node.attrs.k as number)], { ...T(x!), sorted: attr.bool(true) }, [
        x!.dtype,
        'int32',
      ]),
  },
};
