/** The compiling side of a connection: sends requests, and settles them. */
import { type Backend, DeviceLostError, type Memory, type RetrographError, RunFailure } from '../../engine/index.ts';
import { fromMessage } from './error-message.ts';
import { type FromHost, isFromHost, type Request, type ToHost } from './messages.ts';
import type { Port } from './port.ts';

export interface RequestOptions {
  readonly transfer?: readonly ArrayBuffer[];
  /** Cancels the request. If it is too late for that, the request ends normally. */
  readonly signal?: AbortSignal | undefined;
  /** The user's line that made a node, for errors. */
  readonly siteOf?: (label: string) => string | undefined;
}

interface Pending extends RequestOptions {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

export class Link {
  readonly #port: Port;
  readonly #pending = new Map<number, Pending>();
  readonly #onLost: () => void;
  #last = 0;
  #memory: Memory = { buffers: 0, bytes: 0 };
  /** Why the connection is closed; undefined while it is open. */
  #closed: RetrographError | undefined;

  /** @param onLost called once, when the device or the connection is lost */
  constructor(port: Port, name: Backend['name'], onLost: () => void) {
    this.#port = port;
    this.#onLost = onLost;
    const lost = (reason: string): void =>
      this.#end(
        new DeviceLostError(
          `'${name}' is gone (${reason}), with all variables on it; compile the program again, and load its variables from a checkpoint or a copy`,
          { cause: reason },
        ),
      );
    port.onMessage((message) =>
      isFromHost(message) ? this.#receive(message) : lost('it sent what is no message of its protocol'),
    );
    port.onClose(lost);
  }

  /** Memory in use on the running side, as of the last answer. */
  get memory(): Memory {
    return this.#memory;
  }

  request<T>(request: Request, options: RequestOptions = {}): Promise<T> {
    if (this.#closed !== undefined) return Promise.reject(this.#closed);
    const id = ++this.#last;
    const answer = new Promise<T>((resolve, reject) => {
      this.#pending.set(id, { ...options, resolve: resolve as (value: unknown) => void, reject });
      this.#port.waiting(true);
      this.#post({ id, request }, options.transfer);
    });
    const { signal } = options;
    if (signal === undefined) return answer;
    const cancel = (): void => this.#post({ id, cancel: true });
    signal.addEventListener('abort', cancel);
    return answer.finally(() => signal.removeEventListener('abort', cancel));
  }

  async close(reason: RetrographError): Promise<void> {
    this.#closed ??= reason;
    this.#rejectAll(this.#closed);
    await this.#port.close();
  }

  #post(message: ToHost, transfer?: readonly ArrayBuffer[]): void {
    this.#port.post(message, transfer);
  }

  #receive(message: FromHost): void {
    const { id } = message;
    const pending = this.#pending.get(id);
    if (pending === undefined) return;
    this.#pending.delete(id);
    this.#memory = message.memory;
    if (this.#pending.size === 0) this.#port.waiting(false);
    if (!('error' in message)) {
      pending.resolve(message.value);
      return;
    }
    const error = fromMessage(message.error, pending.siteOf);
    pending.reject(error);
    const cause = error instanceof RunFailure ? error.cause : error;
    if (cause instanceof DeviceLostError) this.#end(cause);
  }

  #end(error: RetrographError): void {
    if (this.#closed !== undefined) return;
    this.#closed = error;
    this.#rejectAll(error);
    this.#onLost();
    void this.#port.close();
  }

  #rejectAll(error: RetrographError): void {
    for (const { reject } of this.#pending.values()) reject(error);
    this.#pending.clear();
    this.#port.waiting(false);
    this.#memory = { buffers: 0, bytes: 0 };
  }
}
