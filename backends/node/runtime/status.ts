/** Converts TensorFlow's errors. */
import { BackendError, IndexError, type Node, type RetrographError, ShapeError } from '../../../engine/index.ts';
import type { CApi, Pointer } from './c-api.ts';

/** The error of a failed call. */
export class TensorFlowError extends BackendError {
  /** A `tsl::error::Code`: 3 invalid argument, 8 resource exhausted, 11 out of range, ... */
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** @throws TensorFlowError if the status is an error */
export function requireOk(api: CApi, status: Pointer): void {
  const code = api.TF_GetCode(status);
  if (code !== 0) throw new TensorFlowError(code, api.TF_Message(status));
}

/** Runs a call with a new status, and checks it. @throws TensorFlowError */
export function checked<T>(api: CApi, call: (status: Pointer) => T): T {
  const status = api.TF_NewStatus();
  try {
    const result = call(status);
    requireOk(api, status);
    return result;
  } finally {
    api.TF_DeleteStatus(status);
  }
}

const EXHAUSTED = 8;
const OUT_OF_RANGE = 11;

/** TensorFlow's messages for an index out of range: of gathers, scatters, crops, and empty tensors. */
const INDEX =
  /Requested more than 0 entries|specified for empty|is not in \[|out of (range|bound)|does not index into|OUT_OF_RANGE/;

/** The error of a failed run, naming the node. */
export function explain(error: unknown, node: Node | undefined): unknown {
  if (!(error instanceof TensorFlowError)) return error;
  const { code } = error;
  const text = firstLine(error.message);
  const Class =
    INDEX.test(text) || code === OUT_OF_RANGE
      ? IndexError
      : /[Ii]ncompatible shapes|must be equal/.test(text)
        ? ShapeError
        : BackendError;
  const what = code === EXHAUSTED ? 'has no memory left' : 'refused';
  if (node === undefined) return new BackendError(`TensorFlow failed: ${text}`, { cause: error });
  return new Class(`TensorFlow ${what} in ${node.op.name} ('${node.label}'): ${text}`, {
    node: node.label,
    site: node.site,
    cause: error,
  }) satisfies RetrographError;
}

/** The first line of a message, without the names of operations, which users do not know. */
const firstLine = (message: string): string =>
  message
    .split('\n')[0]!
    .replaceAll(/\s*\[?\[?\{\{node [^}]+\}\}\]?\]?/g, '')
    .replace(/^.*?Error: /, '')
    .trim();
