import type { MessagePort, Worker } from 'node:worker_threads';
import type { Port } from './port.ts';

/** A worker thread, as its parent sees it, or the parent, as the thread does. */
export function nodePort(end: Worker | MessagePort): Port {
  let closing = false;
  const on = end.on.bind(end) as (event: string, listener: (value: never) => void) => unknown;
  return {
    post: (message, transfer) => end.postMessage(message, transfer),
    onMessage: (listener) => void on('message', listener),
    onClose: (listener) => {
      on('error', (e: Error) => listener(e.message));
      on('exit', (code: number) => {
        if (!closing) listener(`its thread ended with exit code ${code}`);
      });
    },
    waiting: (yes) => (yes ? end.ref() : end.unref()),
    close: async () => {
      closing = true;
      await ('terminate' in end ? end.terminate() : end.close());
    },
  };
}
