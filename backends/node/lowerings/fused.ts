/** The fused ops of fusions.ts. */
import type { Node } from '../../../engine/index.ts';
import * as attr from '../graph/attributes.ts';
import { attributes } from './convolution.ts';
import { type Lowering, type Lowerings, T } from './lowering.ts';

/** Attributes for a fused bias, and an activation if there is one. */
const fused = ({ attrs }: Node) => {
  const activation = attrs.activation as string;
  return {
    num_args: attr.int(1),
    fused_ops: attr.strings(activation === '' ? ['BiasAdd'] : ['BiasAdd', activation]),
    epsilon: attr.float(0),
  };
};

const gradient = (op: string): Lowering => ({ write: (w, _node, inputs) => w.op(op, inputs, T(inputs[0]!)) });

export const fusedOps: Lowerings = {
  TanhGrad: gradient('TanhGrad'),
  SigmoidGrad: gradient('SigmoidGrad'),
  MatMulBias: {
    write: (w, node, inputs) =>
      w.op('_FusedMatMul', inputs, {
        ...T(inputs[0]!),
        ...fused(node),
        transpose_a: attr.bool(false),
        transpose_b: attr.bool(false),
      }),
  },
  Conv2DBias: {
    write: (w, node, inputs) =>
      w.op('_FusedConv2D', inputs, {
        ...attributes(node, inputs[0]!),
        ...fused(node),
        ...(w.shared.hasAttribute('_FusedConv2D', 'TArgs') && { TArgs: attr.types(['float32']) }),
      }),
  },
};
