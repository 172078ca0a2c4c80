/** Writes scalar expressions to JSON and reads them back. */
import { SerializationError } from '../errors.ts';
import { scalar } from './build.ts';
import type { Scalar, ScalarType } from './expression.ts';
import { callScalar, isScalarOp, isScalarType, linearizeScalar, numberText } from './expression.ts';

/** A node of a document. Operands are indices of earlier nodes; `type` is present if it cannot be inferred. */
interface NodeDocument {
  readonly op: string;
  readonly type?: ScalarType;
  readonly index?: number;
  readonly value?: number | boolean | string;
  readonly args?: readonly number[];
}

/** An expression as JSON: its distinct nodes, each after its operands; the last one is the result. */
export interface ScalarDocument {
  readonly nodes: readonly NodeDocument[];
}

export function scalarToJSON(expr: Scalar): ScalarDocument {
  const { nodes, operands } = linearizeScalar([expr]);
  return { nodes: nodes.map((node, k) => nodeToJSON(node, operands[k]!)) };
}

function nodeToJSON(node: Scalar, args: readonly number[]): NodeDocument {
  const { op, type } = node;
  if (op === 'index') return { op };
  if (op === 'input') return { op, type, index: node.index };
  if (op === 'const') return { op, type, value: type === 'bool' ? node.value === 1 : valueToJSON(node.value) };
  return op === 'cast' ? { op, type, args } : { op, args };
}

/** Numbers that JSON lacks, written as strings. */
const SPECIAL_VALUES: readonly number[] = [Number.NaN, Infinity, -Infinity, -0];
const valueToJSON = (value: number): number | string =>
  SPECIAL_VALUES.some((special) => Object.is(special, value)) ? numberText(value) : value;
const valueFromJSON = (value: unknown): unknown =>
  typeof value === 'string' ? (SPECIAL_VALUES.find((special) => numberText(special) === value) ?? value) : value;

/**
 * Reads a result of `scalarToJSON`; anything unknown or malformed is an error.
 * @throws SerializationError naming the node
 */
export function scalarFromJSON(document: unknown): Scalar {
  const list = (document as ScalarDocument | null)?.nodes;
  if (!Array.isArray(list) || list.length === 0 || !hasOnly(document as object, ['nodes'])) {
    throw new SerializationError('a scalar expression is { nodes: [...] } with at least one node');
  }
  const nodes: Scalar[] = [];
  list.forEach((node: unknown, k) => {
    try {
      nodes.push(nodeFromJSON(node, nodes));
    } catch (cause) {
      throw new SerializationError(`node ${k} of a scalar expression: ${(cause as Error).message}`, { cause });
    }
  });
  return nodes.at(-1)!;
}

const hasOnly = (value: object, keys: readonly string[]): boolean =>
  Object.keys(value).every((key) => keys.includes(key));

function check(condition: boolean, message: string): asserts condition {
  if (!condition) throw new TypeError(message);
}

function nodeFromJSON(document: unknown, earlier: readonly Scalar[]): Scalar {
  check(typeof document === 'object' && document !== null, 'not an object');
  const { op, type, index, value, args } = document as Record<string, unknown>;
  const has = (...keys: string[]): void =>
    check(
      hasOnly(document, ['op', ...keys]),
      `'${String(op)}' has op${keys.map((key) => `, ${key}`).join('')} and no more`,
    );
  const typed = (): ScalarType => {
    check(isScalarType(type), `unknown type '${String(type)}'`);
    return type;
  };

  if (op === 'index') {
    has();
    return scalar.index;
  }
  if (op === 'input') {
    has('type', 'index');
    return scalar.input(index as number, typed());
  }
  if (op === 'const') {
    has('type', 'value');
    const parsed = valueFromJSON(value);
    check(typeof parsed === 'number' || typeof parsed === 'boolean', `'${String(value)}' is not a value`);
    return scalar.constant(parsed, typed());
  }
  check(isScalarOp(op), `unknown op '${String(op)}'`);
  has('args', ...(op === 'cast' ? ['type'] : []));
  check(Array.isArray(args), `'${op}' has no operands`);
  const operands = args.map((arg: unknown) => {
    const operand = Number.isInteger(arg) ? earlier[arg as number] : undefined;
    check(operand !== undefined, `${String(arg)} is not an earlier node`);
    return operand;
  });
  return callScalar(op, operands, op === 'cast' ? typed() : undefined);
}
