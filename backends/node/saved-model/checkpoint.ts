/** Writes and reads checkpoint files by TensorFlow's library. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { BackendError, type HostValue, VariableError } from '../../../engine/index.ts';
import type { TfType } from '../graph/attributes.ts';
import * as attr from '../graph/attributes.ts';
import { PRODUCER } from '../graph/program.ts';
import { decode } from '../proto/messages.ts';
import type { CApi, Pointer } from '../runtime/c-api.ts';
import type { Session } from '../runtime/session.ts';
import { checked } from '../runtime/status.ts';
import { FedTensor, TensorCount, takeTensor } from '../runtime/tensor.ts';
import { graphWriter } from '../runtime/variable-calls.ts';
import { checkBundleIndex } from './bundle-index.ts';
import { text, writeSave } from './saver.ts';

/** The prefix of a checkpoint's files in a SavedModel. */
export const VARIABLES = join('variables', 'variables');

/** @param prefix the path prefix of the files, whose folder must exist. @throws TensorFlowError */
export function writeCheckpoint(session: Session, prefix: string, tensors: ReadonlyMap<string, HostValue>): void {
  const w = graphWriter();
  const entries = [...tensors];
  const fed = entries.map(([, { dtype, shape }]) => {
    const type = dtype as TfType;
    return w.op('Placeholder', [], { dtype: attr.type(type), shape: attr.shape(shape) }, type);
  });
  const names = entries.map(([name]) => name);
  const saved = writeSave(w, text(w, prefix), names, fed);
  const scope = session.import({ node: w.nodes, versions: { producer: PRODUCER } });
  const endpoints = fed.map(({ name }) => ({ operation: name, output: 0 }));
  const call = session.call(scope, endpoints, [], [saved.name]);
  const count = new TensorCount();
  const fedTensors: FedTensor[] = [];
  try {
    for (const [i, [, value]] of entries.entries()) {
      fedTensors.push(new FedTensor(session.api, value, count));
      fedTensors[i]!.write(value.data);
      call.inputValues[i] = fedTensors[i]!.pointer;
    }
    session.runSync(call);
  } finally {
    for (const tensor of fedTensors) tensor.free();
  }
}

/** C declarations of tensorflow/c/c_api_experimental.h and tf_tstring.h, which koffi parses. */
const READER = {
  TF_NewCheckpointReader: 'void *TF_NewCheckpointReader(const char *prefix, void *status)',
  TF_DeleteCheckpointReader: 'void TF_DeleteCheckpointReader(void *reader)',
  TF_CheckpointReaderSize: 'int TF_CheckpointReaderSize(void *reader)',
  TF_CheckpointReaderGetVariable: 'const char *TF_CheckpointReaderGetVariable(void *reader, int index)',
  TF_CheckpointReaderGetVariableDataType: 'int TF_CheckpointReaderGetVariableDataType(void *reader, const char *name)',
  TF_CheckpointReaderGetTensor: 'void *TF_CheckpointReaderGetTensor(void *reader, const char *name, void *status)',
  TF_StringGetDataPointer: 'void *TF_StringGetDataPointer(void *string)',
  TF_StringGetSize: 'size_t TF_StringGetSize(void *string)',
} as const;

interface ReaderApi {
  TF_NewCheckpointReader(prefix: string, status: Pointer): Pointer;
  TF_DeleteCheckpointReader(reader: Pointer): void;
  TF_CheckpointReaderSize(reader: Pointer): number;
  TF_CheckpointReaderGetVariable(reader: Pointer, index: number): string;
  TF_CheckpointReaderGetVariableDataType(reader: Pointer, name: string): number;
  TF_CheckpointReaderGetTensor(reader: Pointer, name: string, status: Pointer): Pointer;
  TF_StringGetDataPointer(string: Pointer): Pointer;
  TF_StringGetSize(string: Pointer): number;
}

/** The key under which tf.train.Checkpoint and tf.saved_model.save store a TrackableObjectGraph, which names the owners of keys. */
const OBJECTS = '_CHECKPOINTABLE_OBJECT_GRAPH';

