/** Connections over the worker threads of Node. */
import type { Port } from './port.ts';

/** One end of a channel in Node: a `MessagePort` or a `Worker` of 'worker_threads'. */
interface ThreadEnd {
  postMessage(message: unknown, transfer?: readonly ArrayBuffer[]): void;
  on(event: string, listener: (value: unknown) => void): unknown;
  ref(): void;
  unref(): void;
}
interface ThreadPort extends ThreadEnd {
  close(): void;
}
/** The part of the `Worker` of 'worker_threads' that is used; declared here so that no project needs Node's types. */
export interface Thread extends ThreadEnd {
  terminate(): Promise<number>;
}

/** A port to a worker thread, or, within the thread, to its parent. */
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
