/** Cancels runs by an AbortSignal. */
import { CancelledError } from '../errors.ts';

/** @throws CancelledError if the signal is aborted */
export function requireNotCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted)
    throw new CancelledError('the run was cancelled; no variable has changed', { cause: signal.reason });
}

/** Waits for a full turn of the event loop, so that pending events such as an abort are delivered. */
export const nextTurn = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(0);
  });
