/**
 * A backend whose device is in a worker or a browser. Programs are compiled on this side, so rules and plugins are never sent; plans, feeds
 * and results are.
 */

import { type Limits, requireWithin, tooMuch, valueFault } from '../../backends/limits.ts';
import { type TfjsTarget, targetOf } from '../../backends/target.ts';
import {
  type Availability,
  type Backend,
  BackendError,
  type BackendStore,
  CancelledError,
  type DeviceDetails,
  DeviceLostError,
  type Executable,
  FeedError,
  type HostValue,
  isHost,
  type Memory,
  makePlan,
  nodeOfStep,
  type Plan,
  type ProgramGraph,
  ProgramStateError,
  plansIn,
  RunFailure,
  type RunRequest,
  type RunResults,
  requireNotCancelled,
  shownBackend,
  type Target,
} from '../../engine/index.ts';
import { Link } from './link.ts';
import { isStarted, isValue, type Settings, type Started } from './messages.ts';
import { isMovable, type Port } from './port.ts';

export interface RemoteOptions {
  readonly target: TfjsTarget;
  /** Opens a connection to a host. */
  readonly connect: () => Promise<Port>;
  readonly availability?: () => Promise<Availability>;
  readonly settings?: Settings;
  /** Closes the connection when the last program and store are disposed of. */
  readonly endsWhenUnused?: boolean;
}

/** The connection while the device is open. */
interface Connection extends Started {
  readonly link: Link;
  /** The number of plans and stores on the running side. */
  users: number;
}

export class RemoteBackend implements Backend {
  readonly name: string;
  readonly synchronous = false;
  readonly target: Target;
  readonly #options: RemoteOptions;
  #kernels: ReadonlySet<string> = new Set();
  #connection: Connection | undefined;
  #starting: Promise<void> | undefined;
  /** The last number of a plan or store. */
  #last = 0;

  constructor(options: RemoteOptions) {
    this.name = options.target.name;
    this.#options = options;
    this.target = targetOf(options.target, (kernel) => this.#kernels.has(kernel));
  }

  async availability(): Promise<Availability> {
    return this.#options.availability?.() ?? { available: true };
  }

  get ready(): boolean {
    return this.#connection !== undefined;
  }

  start(): Promise<void> {
    this.#starting ??= this.#start().catch((e: unknown) => {
      this.#starting = undefined; // a later try may succeed
      throw e;
    });
    return this.#starting;
  }

  async #start(): Promise<void> {
    const { connect, settings = {} } = this.#options;
    let link: Link | undefined;
    try {
      link = new Link(await connect(), this.name, () => {
        if (this.#connection?.link === link) this.#connection = undefined;
        this.#starting = undefined;
      });
      const started = await answered(link.request({ kind: 'start', backend: this.name, settings }));
      if (!isStarted(started)) throw new BackendError('its answer is of another protocol');
      this.#kernels = new Set(started.kernels);
      this.#connection = { ...started, link, users: 0 };
    } catch (e) {
      await link?.close(new BackendError(`'${this.name}' did not start`));
      if (e instanceof BackendError && !(e instanceof DeviceLostError)) throw e;
      // a loss during the start is no DeviceLostError, since there are no variables to lose yet
      const why = e instanceof DeviceLostError ? (e.cause ?? e.message) : (e as Error).message;
      throw new BackendError(`the backend '${this.name}' did not start: ${why}`, { cause: e });
    }
  }

  get #open(): Connection {
    if (this.#connection === undefined)
      throw new BackendError(`the backend '${this.name}' has not started; await its start()`);
    return this.#connection;
  }

  openStore(): BackendStore {
    const connection = this.#open;
    return new RemoteStore(connection, this.#next(connection), () => this.#free(connection));
  }

  prepare(program: ProgramGraph): Executable {
    const connection = this.#open;
    return new RemotePlan(makePlan(program), connection, this.#next(connection), () => this.#free(connection));
  }

  details(): DeviceDetails {
    return this.#open.details;
  }

  memory(): Memory {
    return this.#connection?.link.memory ?? { buffers: 0, bytes: 0 };
  }

  async settled(): Promise<void> {
    await this.#connection?.link.request({ kind: 'settle' });
  }

  async stop(): Promise<void> {
    const connection = this.#connection;
    this.#connection = this.#starting = undefined;
    await connection?.link.close(new ProgramStateError(`the backend '${this.name}' has been stopped`));
  }

  #next(connection: Connection): number {
    connection.users++;
    return ++this.#last;
  }

  #free(connection: Connection): void {
    if (--connection.users === 0 && this.#options.endsWhenUnused && connection === this.#connection) void this.stop();
  }
}

shownBackend(RemoteBackend);

/** How long the running side may take to load its script and backend, in ms. */
const PATIENCE = 60_000;

/** @throws BackendError if no answer arrives in time */
function answered<T>(answer: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout>;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () =>
        reject(
          new BackendError(
            `no answer came for ${PATIENCE / 1000} s; the script of a worker has to import 'retrograph/worker/serve'`,
          ),
        ),
      PATIENCE,
    );
  });
  return Promise.race([answer, silence]).finally(() => clearTimeout(timer));
}

/** Work that nobody awaits. A failure is thrown by later calls. */
class Background {
  #failure: unknown;

  add(work: Promise<unknown>): void {
    work.catch((e: unknown) => {
      this.#failure ??= e;
    });
  }

  /** @throws the first failure */
  requireDone(): void {
    if (this.#failure !== undefined) throw this.#failure;
  }
}

class RemoteStore implements BackendStore {
  readonly number: number;
  readonly #link: Link;
  readonly #limits: Limits;
  readonly #names = new Set<string>();
  readonly #background = new Background();
  readonly #onClose: () => void;

