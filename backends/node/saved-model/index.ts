/** Exports programs and their variables as SavedModels, for TensorFlow in Python, Serving and elsewhere, and reads variables back. */
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
  /** Replace an existing SavedModel; other folders are never replaced. */
  readonly overwrite?: boolean;
  /** Cancels the export, until the folder is renamed to its path. */
  readonly signal?: AbortSignal;
}

/** A description of the exported SavedModel. */
export interface SavedModel {
  readonly signatures: Readonly<Record<string, Signature>>;
  readonly variables: readonly VariableType[];
}

/** The inputs and outputs of a call, by name. */
export interface Signature {
  readonly inputs: Readonly<Record<string, TensorSpec>>;
  readonly outputs: Readonly<Record<string, TensorSpec>>;
}

export interface TensorSpec {
  readonly dtype: DType;
  /** null for a size that may differ between calls. */
  readonly shape: readonly (number | null)[];
}

/** The tag by which loaders select the graph. */
const TAG = 'serve';
const FILE = 'saved_model.pb';

/** The variable of the random state: seed and run counter (see engine/random.ts). */
const RANDOM_STATE: VariableType = {
  name: 'retrograph.random_state',
  dtype: 'int32',
  shape: [4],
  trainable: false,
};

/**
 * Writes programs of one store, and its current values, as a SavedModel with the tag 'serve' and a signature for each name. A call of a
 * signature computes all outputs and then makes the program's updates; unbound dims stay unknown. A program with two names is written once.
 * @throws VariableError if the folder cannot be written; UnsupportedOpError, ShapeError, DTypeError for programs that TensorFlow cannot
 * represent; BackendError if its library is missing
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
      session.import(graph); // TensorFlow validates the graph
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

/** @throws GraphError without signatures, or for one without outputs; VariableError for programs of two stores */
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

/** The collections in which TensorFlow for Python finds a graph's variables. */
const collections = (variables: readonly SavedVariable[]): object => ({
  variables: { bytesList: { value: variables.map((v) => v.definition) } },
  trainable_variables: { bytesList: { value: variables.filter((v) => v.trainable).map((v) => v.definition) } },
});

/**
 * The variables of a SavedModel or a checkpoint, by name: one written by `exportSavedModel`, or by TensorFlow (`tf.saved_model.save`,
 * `tf.train.Checkpoint` or v1's `Saver`). In object-based checkpoints, a variable's name is its given name, else its path from the root
 * object. Values of dtypes that graphs do not have are skipped.
 * @param path the SavedModel's folder, or the path prefix of a checkpoint's files
 * @throws VariableError if it is missing or damaged; BackendError if TensorFlow's library is missing
 */
export async function readSavedModel(path: string): Promise<VariablesSnapshot> {
  const api = await nativePrograms.api();
  const isPrefix = existsSync(`${path}.index`);
  const tensors = new Map(readCheckpoint(api, isPrefix ? path : join(path, VARIABLES)));
  const state = tensors.get(RANDOM_STATE.name);
  tensors.delete(RANDOM_STATE.name);
  return state === undefined ? { tensors } : { tensors, ...randomCounts(state.data) };
}

/** Loads variables as `readSavedModel` into a store of any backend. @throws VariableError if they do not fit; as `readSavedModel` */
export async function loadSavedModel(variables: Variables, path: string, options: LoadOptions = {}): Promise<void> {
  await variables.restore(await readSavedModel(path), options);
}
