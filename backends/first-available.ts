/** A backend with several implementations under one name: uses the first that starts. */
import type { Availability, Backend } from '../engine/index.ts';
import { StandIn } from './stand-in.ts';

export class FirstAvailable extends StandIn {
  readonly name: string;
  readonly #kinds: readonly Backend[];
  protected chosen: Backend | undefined;

  constructor(...kinds: readonly [Backend, ...(readonly Backend[])]) {
    super();
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
    if (this.chosen !== undefined) return this.chosen.start();
    const failures: unknown[] = [];
    for (const kind of this.#kinds) {
      try {
        await kind.start();
        this.chosen = kind;
        return;
      } catch (e) {
        failures.push(e);
      }
    }
    throw failures[0];
  }

  override async stop(): Promise<void> {
    const { chosen } = this;
    this.chosen = undefined;
    await chosen?.stop?.();
  }
}