  constructor({ link, limits }: Connection, number: number, onClose: () => void) {
    this.number = number;
    this.#link = link;
    this.#limits = limits;
    this.#onClose = onClose;
    this.#background.add(link.request({ kind: 'open', store: number }));
  }

  /** @throws the failure of an earlier change */
  requireSound(): void {
    this.#background.requireDone();
  }

  has(name: string): boolean {
    return this.#names.has(name);
  }

  set(name: string, value: HostValue): void {
    const fault = valueFault(value, this.#limits);
    if (fault !== undefined) throw tooMuch(`the variable '${name}'`, fault);
    this.#names.add(name);
    this.#background.add(this.#link.request({ kind: 'set', store: this.number, name, value }));
  }

  async get(name: string): Promise<HostValue> {
    try {
      return receivedValue(
        await this.#link.request({ kind: 'get', store: this.number, name }),
        `the variable '${name}'`,
      );
    } catch (e) {
      this.#background.requireDone();
      throw e;
    }
  }

  delete(name: string): void {
    this.#names.delete(name);
    this.#background.add(this.#link.request({ kind: 'delete', store: this.number, name }));
  }

  dispose(): void {
    this.#background.add(this.#link.request({ kind: 'close', store: this.number }).finally(this.#onClose));
  }
}

class RemotePlan implements Executable {
  readonly plan: Plan;
  readonly constantBytes: number;
  readonly #link: Link;
  readonly #number: number;
  readonly #limits: Limits;
  readonly #background = new Background();
  readonly #onClose: () => void;

  constructor(plan: Plan, { link, limits }: Connection, number: number, onClose: () => void) {
    requireWithin(plan, limits);
    this.plan = plan;
    this.constantBytes = [...plansIn(plan)]
      .flatMap(({ slots }) => slots)
      .reduce((sum, { kind, bytes }) => sum + (kind === 'constant' ? bytes : 0), 0);
    this.#link = link;
    this.#number = number;
    this.#limits = limits;
    this.#onClose = onClose;
    this.#background.add(link.request({ kind: 'load', plan: number, steps: plan }, { siteOf: this.#siteOf }));
  }

  async run(request: RunRequest): Promise<RunResults> {
    if (request.as === 'device')
      throw new ProgramStateError('results are elsewhere, and cannot be handed over as tensors; read them');
    const store = request.store as RemoteStore;
    this.#background.requireDone();
    store.requireSound();
    const { feeds, transfer } = this.#feedsOf(request);
    const { randomState, outputs, checkNumerics, signal } = request;
    const results = await this.#link
      .request<Readonly<Record<string, unknown>> | undefined>(
        {
          kind: 'run',
          plan: this.#number,
          store: store.number,
          feeds,
          randomState,
          outputs,
          checkNumerics,
          mayCancel: signal !== undefined,
        },
        { transfer, signal, siteOf: this.#siteOf },
      )
      .catch((e: unknown) => {
        if (e instanceof CancelledError) requireNotCancelled(signal); // throws with the signal's reason, which is not sent
        throw e;
      });
    try {
      return Object.fromEntries(outputs.map((name) => [name, receivedValue(results?.[name], `the output '${name}'`)]));
    } catch (e) {
      throw new RunFailure('all', e);
    }
  }

  dispose(): void {
    this.#background.add(this.#link.request({ kind: 'unload', plan: this.#number }).finally(this.#onClose));
  }

  /** Feeds as they are sent, and the buffers to transfer with them. */
  #feedsOf(request: RunRequest): { feeds: Record<string, HostValue>; transfer: readonly ArrayBuffer[] } {
    const transfer = new Set<ArrayBuffer>();
    const feeds = this.plan.feeds.map(({ name, shape, dtype }) => {
      const value = request.feeds[name]!;
      const given = isHost(value) ? value.data : readTensor(name, value);
      const fault = valueFault({ data: given, shape, dtype }, this.#limits);
      if (fault !== undefined) throw tooMuch(`the feed '${name}'`, fault);
      // a transfer takes the whole buffer, so a view of a part of one is copied
      const isPart = given.byteLength !== given.buffer.byteLength;
      const data = isPart ? given.slice() : given;
      if ((isPart || request.transfer) && isMovable(data.buffer)) transfer.add(data.buffer);
      return [name, { data, shape, dtype }] as const;
    });
    return { feeds: Object.fromEntries(feeds), transfer: [...transfer] };
  }

  /** The user's line of the node with that label; undefined if there are several, for example in two bodies. */
  readonly #siteOf = (label: string): string | undefined => {
    const nodes = [...plansIn(this.plan)].flatMap((plan) => plan.steps.map((_, i) => nodeOfStep(plan, i)));
    const sites = new Set(nodes.filter((node) => node?.label === label).map((node) => node?.site));
    return sites.size === 1 ? [...sites][0] : undefined;
  };
}

/** A received value. @throws BackendError for anything but a value */
function receivedValue(value: unknown, what: string): HostValue {
  if (!isValue(value)) throw new BackendError(`${what} came as something else than a value`);
  return value;
}

/** Reads a tf.Tensor of this thread. */
function readTensor(name: string, value: object): HostValue['data'] {
  const { dataSync } = value as { dataSync?: () => HostValue['data'] };
  if (typeof dataSync !== 'function')
    throw new FeedError(`'${name}' lives on another device, and cannot be fed; read it first`);
  return dataSync.call(value);
}
