/** SavedModels: programs and their variables as TensorFlow reads them, in Python, in Serving and elsewhere; and variables back. */
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type {
  DType,
  HostValue,
  LoadOptions,
  ProgramGraph,
  Variables,
  VariablesSnapshot,
} from '../../../engine/index.ts';
import { CancelledError, GraphError, randomCounts, randomState, VariableError } from '../../../engine/index.ts';
import { DTYPES } from '../graph/attributes.ts';
import { PRODUCER } from '../graph/program.ts';
import { GraphWriter, inGraph, type Shared } from '../graph/writer.ts';
import { nativePrograms } from '../module.ts';
import { encode, type FunctionDef, type GraphDef, type SignatureDef, type TensorInfo } from '../proto/messages.ts';
import { sessionConfig } from '../runtime/config.ts';
import { describeOps } from '../runtime/op-list.ts';
import { Session } from '../runtime/session.ts';
import { explain } from '../runtime/status.ts';
import { readCheckpoint, VARIABLES, writeCheckpoint } from './checkpoint.ts';
import { writeFolder } from './folder.ts';
import { writeSaver } from './saver.ts';
import { draws, writeSignature } from './signature.ts';
import { type SavedVariable, type VariableType, variableTypes, writeVariable } from './variables.ts';

/** A program, compiled for any backend. */
export interface ExportedProgram {
  readonly source: ProgramGraph;
  readonly variables: Variables;
}

export interface ExportOptions {
  /** Replace a SavedModel that is there; nothing else is ever replaced. */
  readonly overwrite?: boolean;
  /** Cancels before anything is in its place. */
  readonly signal?: AbortSignal;
}

/** What has been written. */
export interface SavedModel {
  readonly signatures: Readonly<Record<string, Signature>>;
  readonly variables: readonly VariableType[];
}

/** What a call takes and gives, by name. */
export interface Signature {
  readonly inputs: Readonly<Record<string, TensorSpec>>;
  readonly outputs: Readonly<Record<string, TensorSpec>>;
}

export interface TensorSpec {
  readonly dtype: DType;
  /** null: a size that each call has of its own. */
  readonly shape: readonly (number | null)[];
}

/** What loaders ask for. */
const TAG = 'serve';
const FILE = 'saved_model.pb';

/** The variable that holds the words of the random state: seed and run counter (see engine/random.ts). */
const RANDOM_STATE: VariableType = {
  name: 'retrograph.random_state',
  dtype: 'int32',
  shape: [4],
  trainable: false,
};

/**
 * Writes programs over one store, and the values that it has now, as a SavedModel with the tag 'serve' and a signature for each name.
 * A call of a signature computes all outputs and then makes the program's updates; unknown dims stay unknown. A program under two
 * names is written once.
 * @throws VariableError where the folder cannot be written; UnsupportedOpError, ShapeError, DTypeError for what TensorFlow cannot have;
 * BackendError where its library is missing
 */
export async function exportSavedModel(
  path: string,
  signatures: Readonly<Record<string, ExportedProgram>>,
  { overwrite = false, signal }: ExportOptions = {},
): Promise<SavedModel> {
  const store = requireOneStore(signatures);
  const api = await nativePrograms.api();
  const { tensors, seed, runs } = await store.snapshot();
  const { graph, meta, signatureDefs, variables } = writeMetaGraph(signatures, describeOps(api), api.TF_Version());
  const values = new Map(
    variables.map(({ name }): [string, HostValue] => [
      name,
      name === RANDOM_STATE.name ? { data: randomState(seed!, runs), shape: [4], dtype: 'int32' } : tensors.get(name)!,
    ]),
  );
  const isReplaced = (entries: readonly string[]): boolean => overwrite && entries.includes(FILE);
  await writeFolder(path, isReplaced, async (folder) => {
    const session = new Session(api, sessionConfig());
    try {
      session.import(graph); // which TensorFlow checks
      const prefix = join(folder, VARIABLES);
      await mkdir(dirname(prefix));
      if (values.size > 0) writeCheckpoint(session, prefix, values);
    } catch (e) {
      throw explain(e, undefined);
    } finally {
      session.close();
    }
    await writeFile(join(folder, FILE), encode('SavedModel', { savedModelSchemaVersion: 1, metaGraphs: [meta] }));
    if (signal?.aborted) throw new CancelledError('before the SavedModel was in its place', { cause: signal.reason });
  });
  return { signatures: mapValues(signatureDefs, describe), variables };
}

