import type { Port } from './port.ts';

/** What messages pass through in Node: a `MessagePort` of its 'worker_threads', or a `Worker`. */
interface ThreadEnd {
  postMessage(message: unknown, transfer?: readonly ArrayBuffer[]): void;
  on(event: string, listener: (value: unknown) => void): unknown;
  ref(): void;
  unref(): void;
}
interface ThreadPort extends ThreadEnd {
  close(): void;
}
/** A `Worker` of Node's 'worker_threads': what is used of it, so that no project needs Node's types. */
export interface Thread extends ThreadEnd {
  terminate(): Promise<number>;
}

/** A worker thread, as its parent sees it, or the parent, as the thread does. */
export function nodePort(end: Thread | ThreadPort): Port {
  let closing = false;
  return {
    post: (message, transfer) => end.postMessage(message, transfer),
    onMessage: (listener) => void end.on('message', listener),
    onClose: (listener) => {
      end.on('error', (e) => listener((e as Error).message));
      end.on('exit', (code) => {
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
