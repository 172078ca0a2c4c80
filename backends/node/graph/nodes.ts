/** Writes nodes as TensorFlow's ops: by their lowering, or by their expression. */
import type { Dim, Elements, Node, Sym } from '../../../engine/index.ts';
import {
  elementsOf,
  expressionOf,
  isStatic,
  loopOf,
  loweringOf,
  toposort,
  UnsupportedOpError,
} from '../../../engine/index.ts';
import { bitsScalar } from '../../../engine/random.ts';
import { LOWERINGS } from '../lowerings/index.ts';
import type { TfType } from './attributes.ts';
import * as attr from './attributes.ts';
import { cast, writeExpression } from './expression.ts';
import { writeLoop } from './loop.ts';
import type { GraphWriter, Ref } from './writer.ts';

/** Writes a leaf that is no constant (a placeholder, a variable, a parameter); undefined for other nodes. */
export type WriteLeaf = (node: Node) => Ref | undefined;

/** The tensors of nodes, written on demand. */
export class WrittenNodes {
  readonly #w: GraphWriter;
  readonly #leaf: WriteLeaf;
  readonly #refs = new Map<Node, readonly Ref[]>();
  /** The node of each scope name, to find the nodes that TensorFlow's errors name. */
  readonly scopes = new Map<string, Node>();

  constructor(w: GraphWriter, leaf: WriteLeaf) {
    this.#w = w;
    this.#leaf = leaf;
  }

  /** The tensor of a value; writes the nodes that it depends on, unless they are written. */
  write(sym: Sym): Ref {
    if (!this.#refs.has(sym.node)) for (const node of toposort([sym])) this.#writeNode(node);
    return this.#refs.get(sym.node)![sym.output]!;
  }

  #writeNode(node: Node): void {
    if (this.#refs.has(node)) return;
    const leaf = this.#leaf(node);
    if (leaf !== undefined) {
      this.#refs.set(node, [leaf]);
      return;
    }
    const inputs = node.inputs.map((s) => this.#refs.get(s.node)![s.output]!);
    const scope = this.#scopeOf(node);
    const outputs = this.#w.within(scope, () => writeOutputs(this.#w, node, inputs));
    this.#refs.set(node, outputs);
  }

  /** The node's label as a valid, unique name. */
  #scopeOf(node: Node): string {
    const plain = asName(node.label);
    const scope = this.scopes.has(plain) ? `${plain}.${node.id}` : plain;
    this.scopes.set(scope, node);
    return scope;
  }
}

/** A text as a valid name of a TensorFlow node. */
export const asName = (text: string): string => {
  const plain = text.replaceAll(/[^\w./>-]/g, '.');
  return /^[A-Za-z0-9.]/.test(plain) ? plain : `.${plain}`;
};

function writeOutputs(w: GraphWriter, node: Node, inputs: readonly Ref[]): readonly Ref[] {
  const elements = elementsOf(node);
  if (elements !== undefined) return [writeConstant(w, elements, node.outputs[0]!)];
  const loop = loopOf(node);
  if (loop !== undefined)
    return writeLoop(w, loop, inputs, (body, results, leaf) => {
      const nodes = new WrittenNodes(body, leaf);
      return results.map((s) => nodes.write(s));
    });
  return isLowered(node) ? list(LOWERINGS[node.op.name]!.write(w, node, inputs)) : [express(w, node, inputs)];
}

const list = (refs: Ref | readonly Ref[]): readonly Ref[] => (Array.isArray(refs) ? refs : [refs as Ref]);

/** Whether TensorFlow has an op for the node. */
export const isLowered = (node: Node): boolean => {
  const lowering = LOWERINGS[node.op.name];
  return lowering !== undefined && (lowering.when?.(node) ?? true);
};

/** Whether it can be written by its op's expression. */
export const isExpressible = (node: Node): boolean =>
  loweringOf(node.op, 'expression') !== undefined && expressionOf(node) !== undefined;

function express(w: GraphWriter, node: Node, inputs: readonly Ref[]): Ref {
  const isDraw = node.op.traits.random === true;
  const expression = expressionOf(node, isDraw ? bitsScalar(node.attrs.stream as number) : undefined);
  if (expression === undefined)
    throw new UnsupportedOpError(`TensorFlow has no ${node.op.name}, and it has no expression ('${node.label}')`, {
      node: node.label,
      site: node.site,
    });
  const operands = isDraw ? wordsOf(w, inputs[0]!) : inputs;
  return writeExpression(w, expression, operands, node.outputs[0]!.shape);
}

/** The four words of a random state, as scalars. */
const wordsOf = (w: GraphWriter, state: Ref): readonly Ref[] => {
  const words: Ref[] = [];
  for (let i = 0; i < 4; i++)
    words.push(
      w.once(`word ${i} of ${state.name}`, () =>
        w.op('StridedSlice', [state, w.ints([i]), w.ints([i + 1]), w.ints([1])], {
          T: attr.type('int32'),
          Index: attr.type('int32'),
          shrink_axis_mask: attr.int(1),
        }),
      ),
    );
  return words;
};

function writeConstant(w: GraphWriter, elements: Elements, { shape, dtype }: Sym): Ref {
  const type = dtype as TfType;
  if (ArrayBuffer.isView(elements)) return w.array(elements, shape as readonly number[], type);
  if (typeof elements === 'object' && 'start' in elements) return range(w, elements, shape[0]!, type);
  if (typeof elements !== 'number') return cast(w, w.dim(elements), type);
  if (isStatic(shape)) return w.full(shape, elements, type);
  const T = { T: attr.type(type), index_type: attr.type('int32') };
  return w.op('Fill', [w.dims(shape), w.scalar(elements, type)], T, type);
}

function range(
  w: GraphWriter,
  { start, step }: { readonly start: number; readonly step: number },
  size: Dim,
  type: TfType,
): Ref {
  const T = { T: attr.type(type) };
  const counts = w.op('Range', [w.scalar(0), w.dim(size), w.scalar(1)], { Tidx: attr.type('int32') });
  const numbers = cast(w, counts, type);
  const scaled = step === 1 ? numbers : w.op('Mul', [numbers, w.scalar(step, type)], T);
  return start === 0 ? scaled : w.op('AddV2', [scaled, w.scalar(start, type)], T);
}
