/** The scalar expression of a node: its op's own, or composed of the expressions of its composite's ops. */
import { building } from '../build/context.ts';
import type { Node } from '../build/sym.ts';
import { NodeTable } from '../build/table.ts';
import { toposort } from '../build/toposort.ts';
import { expansion, loweringOf } from '../op.ts';
import { Parameter } from '../primitives/parameter.ts';
import { scalar } from '../scalar/build.ts';
import { SCALAR_TYPES, type Scalar } from '../scalar/expression.ts';
import { inputRecord } from '../slots.ts';

/**
 * The expression of one output element. Its input k is the element of the node's k-th input. undefined if the op is not elementwise, or a
 * dtype has no scalar type.
 * @param bits for a random op: the element's 32 random bits; by default input 0
 */
export function expressionOf(node: Node, bits: Scalar = scalar.input(0, 'u32')): Scalar | undefined {
  if (node.op.traits.random)
    return loweringOf(node.op, 'expression')?.expr({ state: bits } as never, node.attrs as never);
  const inputs = node.inputs.map(({ dtype }, k) => SCALAR_TYPES[dtype] && scalar.input(k, SCALAR_TYPES[dtype]));
  return express(node, inputs);
}

function express(node: Node, inputs: readonly (Scalar | undefined)[]): Scalar | undefined {
  const { op, arity, attrs, outputs } = node;
  const isScalar = outputs.length === 1 && SCALAR_TYPES[outputs[0]!.dtype] !== undefined;
  if (!isScalar || inputs.includes(undefined)) return undefined;
  const given = loweringOf(op, 'expression');
  if (given !== undefined) return given.expr(inputRecord(op, inputs, arity) as never, attrs as never);
  return op.traits.elementwise ? expressComposite(node, inputs) : undefined;
}

/** Expands the composite over scalar parameters, so that it contains no broadcasts. */
function expressComposite(node: Node, inputs: readonly (Scalar | undefined)[]): Scalar | undefined {
  const composite = loweringOf(node.op, 'composite');
  if (composite === undefined) return undefined;
  const [parameters, result] = building(new NodeTable(), () => {
    const inputs = node.inputs.map(({ dtype }, index) => Parameter.node({}, { index, dtype, shape: [] }));
    return [inputs, expansion(node, composite, inputs)[0]!] as const;
  });
  const values = new Map(parameters.map((x, k) => [x.node, inputs[k]]));
  for (const inner of toposort([result])) {
    if (values.has(inner)) continue;
    const operands = inner.inputs.map((x) => values.get(x.node));
    values.set(inner, express(inner, operands));
  }
  return values.get(result.node);
}
