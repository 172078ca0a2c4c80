/** Scalar expressions as text, for people. */
import { linearizeScalar, numberText, type Scalar, type ScalarCall, type ScalarOp } from './scalar.ts';

const INFIX: Partial<Record<ScalarOp, string>> = {
  add: '+',
  sub: '-',
  mul: '*',
  div: '/',
  eq: '==',
  ne: '!=',
  lt: '<',
  le: '<=',
  gt: '>',
  ge: '>=',
  and: '&',
  or: '|',
  xor: '^',
  shiftLeft: '<<',
  shiftRight: '>>',
};

/** A subtree whose text is longer is given a name. */
const LINE = 80;

/**
 * `x0 * (x1 + 1)`: readable text. A subtree with several uses, or a long one, has a line of its own (`t0 = ...`).
 * Integer constants end in their type's letter; `names` are the inputs' names, `x0, x1, ...` unless given.
 */
export function formatScalar(expr: Scalar, names: readonly string[] = []): string {
  const { nodes, operands } = linearizeScalar([expr]);
  const uses = nodes.map(() => 0);
  for (const args of operands) for (const arg of args) uses[arg]!++;
  const lines: string[] = [];
  const texts: Text[] = [];
  nodes.forEach((node, k) => {
    if (!('args' in node)) {
      texts.push(atom(formatLeaf(node, names)));
      return;
    }
    const text = formatCall(
      node,
      operands[k]!.map((arg) => texts[arg]!),
    );
    if (uses[k]! > 1 || (text.whole.length > LINE && k < nodes.length - 1))
      texts.push(atom(`t${lines.push(`t${lines.length} = ${text.whole}`) - 1}`));
    else texts.push(text);
  });
  return [...lines, texts.at(-1)!.whole].join('\n');
}

/** A subtree's text by itself, and as the operand of an infix operator. */
interface Text {
  readonly whole: string;
  readonly operand: string;
}

const atom = (text: string): Text => ({ whole: text, operand: text });

function formatLeaf(node: Exclude<Scalar, ScalarCall>, names: readonly string[]): string {
  if (node.op === 'index') return 'index';
  if (node.op === 'input') return names[node.index] ?? `x${node.index}`;
  if (node.type === 'bool') return node.value === 1 ? 'true' : 'false';
  return numberText(node.value) + (node.type === 'f32' ? '' : node.type.charAt(0));
}

function formatCall({ op, type }: ScalarCall, args: readonly Text[]): Text {
  const symbol = INFIX[op];
  if (symbol === undefined) return atom(`${op === 'cast' ? type : op}(${args.map((arg) => arg.whole).join(', ')})`);
  const whole = args.map((arg) => arg.operand).join(` ${symbol} `);
  return { whole, operand: `(${whole})` };
}
