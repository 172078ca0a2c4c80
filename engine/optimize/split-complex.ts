/**
 * Splits complex values into pairs of real ones, so that no backend needs complex kernels. Legalization turns every complex64 value into a
 * Complex node over its real and imaginary parts, and its users take the parts. At boundaries, where one value is expected (feeds,
 * variables, outputs, a Function's parameters and results), it is stored: one float32 value with real and imaginary parts interleaved
 * along a further last axis, which is complex64's layout on the host.
 */
import { deriving } from '../build/context.ts';
import { makeFn } from '../build/function.ts';
import { type Fn, isSym, type Node, type Sym } from '../build/sym.ts';
import { UnsupportedOpError } from '../errors.ts';
import { loweringOf, type Parts } from '../op.ts';
import { broadcastTo } from '../primitives/broadcast-to.ts';
import { complexOf, imagPart, realPart } from '../primitives/complex.ts';
import { zeroCotangent } from '../primitives/fill.ts';
import { deinterleave, interleave } from '../primitives/interleave.ts';
import { inputRecord } from '../slots.ts';
import { storedType, type TensorType } from '../types.ts';
import { expand } from './expand.ts';
import { moveIn, type ProgramGraph, rootsOf, withRoots } from './program-graph.ts';

const isComplex = (s: TensorType): boolean => s.dtype === 'complex64';

/** Runs for every node of every program: loops take half the time of callbacks. */
function touchesComplex({ inputs, outputs }: Node): boolean {
  for (const s of inputs) if (isComplex(s)) return true;
  for (const s of outputs) if (isComplex(s)) return true;
  return false;
}

/** The program with its complex roots in stored form. */
export function storeRoots(program: ProgramGraph): ProgramGraph {
  if (!rootsOf(program).some(isComplex)) return program;
  const moved = moveIn(program);
  return withRoots(
    moved,
    moved.graph,
    deriving(moved.graph, undefined, () => rootsOf(moved).map(stored)),
  );
}

/** A value in stored form. */
function stored(s: Sym): Sym {
  if (!isComplex(s)) return s;
  return comesFromOutside(s.node) ? storedLeaf(s.node) : interleave(realPart(s), imagPart(s));
}

/** Whether it is a leaf whose value arrives in stored form: a placeholder, a variable, a parameter. */
const comesFromOutside = ({ op: { traits } }: Node): boolean => traits.leaf !== undefined && traits.leaf !== 'constant';

function storedLeaf(node: Node): Sym {
  const type = storedType(node.outputs[0]!);
  const leaf = node.graph!.intern(node.op, [], node.arity, Object.freeze({ ...node.attrs, ...type }), [type]);
  node.giveNames(leaf.outputs);
  return leaf.outputs[0]!;
}

/**
 * A rewrite: replaces a node with complex inputs or outputs by real arithmetic.
 * @throws UnsupportedOpError for an op that does not define it
 */
export function splitComplex(node: Node): readonly Sym[] | undefined {
  if (!touchesComplex(node)) return undefined;
  const { op } = node;
  if (comesFromOutside(node)) return [fromStored(storedLeaf(node))];
  if (op.functions.length > 0) return splitRegions(node);
  if (op.traits.partwise) return partByPart(node);
  const { parts } = op.definition;
  if (parts !== undefined) {
    const record = inputRecord(op, node.inputs.map(partsOf), node.arity);
    const given = parts(record as never, node.attrs as never) as Parts | Sym | readonly (Parts | Sym)[];
    return (Array.isArray(given) ? (given as readonly (Parts | Sym)[]) : [given as Parts | Sym]).map((y) =>
      isSym(y) ? y : complexOf(y.re, y.im),
    );
  }
  const composite = loweringOf(op, 'composite');
  if (composite !== undefined) return expand(node, composite);
  throw new UnsupportedOpError(`${op.name} does not compute with complex64 values ('${node.label}')`, {
    node: node.label,
    site: node.site,
  });
}

/** The parts of a value. A complex input has been rewritten before its user, so it is a Complex node. */
function partsOf(s: Sym): Parts {
  if (!isComplex(s)) return { re: s, im: zeroCotangent(s) };
  const [re, im] = s.node.inputs.map((part) => broadcastTo(part, s.shape));
  return { re: re!, im: im! };
}

function fromStored(s: Sym): Sym {
  const [re, im] = deinterleave(s);
  return complexOf(re!, im!);
}

function partByPart(node: Node): readonly Sym[] {
  const types = node.outputs.map((y): TensorType => (isComplex(y) ? { dtype: 'float32', shape: y.shape } : y));
  const [re, im] = (['re', 'im'] as const).map((part) => {
    const inputs = node.inputs.map((s) => (isComplex(s) ? partsOf(s)[part] : s));
    const adopted = inputs.map((s) => node.graph!.adopt(s));
    return node.graph!.intern(node.op, adopted, node.arity, node.attrs, types).outputs;
  });
  return node.outputs.map((_, k) => complexOf(re![k]!, im![k]!));
}

/** Splits an op with Functions: parameters and results become stored. The inner nodes of the bodies have already been rewritten. */
function splitRegions(node: Node): readonly Sym[] {
  const storeBoundary = ({ graph, parameters, results }: Fn): Fn =>
    deriving(graph, undefined, () => makeFn(graph, parameters.map(stored), results.map(stored)));
  const bodies = node.op.functions.map((name) => [name, storeBoundary(node.attrs[name] as Fn)]);
  const inputs = node.inputs.map((s) => node.graph!.adopt(stored(s)));
  const attrs = Object.freeze({ ...node.attrs, ...Object.fromEntries(bodies) });
  const { outputs } = node.graph!.intern(node.op, inputs, node.arity, attrs, node.outputs.map(storedType));
  return outputs.map((y, k) => (isComplex(node.outputs[k]!) ? fromStored(y) : y));
}
