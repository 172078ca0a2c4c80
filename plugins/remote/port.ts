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

/** What messages pass through in browsers: a worker, as its page sees it, or a worker's own scope. */
type WebEnd = Pick<Worker, 'postMessage' | 'addEventListener'> & Partial<Pick<Worker, 'terminate'>>;

export function webPort(end: WebEnd): Port {
  return {
    post: (message, transfer = []) => end.postMessage(message, [...transfer]),
    onMessage: (listener) => end.addEventListener('message', ({ data }) => listener(data)),
    onClose: (listener) => {
      end.addEventListener('error', (event) => {
        event.preventDefault();
        listener(event.message || 'its script could not be loaded');
      });
      end.addEventListener('messageerror', () => listener('a message could not be read'));
    },
    waiting: () => {},
    close: async () => end.terminate?.(),
  };
}
