/** The error for a missing or unusable native library. */
import { BackendError } from '../../../engine/errors.ts';

/** TensorFlow's library, or tfjs-node, is missing, broken or for another platform: the reason and a remedy. */
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
