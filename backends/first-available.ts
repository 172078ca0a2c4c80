/** One backend by name, of which there are several kinds: the first that starts. */
import {
  type Availability,
  type Backend,
  BackendError,
  type BackendStore,
  type DeviceDetails,
  type Executable,
  type Memory,
  type PassSwitches,
  type ProgramGraph,
  type Target,
} from '../engine/index.ts';

export class FirstAvailable implements Backend {
  readonly name: string;
  readonly #kinds: readonly Backend[];
  #chosen: Backend | undefined;

  constructor(...kinds: readonly [Backend, ...(readonly Backend[])]) {
    this.name = kinds[0].name;
    this.#kinds = kinds;
  }

  async availability(): Promise<Availability> {
    const missing: (Availability & { readonly available: false })[] = [];
    for (const kind of this.#kinds) {
      const availability = await kind.availability();
      if (availability.available) return availability;
      missing.push(availability);
    }
    return {
      available: false,
      reason: missing.map(({ reason }) => reason).join('; '),
      remedy: missing.flatMap(({ remedy }) => remedy ?? []).join(', or '),
    };
  }

  async start(): Promise<void> {
    if (this.#chosen !== undefined) return this.#chosen.start();
    const failures: unknown[] = [];
    for (const kind of this.#kinds) {
      try {
        await kind.start();
        this.#chosen = kind;
        return;
      } catch (e) {
        failures.push(e);
      }
    }
    throw failures[0];
  }

  get #started(): Backend {
    if (this.#chosen === undefined)
      throw new BackendError(`the backend '${this.name}' has not started; await its start()`);
    return this.#chosen;
  }

  get ready(): boolean {
    return this.#chosen?.ready ?? false;
  }

  get synchronous(): boolean {
    return this.#chosen?.synchronous ?? false;
  }

  get target(): Target {
    return this.#started.target;
  }

  openStore(): BackendStore {
    return this.#started.openStore();
  }

  prepare(program: ProgramGraph, passes?: PassSwitches): Executable {
    return this.#started.prepare(program, passes);
  }

  details(): DeviceDetails {
    return this.#started.details?.() ?? {};
  }

  memory(): Memory {
    return this.#chosen?.memory() ?? { buffers: 0, bytes: 0 };
  }

  async settled(): Promise<void> {
    await this.#chosen?.settled?.();
  }

  async stop(): Promise<void> {
    const chosen = this.#chosen;
    this.#chosen = undefined;
    await chosen?.stop?.();
  }
}
