/** A base class of backends that choose another one when started and delegate to it. */
import type {
  Availability,
  Backend,
  BackendStore,
  DeviceDetails,
  Executable,
  Memory,
  OpenExecutable,
  ProgramGraph,
  Target,
} from '../engine/index.ts';
import { BackendError, shownBackend } from '../engine/index.ts';

export abstract class StandIn implements Backend {
  abstract readonly name: string;
  /** The backend that it delegates to; undefined before it has started. */
  protected abstract readonly chosen: Backend | undefined;

  abstract availability(): Promise<Availability>;
  abstract start(): Promise<void>;

  get #started(): Backend {
    if (this.chosen === undefined)
      throw new BackendError(`the backend '${this.name}' has not started; await its start()`);
    return this.chosen;
  }

  get ready(): boolean {
    return this.chosen?.ready ?? false;
  }

  get synchronous(): boolean {
    return this.chosen?.synchronous ?? false;
  }

  get target(): Target {
    return this.#started.target;
  }

  openStore(): BackendStore {
    return this.#started.openStore();
  }

  get changesThread(): boolean {
    return this.chosen?.changesThread ?? false;
  }

  prepare(program: ProgramGraph): Executable {
    return this.#started.prepare(program);
  }

  prepareOpen(program: ProgramGraph, dims: readonly string[]): OpenExecutable {
    return this.#started.prepareOpen!(program, dims);
  }

  details(): DeviceDetails {
    return this.#started.details?.() ?? {};
  }

  memory(): Memory {
    return this.chosen?.memory() ?? { buffers: 0, bytes: 0 };
  }

  async settled(): Promise<void> {
    await this.chosen?.settled?.();
  }

  async stop(): Promise<void> {
    await this.chosen?.stop?.();
  }
}

shownBackend(StandIn);
