/** Cancelling a run by an AbortSignal. */
import { CancelledError } from '../errors.ts';

/** @throws CancelledError where the signal says so */
export function requireNotCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted)
    throw new CancelledError('the run was cancelled; no variable has changed', { cause: signal.reason });
}

/** Lets the event loop deliver what has happened meanwhile, such as an abort: a whole turn of it. */
export const nextTurn = (): Promise<void> =>
  new Promise((resolve) => {
    if (typeof setImmediate === 'function') setImmediate(() => setImmediate(resolve));
    else setTimeout(resolve, 0);
  });
