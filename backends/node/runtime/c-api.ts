/**
 * The functions of TensorFlow's C API (tensorflow/c/c_api.h) that programs need, called through koffi, without a compiler or an addon.
 * Pointers are bigints; a `void *` parameter also takes a typed array, into which C may write.
 */
import type * as Koffi from 'koffi';
import { BackendError } from '../../../engine/index.ts';
import { importNative } from '../../import-native.ts';
import type { NativeLibrary } from '../library/locate.ts';

export type Pointer = bigint;
/** C's NULL. */
export const NULL = null;
type MaybeNull = Pointer | null;

/** C declarations, which koffi parses. */
const DECLARATIONS = {
  TF_Version: 'const char *TF_Version()',
  TF_NewStatus: 'void *TF_NewStatus()',
  TF_DeleteStatus: 'void TF_DeleteStatus(void *status)',
  TF_GetCode: 'int TF_GetCode(void *status)',
  TF_Message: 'const char *TF_Message(void *status)',
  TF_GetAllOpList: 'void *TF_GetAllOpList()',
  TF_NewBufferFromString: 'void *TF_NewBufferFromString(void *bytes, size_t length)',
  TF_DeleteBuffer: 'void TF_DeleteBuffer(void *buffer)',
  TF_NewGraph: 'void *TF_NewGraph()',
  TF_DeleteGraph: 'void TF_DeleteGraph(void *graph)',
  TF_NewImportGraphDefOptions: 'void *TF_NewImportGraphDefOptions()',
  TF_DeleteImportGraphDefOptions: 'void TF_DeleteImportGraphDefOptions(void *options)',
  TF_ImportGraphDefOptionsSetPrefix: 'void TF_ImportGraphDefOptionsSetPrefix(void *options, const char *prefix)',
  TF_GraphImportGraphDef: 'void TF_GraphImportGraphDef(void *graph, void *graphDef, void *options, void *status)',
  TF_GraphOperationByName: 'void *TF_GraphOperationByName(void *graph, const char *name)',
  TF_NewSessionOptions: 'void *TF_NewSessionOptions()',
  TF_DeleteSessionOptions: 'void TF_DeleteSessionOptions(void *options)',
  TF_SetConfig: 'void TF_SetConfig(void *options, void *bytes, size_t length, void *status)',
  TF_NewSession: 'void *TF_NewSession(void *graph, void *options, void *status)',
  TF_CloseSession: 'void TF_CloseSession(void *session, void *status)',
  TF_DeleteSession: 'void TF_DeleteSession(void *session, void *status)',
  TF_SessionRun:
    'void TF_SessionRun(void *session, void *options, void *inputs, void *inputValues, int inputCount, void *outputs, void *outputValues, int outputCount, void *targets, int targetCount, void *metadata, void *status)',
  TF_AllocateTensor: 'void *TF_AllocateTensor(int dtype, void *dims, int rank, size_t bytes)',
  TF_DeleteTensor: 'void TF_DeleteTensor(void *tensor)',
  TF_TensorData: 'void *TF_TensorData(void *tensor)',
  TF_NumDims: 'int TF_NumDims(void *tensor)',
  TF_Dim: 'int64_t TF_Dim(void *tensor, int axis)',
} as const;

type Bytes = Uint8Array | BigUint64Array | BigInt64Array;
type SessionRunArguments = [
  session: Pointer,
  options: null,
  inputs: Bytes,
  inputValues: Bytes,
  inputCount: number,
  outputs: Bytes,
  outputValues: Bytes,
  outputCount: number,
  targets: Bytes,
  targetCount: number,
  metadata: null,
  status: Pointer,
];

