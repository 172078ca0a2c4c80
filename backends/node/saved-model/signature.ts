/**
 * A program as a part of a SavedModel's graph. What our own sessions are fed beside the placeholders is computed there: sizes from
 * the shapes of what is fed, and the random state from a variable, which each call of a signature that draws moves on by one run.
 */
import type { Node, ProgramGraph, Shape, Sym } from '../../../engine/index.ts';
import {
  formatDim,
  optimizeOpen,
  Placeholder,
  RandomState,
  rootsOf,
  ShapeError,
  storedType,
  toposort,
} from '../../../engine/index.ts';
import * as attr from '../graph/attributes.ts';
import { shapeOf, TF_TYPES, type TfType } from '../graph/attributes.ts';
import { asName } from '../graph/nodes.ts';
import { type WrittenProgram, writeProgram } from '../graph/program.ts';
import type { GraphWriter, Ref } from '../graph/writer.ts';
import type { NodeDef, SignatureDef, TensorInfo } from '../proto/messages.ts';
import { target } from '../target.ts';
import { type SavedVariable, savedHandle } from './variables.ts';

/** By which TensorFlow Serving knows that a signature can be called. */
const PREDICT = 'tensorflow/serving/predict';

const INT = { T: attr.type('int32') };
const sizes = (shape: Shape) => shape.map((d) => (typeof d === 'number' ? d : null));

/** Whether a program has random ops, so that every run of it draws other numbers. */
export const draws = (source: ProgramGraph): boolean => toposort(rootsOf(source)).some((n) => n.op === RandomState);

/**
 * Writes a program into a graph that has the variables.
 * @param scope before the names of its nodes
 * @param randomState the variable that programs which draw share
 * @throws UnsupportedOpError for an op that TensorFlow lacks; ShapeError for a size that no placeholder has
 */
export function writeSignature(
  w: GraphWriter,
  scope: string,
  source: ProgramGraph,
  randomState: SavedVariable,
): SignatureDef {
  // fused ops are TensorFlow's own affair: they are no part of its public set, and differ between its versions
  const program = optimizeOpen(source, target, { passes: { fuse: false } });
  const written = writeProgram(program, w.shared);
  w.shared.functions.push(...written.graph.library!.function);
  const { dims, feeds, outputs, done, randomState: state } = written;

  const given = new Set([...dims, ...(state === undefined ? [] : [state])].map((place) => place.operation));
  w.nodes.push(...embedded(written, scope, given));
  const at = (operation: string, dtype: TfType): Ref => ({ name: `${scope}/${operation}`, op: '', output: 0, dtype });

  const fed = new Map(feeds.map(({ name, operation }) => [name, operation]));
  const inputs = new Map<Sym, Ref>();
  const input = (placeholder: Sym): Ref => {
    const { dtype, shape } = storedType(placeholder);
    const name = placeholder.node.attrs.name as string;
    const before = inputs.get(placeholder);
    if (before !== undefined) return before;
    const own = fed.get(name);
    const attrs = { dtype: attr.type(dtype as TfType), shape: attr.shape(sizes(shape)) };
    const ref =
      own === undefined // one whose elements nothing computes with
        ? w.ops('Placeholder', [], attrs, [dtype as TfType], { name: `${scope}/sizes/of/${asName(name)}` })[0]!
        : at(own, dtype as TfType);
    inputs.set(placeholder, ref);
    return ref;
  };
  for (const placeholder of neededBy(source)) input(placeholder);
  for (const { name, operation } of dims) {
    const { placeholder, axis } = findSize(source, name);
    writeSize(w, `${scope}/${operation}`, input(placeholder), axis);
  }

  const computed = Object.entries(outputs).map(([name, { operation, output, dtype }]) => {
    return { name, sym: program.outputs[name]!, ref: { ...at(operation, dtype as TfType), output } };
  });
  const ends: Ref[] = done === undefined ? [] : [at(done, 'bool')];
  if (state !== undefined) {
    const after = [...computed.map(({ ref }) => ref), ...ends];
    ends.push(writeRandomState(w, `${scope}/${state.operation}`, randomState, after));
  }
  const results = computed.map(({ name, sym, ref }) => {
    const options = { name: `${scope}/outputs/${asName(name)}`, after: ends };
    // what is asked for brings the updates with it
    const [given] = w.ops('Identity', [ref], { T: attr.type(ref.dtype) }, [ref.dtype], options);
    return [name, tensorInfo(given!.name, ref.dtype, sym.shape)] as const;
  });
  return {
    inputs: Object.fromEntries(
      [...inputs].map(([s, ref]) => [
        s.node.attrs.name as string,
        tensorInfo(ref.name, ref.dtype, storedType(s).shape),
      ]),
    ),
    outputs: Object.fromEntries(results),
    methodName: PREDICT,
  };
}

