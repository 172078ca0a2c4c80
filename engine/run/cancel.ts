/** Cancelling a run by an AbortSignal. */
import { CancelledError } from '../errors.ts';

/** @throws CancelledError where the signal says so */
export function requireNotCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted)
    throw new CancelledError('the run was cancelled; no variable has changed', { cause: signal.reason });
}

/** Lets the event loop deliver what has happened meanwhile: an abort, and the message that tells a worker of one, which comes first. */
export const nextTurn = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(0);
  });