export interface CApi {
  TF_Version(): string;
  TF_NewStatus(): Pointer;
  TF_DeleteStatus(status: Pointer): void;
  TF_GetCode(status: Pointer): number;
  TF_Message(status: Pointer): string;
  TF_NewBufferFromString(bytes: Uint8Array, length: number): Pointer;
  TF_DeleteBuffer(buffer: Pointer): void;
  TF_NewGraph(): Pointer;
  TF_DeleteGraph(graph: Pointer): void;
  TF_NewImportGraphDefOptions(): Pointer;
  TF_DeleteImportGraphDefOptions(options: Pointer): void;
  TF_ImportGraphDefOptionsSetPrefix(options: Pointer, prefix: string): void;
  TF_GraphImportGraphDef(graph: Pointer, graphDef: Pointer, options: Pointer, status: Pointer): void;
  TF_GraphOperationByName(graph: Pointer, name: string): MaybeNull;
  TF_NewSessionOptions(): Pointer;
  TF_DeleteSessionOptions(options: Pointer): void;
  TF_SetConfig(options: Pointer, bytes: Uint8Array, length: number, status: Pointer): void;
  TF_NewSession(graph: Pointer, options: Pointer, status: Pointer): MaybeNull;
  TF_CloseSession(session: Pointer, status: Pointer): void;
  TF_DeleteSession(session: Pointer, status: Pointer): void;
  TF_SessionRun: {
    (...args: SessionRunArguments): void;
    /** Runs on a thread of koffi. */
    async(...args: [...SessionRunArguments, done: (error: Error | null) => void]): void;
  };
  TF_AllocateTensor(dtype: number, dims: BigInt64Array, rank: number, bytes: number): Pointer;
  TF_DeleteTensor(tensor: Pointer): void;
  TF_TensorData(tensor: Pointer): MaybeNull;
  TF_NumDims(tensor: Pointer): number;
  TF_Dim(tensor: Pointer, axis: number): number;
  /** An encoded OpList of all ops of the library. */
  allOps(): Uint8Array;
  /** A view of memory, which is neither copied nor kept alive. */
  view(address: Pointer, bytes: number): ArrayBuffer;
  /** Whether the library has a function of that name. */
  has(name: string): boolean;
  /** Binds further functions by C declarations. */
  declare<T>(declarations: Readonly<Record<keyof T & string, string>>): T;
}

/** dlopen's RTLD_LAZY, RTLD_NOLOAD and RTLD_NODELETE together, by platform. */
export const KEEP_LOADED: Readonly<Record<string, number>> = { linux: 0x1 | 0x4 | 0x1000, darwin: 0x1 | 0x10 | 0x80 };

/**
 * Loads the library into this process, until its end.
 * @throws BackendError if koffi is missing, or the library cannot be loaded
 */
export async function loadCApi({ framework, main }: NativeLibrary): Promise<CApi> {
  const koffi = await importKoffi();
  // otherwise TensorFlow logs how it was built
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  // otherwise it searches each graph for XLA clusters before its first run, in quadratic time, though XLA is not enabled
  process.env.TF_XLA_FLAGS ??= '--tf_xla_clustering_fuel=0';
  try {
    koffi.load(framework, { global: true });
    const library = koffi.load(main);
    // some releases crash a process that unloads them at exit
    const dlopen = koffi.load(null).func('void *dlopen(const char *path, int flags)');
    for (const path of [framework, main]) dlopen(path, KEEP_LOADED[process.platform]);
    const declare = (declarations: Readonly<Record<string, string>>) =>
      Object.fromEntries(Object.entries(declarations).map(([name, text]) => [name, library.func(text)]));
    const functions = declare(DECLARATIONS);
    const has = (name: string): boolean => {
      try {
        return library.symbol(name) !== null;
      } catch {
        return false;
      }
    };
    const allOps = (): Uint8Array => {
      const buffer = functions.TF_GetAllOpList!() as Pointer;
      // TF_Buffer is { const void *data; size_t length; ... }
      const [data, length] = new BigUint64Array(koffi.view(buffer, 16));
      try {
        return new Uint8Array(koffi.view(data, Number(length))).slice();
      } finally {
        functions.TF_DeleteBuffer!(buffer);
      }
    };
    const view = (address: Pointer, bytes: number): ArrayBuffer => koffi.view(address, bytes);
    return { ...functions, allOps, view, has, declare } as unknown as CApi;
  } catch (e) {
    throw new BackendError(`TensorFlow's library could not be loaded from ${main}: ${(e as Error).message}`, {
      cause: e,
    });
  }
}

async function importKoffi(): Promise<typeof Koffi> {
  try {
    return (await importNative<{ readonly default: typeof Koffi }>('koffi')).default;
  } catch (e) {
    throw new BackendError(
      "the package 'koffi', by which TensorFlow's library is called, is missing: npm install koffi",
      { cause: e },
    );
  }
}