const tensorInfo = (operation: string, dtype: TfType, shape: Shape): TensorInfo => ({
  name: `${operation}:0`,
  dtype: TF_TYPES[dtype],
  tensorShape: shapeOf(sizes(shape)),
});

const placeholdersOf = (nodes: readonly Node[]): readonly Sym[] =>
  nodes.filter((node) => node.op === Placeholder).map((node) => node.outputs[0]!);

/** What a run has to be fed, in the order in which the placeholders were made. */
function neededBy(source: ProgramGraph): readonly Sym[] {
  const nodes = new Set(toposort(rootsOf(source)));
  return placeholdersOf(source.graph.nodes.filter((node) => nodes.has(node)));
}

/** The program's nodes under a scope, but for those that are `given`, and with the variables' handles that the graph has. */
function embedded({ graph }: WrittenProgram, scope: string, given: ReadonlySet<string>): readonly NodeDef[] {
  const handles = new Map<string, string>();
  for (const { name, op, attr } of graph.node)
    if (op === 'VarHandleOp') handles.set(name, savedHandle(new TextDecoder().decode(attr.shared_name!.s)));
  const renamed = (input: string): string =>
    input.replace(/^(\^?)([^:]+)/, (_, control: string, name: string) => {
      return `${control}${handles.get(name) ?? `${scope}/${name}`}`;
    });
  return graph.node
    .filter(({ name }) => !handles.has(name) && !given.has(name))
    .map((node) => ({ ...node, name: `${scope}/${node.name}`, input: node.input.map(renamed) }));
}

/** A placeholder that has the named dim, and where; one that the program needs, if there is one. */
function findSize(source: ProgramGraph, name: string): { placeholder: Sym; axis: number } {
  for (const placeholder of [...neededBy(source), ...placeholdersOf(source.graph.nodes)]) {
    const axis = placeholder.shape.findIndex((d) => typeof d !== 'number' && formatDim(d) === `$${name}`);
    if (axis >= 0) return { placeholder, axis };
  }
  throw new ShapeError(`no placeholder has $${name} as a dim of its own, so that a caller could not say what it is`);
}

/** A dim of what is fed, as an int32 scalar of that name. */
function writeSize(w: GraphWriter, name: string, fed: Ref, axis: number): void {
  const shape = w.once(
    `shape of ${fed.name}`,
    () =>
      w.ops('Shape', [fed], { T: attr.type(fed.dtype), out_type: attr.type('int32') }, ['int32'], {
        name: `${fed.name}/shape`,
      })[0]!,
  );
  const at = [w.ints([axis]), w.ints([axis + 1]), w.ints([1])];
  const attrs = { ...INT, Index: attr.type('int32'), shrink_axis_mask: attr.int(1) };
  w.ops('StridedSlice', [shape, ...at], attrs, ['int32'], { name });
}

/** Counter words are below this: see engine/random.ts. */
const WORD = 2 ** 24;

/** Reads the random state under that name, and moves its counter on, when all is done. */
function writeRandomState(w: GraphWriter, name: string, { handle }: SavedVariable, after: readonly Ref[]): Ref {
  const dtype = { dtype: attr.type('int32') };
  const [state] = w.ops('ReadVariableOp', [handle], dtype, ['int32'], { name }) as [Ref];
  return w.within(`${name}/next`, () => {
    const counted = w.op('AddV2', [state, w.ints([0, 0, 0, 1])], INT);
    const low = w.op('StridedSlice', [counted, w.ints([3]), w.ints([4]), w.ints([1])], {
      ...INT,
      Index: attr.type('int32'),
    });
    const carry = w.op('FloorDiv', [low, w.scalar(WORD)], INT);
    const carried = w.op('Mul', [carry, w.ints([0, 0, 1, -WORD])], INT);
    const next = w.op('AddV2', [counted, carried], INT);
    return w.ops('AssignVariableOp', [handle, next], dtype, ['bool'], { after })[0]!;
  });
}
