import { BackendError } from '../../../engine/errors.ts';

/** TensorFlow's library, or what is built on it, is missing, broken or of another machine: why, and what would help. */
export class NativeLibraryError extends BackendError {
  override readonly name = 'NativeLibraryError';
  readonly reason: string;
  readonly remedy: string;

  constructor(reason: string, remedy: string, cause?: unknown) {
    super(`${reason}\n${remedy}`, { cause });
    this.reason = reason;
    this.remedy = remedy;
  }
}
