/** TensorFlow's errors as ours. */
import { BackendError, IndexError, type Node, type RetrographError, ShapeError } from '../../../engine/index.ts';
import type { CApi, Pointer } from './c-api.ts';

/** What a call that failed tells, where nobody can say more of it. */
export class TensorFlowError extends BackendError {
  /** Of `tsl::error::Code`: 3 invalid argument, 8 resource exhausted, 11 out of range, ... */
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** @throws TensorFlowError unless the call that this is the status of went well */
export function requireOk(api: CApi, status: Pointer): void {
  const code = api.TF_GetCode(status);
  if (code !== 0) throw new TensorFlowError(code, api.TF_Message(status));
}

/** Calls with a status of its own. @throws TensorFlowError */
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

/** How TensorFlow says that an index is not there: of gathering, of scattering, of crops, and where there is nothing at all. */
const INDEX =
  /Requested more than 0 entries|specified for empty|is not in \[|out of (range|bound)|does not index into|OUT_OF_RANGE/;

/** A failure of a run, about the node that failed. */
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

/** Without the names of operations, which are not the user's. */
const firstLine = (message: string): string =>
  message
    .split('\n')[0]!
    .replaceAll(/\s*\[?\[?\{\{node [^}]+\}\}\]?\]?/g, '')
    .replace(/^.*?Error: /, '')
    .trim();
