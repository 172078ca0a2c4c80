/** The scalar expression of a node: as its op gives it, or made of the expressions of the ops that its composite consists of. */
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
 * What a node computes for one element. Input k of the expression is the element of the node's k-th input; undefined: the op does not
 * compute element by element, or a value is of a dtype that scalars do not have.
 * @param bits of a draw: the element's 32 bits; by default they are input 0
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

/** The composite is expanded over scalars, so that nothing in it has to be broadcast. */
function expressComposite(node: Node, inputs: readonly (Scalar | undefined)[]): Scalar | undefined {
  const composite = loweringOf(node.op, 'composite');
  if (composite === undefined) return undefined;
  const [parameters, result] = building(new NodeTable(), () => {
    const own = node.inputs.map(({ dtype }, index) => Parameter.node({}, { index, dtype, shape: [] }));
    return [own, expansion(node, composite, own)[0]!] as const;
  });
  const values = new Map(parameters.map((x, k) => [x.node, inputs[k]]));
  for (const inner of toposort([result])) {
    if (values.has(inner)) continue;
    const operands = inner.inputs.map((x) => values.get(x.node));
    values.set(inner, express(inner, operands));
  }
  return values.get(result.node);
}