/** @throws GraphError where there is nothing to call, or nothing to give; VariableError for programs over two stores */
function requireOneStore(signatures: Readonly<Record<string, ExportedProgram>>): Variables {
  const [first, ...others] = Object.values(signatures);
  if (first === undefined) throw new GraphError('a SavedModel has at least one signature');
  for (const [name, { source }] of Object.entries(signatures))
    if (Object.keys(source.outputs).length === 0) throw new GraphError(`the signature '${name}' has no outputs`);
  if (others.some(({ variables }) => variables !== first.variables))
    throw new VariableError('the programs of a SavedModel share their variables: compile them over one store');
  return first.variables;
}

function writeMetaGraph(
  programs: Readonly<Record<string, ExportedProgram>>,
  library: ReturnType<typeof describeOps>,
  tensorflowVersion: string,
): {
  readonly graph: GraphDef;
  /** A MetaGraphDef. */
  readonly meta: object;
  readonly signatureDefs: Readonly<Record<string, SignatureDef>>;
  readonly variables: readonly VariableType[];
} {
  const sources = Object.entries(programs).map(([name, { source }]) => [name, source] as const);
  const all = [...new Set(sources.map(([, source]) => source))];
  const functions: FunctionDef[] = [];
  let named = 0;
  const shared: Shared = { ...library, functions, nameFunction: () => `function_${named++}` };
  const w = new GraphWriter(shared, inGraph, (name) => {
    throw new Error(`$${name} is read where it is fed`);
  });
  const types = [...variableTypes(all), ...(all.some(draws) ? [RANDOM_STATE] : [])];
  const variables = types.map((type) => writeVariable(w, type));
  const written = new Map<ProgramGraph, SignatureDef>();
  const signatureDefs: Record<string, SignatureDef> = {};
  for (const [name, source] of sources) {
    const signature = written.get(source) ?? writeSignature(w, name, source, variables.at(-1)!);
    written.set(source, signature);
    signatureDefs[name] = signature;
  }
  const saver = variables.length === 0 ? undefined : writeSaver(w, variables);
  const graph: GraphDef = {
    node: w.nodes,
    library: { function: functions },
    versions: { producer: PRODUCER },
  };
  const meta = {
    metaInfoDef: { tags: [TAG], tensorflowVersion },
    graphDef: graph,
    ...(saver && { saverDef: saver }),
    collectionDef: collections(variables),
    signatureDef: signatureDefs,
  };
  return { graph, meta, signatureDefs, variables: types };
}

const describe = ({ inputs, outputs }: SignatureDef): Signature => ({
  inputs: mapValues(inputs, specOf),
  outputs: mapValues(outputs, specOf),
});

const specOf = ({ dtype, tensorShape }: TensorInfo): TensorSpec => ({
  dtype: DTYPES[dtype]!,
  shape: tensorShape.dim!.map(({ size }) => (size < 0 ? null : size)),
});

const mapValues = <T, U>(record: Readonly<Record<string, T>>, map: (value: T) => U): Record<string, U> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));

/** By which Python finds the variables of a graph. */
const collections = (variables: readonly SavedVariable[]): object => ({
  variables: { bytesList: { value: variables.map((v) => v.definition) } },
  trainable_variables: { bytesList: { value: variables.filter((v) => v.trainable).map((v) => v.definition) } },
});

/**
 * The variables in a SavedModel, or in a checkpoint, by their names: `exportSavedModel`'s own, one that TensorFlow has trained further
 * and saved (by `tf.saved_model.save`, `tf.train.Checkpoint` or v1's `Saver`), or any other. Where TensorFlow saved objects, a
 * variable's name is that which it was given, or else its path from the root. Types that graphs do not have are left out.
 * @param path the SavedModel's folder, or the prefix of a checkpoint's files
 * @throws VariableError where there is none, or a damaged one; BackendError where TensorFlow's library is missing
 */
export async function readSavedModel(path: string): Promise<VariablesSnapshot> {
  const api = await nativePrograms.api();
  const isPrefix = existsSync(`${path}.index`);
  const tensors = new Map(readCheckpoint(api, isPrefix ? path : join(path, VARIABLES)));
  const state = tensors.get(RANDOM_STATE.name);
  tensors.delete(RANDOM_STATE.name);
  return state === undefined ? { tensors } : { tensors, ...randomCounts(state.data) };
}

/** Reads variables as `readSavedModel`, into a store on any backend. @throws VariableError where they do not fit */
export async function loadSavedModel(variables: Variables, path: string, options: LoadOptions = {}): Promise<void> {
  await variables.restore(await readSavedModel(path), options);
}
