/**
 * Writes a program into a SavedModel's graph. The inputs that our sessions feed besides placeholders are computed in the graph: sizes from
 * the shapes of feeds, and the random state from a variable, whose run counter each call of a program with random ops increments.
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

/** The method name of signatures that TensorFlow Serving can call. */
const PREDICT = 'tensorflow/serving/predict';

const INT = { T: attr.type('int32') };
const sizes = (shape: Shape) => shape.map((d) => (typeof d === 'number' ? d : null));

/** Whether a program has random ops. */
export const draws = (source: ProgramGraph): boolean => toposort(rootsOf(source)).some((n) => n.op === RandomState);

/**
 * Writes a program into a graph that already has the variables.
 * @param scope the prefix of its nodes' names
 * @param randomState the variable of the random state, which programs with random ops share
 * @throws UnsupportedOpError for an op that TensorFlow lacks; ShapeError for a symbol that is no placeholder's dim
 */
export function writeSignature(
  w: GraphWriter,
  scope: string,
  source: ProgramGraph,
  randomState: SavedVariable,
): SignatureDef {
  // no fused ops: they are internal to TensorFlow, and differ between its releases
  const program = optimizeOpen(source, target, { passes: { fuse: false } });
  const written = writeProgram(program, w.shared);
  w.shared.functions.push(...written.graph.library!.function);
  const { dims, feeds, outputs, done, randomState: state } = written;

  const given = new Set([...dims, ...(state === undefined ? [] : [state])].map((endpoint) => endpoint.operation));
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
      own === undefined // a placeholder of which only the shape is used
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
    // fetching any output also runs the updates
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

/** The placeholders that a run has to be fed, in the order in which they were made. */
function neededBy(source: ProgramGraph): readonly Sym[] {
  const nodes = new Set(toposort(rootsOf(source)));
  return placeholdersOf(source.graph.nodes.filter((node) => nodes.has(node)));
}

/** The program's nodes under a scope, without those in `given`, and using the graph's existing variable handles. */
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

/** A placeholder with the symbol as a dim, and its axis; preferably one that the program needs. @throws ShapeError if there is none */
function findSize(source: ProgramGraph, name: string): { placeholder: Sym; axis: number } {
  for (const placeholder of [...neededBy(source), ...placeholdersOf(source.graph.nodes)]) {
    const axis = placeholder.shape.findIndex((d) => typeof d !== 'number' && formatDim(d) === `$${name}`);
    if (axis >= 0) return { placeholder, axis };
  }
  throw new ShapeError(`no placeholder has $${name} as a dim of its own, so that a caller could not say what it is`);
}

/** Writes a dim of a feed as an int32 scalar with that name. */
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

/** Words of the run counter are below this: see engine/random.ts. */
const WORD = 2 ** 24;

/** Reads the random state under that name, and increments its counter after all nodes in `after`. */
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
