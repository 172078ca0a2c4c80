import { kindOf } from '../../engine/index.ts';

/** One end of a connection, whatever carries it. */
export interface Port {
  /** Sends a message. What is in `transfer` moves, where the connection can move things. */
  post(message: unknown, transfer?: readonly ArrayBuffer[]): void;
  onMessage(listener: (message: unknown) => void): void;
  /** The other end is gone, or has failed. */
  onClose(listener: (reason: string) => void): void;
  /** Whether an answer is awaited: a process may end while none is. */
  waiting(yes: boolean): void;
  close(): Promise<void>;
}

/** Memory that can move; what is shared stays where it is. */
export const isMovable = (buffer: ArrayBufferLike): buffer is ArrayBuffer => kindOf(buffer) === 'ArrayBuffer';

/** What messages pass through in browsers: a worker's own scope, or a worker, as its page sees it. */
export interface WebEnd {
  postMessage(message: unknown, transfer: ArrayBuffer[]): void;
  addEventListener(type: string, listener: (event: unknown) => void): void;
}
/** A `Worker` of browsers: what is used of it, so that no project needs their types. */
export interface WebWorker extends WebEnd {
  terminate(): void;
}

export function webPort(end: WebEnd | WebWorker): Port {
  return {
    post: (message, transfer = []) => end.postMessage(message, [...transfer]),
    onMessage: (listener) => end.addEventListener('message', (event) => listener((event as MessageEvent).data)),
    onClose: (listener) => {
      end.addEventListener('error', (e) => {
        const event = e as ErrorEvent;
        event.preventDefault();
        listener(event.message || 'its script could not be loaded');
      });
      end.addEventListener('messageerror', () => listener('a message could not be read'));
    },
    waiting: () => {},
    close: async () => ('terminate' in end ? end.terminate() : undefined),
  };
}