/**
 * The values of a checkpoint by variable name; values of dtypes that variables cannot have are skipped.
 * @throws VariableError for missing or damaged files; BackendError if the library cannot read checkpoints
 */
export function readCheckpoint(api: CApi, prefix: string): ReadonlyMap<string, HostValue> {
  if (!existsSync(`${prefix}.index`))
    throw new VariableError(`there is no checkpoint at '${prefix}': no ${prefix}.index`);
  const missing = Object.keys(READER).find((name) => !api.has(name));
  if (missing !== undefined)
    throw new BackendError(`TensorFlow ${api.TF_Version()} cannot read checkpoints: it has no ${missing}`);
  const c = api.declare<ReaderApi>(READER);
  try {
    checkBundleIndex(prefix);
    const reader = checked(api, (status) => c.TF_NewCheckpointReader(prefix, status));
    try {
      return readAll(api, c, reader);
    } finally {
      c.TF_DeleteCheckpointReader(reader);
    }
  } catch (e) {
    throw new VariableError(`the checkpoint '${prefix}' cannot be read: ${(e as Error).message}`, { cause: e });
  }
}

function readAll(api: CApi, c: ReaderApi, reader: Pointer): ReadonlyMap<string, HostValue> {
  const keys = Array.from({ length: c.TF_CheckpointReaderSize(reader) }, (_, i) =>
    c.TF_CheckpointReaderGetVariable(reader, i),
  );
  const tensor = (key: string): Pointer =>
    checked(api, (status) => c.TF_CheckpointReaderGetTensor(reader, key, status));
  const nameOf = keys.includes(OBJECTS) ? namesIn(takeString(api, c, tensor(OBJECTS))) : (key: string) => key;
  const values = new Map<string, HostValue>();
  for (const key of keys) {
    const dtype = attr.DTYPES[c.TF_CheckpointReaderGetVariableDataType(reader, key)];
    const name = dtype === undefined ? undefined : nameOf(key);
    if (name !== undefined) values.set(name, takeTensor(api, tensor(key), dtype!));
  }
  return values;
}

/** The bytes of a scalar string; frees its tensor. */
function takeString(api: CApi, c: ReaderApi, tensor: Pointer): Uint8Array {
  try {
    const string = api.TF_TensorData(tensor)!;
    return new Uint8Array(api.view(c.TF_StringGetDataPointer(string), Number(c.TF_StringGetSize(string)))).slice();
  } finally {
    api.TF_DeleteTensor(tensor);
  }
}

interface ObjectGraph {
  readonly nodes: readonly {
    readonly attributes: readonly { readonly fullName: string; readonly checkpointKey: string }[];
  }[];
}

/** The default name of a tf.Variable. */
const UNNAMED = 'Variable';
const SUFFIX = '/.ATTRIBUTES/VARIABLE_VALUE';

/** Maps keys to variable names: the given one (`tf.Variable(..., name='W')`) if it is unique, else the path from the root object. */
function namesIn(objects: Uint8Array): (key: string) => string | undefined {
  const { nodes } = decode('TrackableObjectGraph', objects) as unknown as ObjectGraph;
  const attributes = nodes.flatMap((node) => node.attributes);
  const count = new Map<string, number>();
  for (const { fullName } of attributes) count.set(fullName, (count.get(fullName) ?? 0) + 1);
  const named = new Map(
    attributes
      .filter(({ fullName }) => fullName !== '' && fullName !== UNNAMED && count.get(fullName) === 1)
      .map(({ checkpointKey, fullName }) => [checkpointKey, fullName]),
  );
  return (key) => named.get(key) ?? (key.endsWith(SUFFIX) ? pathOf(key.slice(0, -SUFFIX.length)) : undefined);
}

/** Unescapes a path: TensorFlow writes a slash in an attribute's name as `.S`, and a dot as `..`. */
const pathOf = (key: string): string => key.replaceAll(/\.([.S])/g, (_, c: string) => (c === 'S' ? '/' : '.'));
