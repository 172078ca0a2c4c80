/** Connections between the side that compiles and the side that runs. */
import { kindOf } from '../../engine/index.ts';

/** One end of a connection. */
export interface Port {
  /** Sends a message. Buffers in `transfer` are moved, if the connection supports it. */
  post(message: unknown, transfer?: readonly ArrayBuffer[]): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called when the other end is gone, or has failed. */
  onClose(listener: (reason: string) => void): void;
  /** Says whether an answer is pending. A process may exit while none is. */
  waiting(yes: boolean): void;
  close(): Promise<void>;
}

/** Whether a buffer can be transferred; a SharedArrayBuffer cannot. */
export const isMovable = (buffer: ArrayBufferLike): buffer is ArrayBuffer => kindOf(buffer) === 'ArrayBuffer';

/** One end of a channel in browsers: a worker's global scope, or a worker in its page. */
export interface WebEnd {
  postMessage(message: unknown, transfer: ArrayBuffer[]): void;
  addEventListener(type: string, listener: (event: unknown) => void): void;
}
/** The part of the browsers' `Worker` that is used; declared here so that no project needs the DOM's types. */
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
