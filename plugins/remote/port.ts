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

/** The part of a Worker, or of a worker's own scope, that messages pass through. */
export interface MessageTarget {
  postMessage(message: unknown, transfer: Transferable[]): void;
  addEventListener(type: string, listener: (event: never) => void): void;
}

/** In browsers: a worker, as its page sees it, or a page, as its worker does. */
export function webPort(target: MessageTarget & { terminate?(): void }): Port {
  return {
    post: (message, transfer = []) => target.postMessage(message, [...transfer]),
    onMessage: (listener) => target.addEventListener('message', ({ data }: MessageEvent) => listener(data)),
    onClose: (listener) => {
      target.addEventListener('error', (event: ErrorEvent) => {
        event.preventDefault();
        listener(event.message || 'its script could not be loaded');
      });
      target.addEventListener('messageerror', () => listener('a message could not be read'));
    },
    waiting: () => {},
    close: async () => target.terminate?.(),
  };
}
