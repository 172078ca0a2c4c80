/** The running side: it has the device, and executes the requests of the compiling side. */

import type { KernelDevice, LocalBackend } from '../../backends/backend.ts';
import { KernelPlan } from '../../backends/kernel-plan.ts';
import { KernelStore } from '../../backends/kernel-store.ts';
import type { HostValue, Memory, RunRequest } from '../../engine/index.ts';
import { BackendError, ProgramStateError, VariableError } from '../../engine/index.ts';
import { toMessage } from './error-message.ts';
import type { FromHost, Request, RunMessage, Settings, Started, ToHost } from './messages.ts';
import { isMovable, type Port } from './port.ts';

/** Loads each backend, by its name, on demand. */
export type HostBackends = Readonly<Record<string, (settings: Settings) => Promise<LocalBackend>>>;

/** Serves one connection. */
export function serve(port: Port, backends: HostBackends): void {
  const host = new Host(port, backends);
  port.onMessage((message) => host.receive(message as ToHost));
}

const NOTHING: Memory = { buffers: 0, bytes: 0 };

class Host {
  readonly #port: Port;
  readonly #backends: HostBackends;
  #backend: LocalBackend | undefined;
  readonly #plans = new Map<number, KernelPlan>();
  readonly #stores = new Map<number, KernelStore>();
  /** Runs that can be cancelled. */
  readonly #running = new Map<number, AbortController>();

  constructor(port: Port, backends: HostBackends) {
    this.#port = port;
    this.#backends = backends;
  }

  receive(message: ToHost): void {
    if ('cancel' in message) this.#running.get(message.id)?.abort();
    else void this.#answer(message.id, message.request);
  }

  async #answer(id: number, request: Request): Promise<void> {
    try {
      const value = await this.#do(request, id);
      this.#post({ id, value, memory: this.#memory() }, buffersIn(value));
    } catch (e) {
      this.#post({ id, error: toMessage(e), memory: this.#memory() });
    }
  }

  #post(message: FromHost, transfer?: readonly ArrayBuffer[]): void {
    this.#port.post(message, transfer);
  }

  #memory(): Memory {
    return this.#backend?.memory() ?? NOTHING;
  }

  // not `async`: requests take effect in the order of their arrival
  #do(request: Request, id: number): unknown {
    switch (request.kind) {
      case 'start':
        return this.#start(request.backend, request.settings);
      case 'load':
        this.#plans.set(request.plan, new KernelPlan(request.steps, this.#device));
        return undefined;
      case 'unload':
        this.#plans.get(request.plan)?.dispose();
        this.#plans.delete(request.plan);
        return undefined;
      case 'open':
        this.#stores.set(request.store, new KernelStore(this.#device));
        return undefined;
      case 'set':
        this.#store(request.store).set(request.name, request.value);
        return undefined;
      case 'get':
        return this.#store(request.store).get(request.name);
      case 'delete':
        this.#store(request.store).delete(request.name);
        return undefined;
      case 'close':
        this.#store(request.store).dispose();
        this.#stores.delete(request.store);
        return undefined;
      case 'run':
        return this.#run(request, id);
      case 'settle':
        return undefined;
      default:
        return request satisfies never;
    }
  }

  async #start(name: string, settings: Settings): Promise<Started> {
    const load = Object.hasOwn(this.#backends, name) ? this.#backends[name] : undefined;
    if (load === undefined)
      throw new BackendError(
        `there is no backend '${name}' there; there are ${Object.keys(this.#backends).join(', ')}`,
      );
    const backend = await load(settings);
    await backend.start();
    this.#backend = backend;
    return { kernels: backend.kernels, limits: backend.device.limits, details: backend.details?.() ?? {} };
  }

  get #device(): KernelDevice {
    if (this.#backend === undefined) throw new ProgramStateError('no backend has been started');
    return this.#backend.device;
  }

  #store(number: number): KernelStore {
    const store = this.#stores.get(number);
    if (store === undefined) throw new VariableError('the variables have been disposed');
    return store;
  }

  #run({ plan, store, mayCancel, ...message }: RunMessage, id: number): Promise<unknown> {
    const loaded = this.#plans.get(plan);
    if (loaded === undefined) throw new ProgramStateError('the program has been disposed');
    const request: RunRequest = { ...message, store: this.#store(store), dims: [], as: 'host', transfer: false };
    if (!mayCancel) return loaded.run(request);
    const controller = new AbortController();
    this.#running.set(id, controller);
    return loaded.run({ ...request, signal: controller.signal }).finally(() => this.#running.delete(id));
  }
}

/** The buffers of the values in an answer, to transfer with it. */
function buffersIn(value: unknown): readonly ArrayBuffer[] {
  if (typeof value !== 'object' || value === null) return [];
  const values = 'data' in value ? [value as HostValue] : (Object.values(value) as readonly HostValue[]);
  const arrays = values.flatMap((v) => (ArrayBuffer.isView(v?.data) ? [v.data] : []));
  // a view of a part of a heap cannot be transferred
  return arrays.flatMap(({ buffer, byteLength }) =>
    isMovable(buffer) && buffer.byteLength === byteLength ? [buffer] : [],
  );
}
