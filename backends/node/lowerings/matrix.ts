/** Products and transposes of matrices. */
import * as attr from '../graph/attributes.ts';
import { wideWhereLong } from './long.ts';
import { attrsOf, type Lowerings, T } from './lowering.ts';

interface Transposes {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

export const matrix: Lowerings = {
  BatchMatMul: wideWhereLong({
    write: (w, node, inputs) => {
      const { transposeA, transposeB } = attrsOf<Transposes>(node);
      const [a, b] = [attr.bool(transposeA), attr.bool(transposeB)];
      return node.inputs.every((s) => s.rank === 2)
        ? w.op('MatMul', inputs, { ...T(inputs[0]!), transpose_a: a, transpose_b: b })
        : w.op('BatchMatMulV2', inputs, { ...T(inputs[0]!), adj_x: a, adj_y: b });
    },
  }),
  Transpose: {
    write: (w, { attrs }, [x]) =>
      w.op('Transpose', [x!, w.ints(attrs.perm as readonly number[])], { ...T(x!), Tperm: attr.type('int32') }),
  },
  Diag: {
    when: ({ inputs }) => inputs[0]!.dtype !== 'bool' && inputs[0]!.rank > 0,
    write: (w, _node, [x]) => w.op('Diag', [x!], T(x!)),
  },
};
