/**
 * Writes a whole program as one TensorFlow graph: forward, backward and updates. All updates run after everything else, so that a failure
 * before them leaves the variables unchanged.
 */
import { type DType, type Node, type ProgramGraph, type Shape, type Sym, variableName } from '../../../engine/index.ts';
import type { GraphDef } from '../proto/messages.ts';
import type { TfType } from './attributes.ts';
import * as attr from './attributes.ts';
import { asName, WrittenNodes } from './nodes.ts';
import { matchUpdates } from './updates.ts';
import { variableHandle } from './variable.ts';
import { GraphWriter, inGraph, type Ref, type Shared } from './writer.ts';

/** A tensor of a TensorFlow graph: an operation's name and an output's index. */
export interface Endpoint {
  readonly operation: string;
  readonly output: number;
}

export interface FedEndpoint extends Endpoint {
  readonly name: string;
  readonly dtype: DType;
}

export interface WrittenProgram {
  readonly graph: GraphDef;
  readonly feeds: readonly FedEndpoint[];
  /** The endpoints at which sizes are fed, each an int32 scalar. */
  readonly dims: readonly (Endpoint & { readonly name: string })[];
  readonly randomState: Endpoint | undefined;
  readonly outputs: Readonly<Record<string, Endpoint & { readonly dtype: DType }>>;
  /** The operations before and after all updates; undefined if there are none. */
  readonly ready: string | undefined;
  readonly done: string | undefined;
  /** The node that the named operation is a part of. */
  readonly nodeOf: (operation: string) => Node | undefined;
  /** The endpoint of each output of each written node, in order. */
  readonly values: readonly { readonly node: Node; readonly sym: Sym; readonly endpoint: Endpoint }[];
}

const UPDATES = 'updates';

/** The endpoint of a tensor that a writer wrote. */
export const endpointOf = ({ name, output }: Ref): Endpoint => ({ operation: name, output });
const sizes = (shape: Shape) => shape.map((d) => (typeof d === 'number' ? d : null));

interface VariableAttrs {
  readonly name: string;
  readonly dtype: TfType;
  readonly shape: readonly number[];
}

const handleOf = (w: GraphWriter, { name, dtype, shape }: VariableAttrs): Ref => variableHandle(w, name, dtype, shape);

/** @param library properties of the library that will run it, and names for functions */
export function writeProgram(program: ProgramGraph, library: Omit<Shared, 'functions'>): WrittenProgram {
  const feeds: FedEndpoint[] = [];
  const dims: (Endpoint & { name: string })[] = [];
  let randomState: Endpoint | undefined;
  const fed = (name: string, dtype: TfType, shape: readonly (number | null)[]): Ref =>
    w.ops('Placeholder', [], { dtype: attr.type(dtype), shape: attr.shape(shape) }, [dtype], { name })[0]!;
  const w: GraphWriter = new GraphWriter({ ...library, functions: [] }, inGraph, (name) =>
    w.once(`named ${name}`, () => {
      const ref = fed(`sizes/${asName(name)}`, 'int32', []);
      dims.push({ name, ...endpointOf(ref) });
      return ref;
    }),
  );
  const nodes = new WrittenNodes(w, (node) => {
    const { dtype, shape } = node.outputs[0]!;
    switch (node.op.traits.leaf) {
      case 'feed': {
        const name = node.attrs.name as string;
        const ref = fed(`feeds/${asName(name)}`, dtype as TfType, sizes(shape));
        feeds.push({ name, dtype, ...endpointOf(ref) });
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
        randomState = endpointOf(ref);
        return ref;
      }
      default:
        return undefined;
    }
  });

  const outputs: Record<string, Endpoint & { dtype: DType }> = {};
  const computed: Ref[] = [];
  for (const [name, sym] of Object.entries(program.outputs)) {
    const ref = fetchable(w, nodes.write(sym));
    outputs[name] = { ...endpointOf(ref), dtype: sym.dtype };
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
      node.outputs.map((sym) => ({ node, sym, endpoint: endpointOf(nodes.write(sym)) })),
    ),
  };
}

/** TensorFlow cannot fetch a tensor that is fed. */
const fetchable = (w: GraphWriter, ref: Ref): Ref =>
  ref.op === 'Placeholder' ? w.op('Identity', [ref], { T: attr.type(ref.dtype) }) : ref;

/** The graph version that TensorFlow 2.12 writes (tensorflow/core/public/version.h); later releases read it. */
export const PRODUCER = 1395;

/** The node of the innermost scope that contains an operation; labels may contain slashes too. */
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
