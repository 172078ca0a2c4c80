/**
 * A whole program as one graph of TensorFlow's: forward, backward and updates. What is computed never depends on an update: all of
 * them come after everything else, so that whatever fails before leaves the variables as they were.
 */
import { type DType, type Node, type ProgramGraph, type Shape, type Sym, variableName } from '../../../engine/index.ts';
import type { GraphDef } from '../proto/messages.ts';
import type { TfType } from './attributes.ts';
import * as attr from './attributes.ts';
import { asName, WrittenNodes } from './nodes.ts';
import { matchUpdates } from './updates.ts';
import { variableHandle } from './variable.ts';
import { GraphWriter, inGraph, type Ref, type Shared } from './writer.ts';

/** A tensor of a graph: an operation's name and the number of the output. */
export interface Place {
  readonly operation: string;
  readonly output: number;
}

export interface FedPlace extends Place {
  readonly name: string;
  readonly dtype: DType;
}

export interface WrittenProgram {
  readonly graph: GraphDef;
  readonly feeds: readonly FedPlace[];
  /** Where sizes are fed, each an int32 scalar. */
  readonly dims: readonly (Place & { readonly name: string })[];
  readonly randomState: Place | undefined;
  readonly outputs: Readonly<Record<string, Place & { readonly dtype: DType }>>;
  /** The operations that come before all updates, and after; undefined where there are none. */
  readonly ready: string | undefined;
  readonly done: string | undefined;
  /** The node that an operation, by its name, computes. */
  readonly nodeOf: (operation: string) => Node | undefined;
  /** Where each output is of each node that was written, in order. */
  readonly values: readonly { readonly node: Node; readonly sym: Sym; readonly place: Place }[];
}

const UPDATES = 'updates';

const place = ({ name, output }: Ref): Place => ({ operation: name, output });
const sizes = (shape: Shape) => shape.map((d) => (typeof d === 'number' ? d : null));

interface VariableAttrs {
  readonly name: string;
  readonly dtype: TfType;
  readonly shape: readonly number[];
}

const handleOf = (w: GraphWriter, { name, dtype, shape }: VariableAttrs): Ref => variableHandle(w, name, dtype, shape);

/** @param library what the library that will read it tells of itself, and names for functions */
export function writeProgram(program: ProgramGraph, library: Omit<Shared, 'functions'>): WrittenProgram {
  const feeds: FedPlace[] = [];
  const dims: (Place & { name: string })[] = [];
  let randomState: Place | undefined;
  const fed = (name: string, dtype: TfType, shape: readonly (number | null)[]): Ref =>
    w.ops('Placeholder', [], { dtype: attr.type(dtype), shape: attr.shape(shape) }, [dtype], { name })[0]!;
  const w: GraphWriter = new GraphWriter({ ...library, functions: [] }, inGraph, (name) =>
    w.once(`named ${name}`, () => {
      const ref = fed(`sizes/${asName(name)}`, 'int32', []);
      dims.push({ name, ...place(ref) });
      return ref;
    }),
  );
  const nodes = new WrittenNodes(w, (node) => {
    const { dtype, shape } = node.outputs[0]!;
    switch (node.op.traits.leaf) {
      case 'feed': {
        const name = node.attrs.name as string;
        const ref = fed(`feeds/${asName(name)}`, dtype as TfType, sizes(shape));
        feeds.push({ name, dtype, ...place(ref) });
        return ref;
      }
      case 'variable': {
        const attrs = node.attrs as unknown as VariableAttrs;
        return w.within(`reads/${asName(attrs.name)}`, () =>
          w.op('ReadVariableOp', [handleOf(w, attrs)], { dtype: attr.type(attrs.dtype) }, attrs.dtype),
        );
      }
      case 'random': {
        const ref = fed('random_state', 'int32', [4]);
        randomState = place(ref);
        return ref;
      }
      default:
        return undefined;
    }
  });

  const outputs: Record<string, Place & { dtype: DType }> = {};
  const computed: Ref[] = [];
  for (const [name, sym] of Object.entries(program.outputs)) {
    const ref = fetchable(w, nodes.write(sym));
    outputs[name] = { ...place(ref), dtype: sym.dtype };
    computed.push(ref);
  }
  for (const sym of program.kept) computed.push(nodes.write(sym));
  const updates = writeUpdates(w, program, nodes, computed);
  const { scopes } = nodes;
  return {
    graph: { node: w.nodes, library: { function: w.shared.functions }, versions: { producer: PRODUCER } },
    feeds,
    dims,
    randomState,
    outputs,
    ready: updates?.ready,
    done: updates?.done,
    nodeOf: (operation) => nearest(scopes, operation),
    values: [...scopes.values()].flatMap((node) =>
      node.outputs.map((sym) => ({ node, sym, place: place(nodes.write(sym)) })),
    ),
  };
}

/** TensorFlow gives back nothing that it is fed. */
const fetchable = (w: GraphWriter, ref: Ref): Ref =>
  ref.op === 'Placeholder' ? w.op('Identity', [ref], { T: attr.type(ref.dtype) }) : ref;

/** The version of graphs that TensorFlow 2.12 writes (tensorflow/core/public/version.h): later ones read it. */
export const PRODUCER = 1395;

/** The scope that an operation is in: labels may have slashes of their own. */
function nearest(scopes: ReadonlyMap<string, Node>, operation: string): Node | undefined {
  for (let end = operation.lastIndexOf('/'); end > 0; end = operation.lastIndexOf('/', end - 1)) {
    const node = scopes.get(operation.slice(0, end));
    if (node !== undefined) return node;
  }
  return undefined;
}

function writeUpdates(
  w: GraphWriter,
  program: ProgramGraph,
  nodes: WrittenNodes,
  computed: readonly Ref[],
): Pick<WrittenProgram, 'ready' | 'done'> | undefined {
  if (program.updates.length === 0) return undefined;
  const steps = matchUpdates(program).map((step) => ({ step, operands: step.operands.map((s) => nodes.write(s)) }));
  const ready = w.ops('NoOp', [], {}, ['bool'], {
    name: `${UPDATES}/ready`,
    after: [...computed, ...steps.flatMap((s) => s.operands)],
  });
  const written = steps.flatMap(({ step, operands }) =>
    w.within(`${UPDATES}/${asName(variableName(step.variables[0]!))}`, () => {
      const handles = step.variables.map((v) => handleOf(w, v.node.attrs as unknown as VariableAttrs));
      return step.write(w, handles, operands, ready);
    }),
  );
  const [done] = w.ops('NoOp', [], {}, ['bool'], { name: `${UPDATES}/done`, after: written });
  return { ready: ready[0]!.name, done: done!.name };
}
