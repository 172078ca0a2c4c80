/** A backend that delegates to one of two by mode; the first start fixes the mode. */
import type { Availability, Backend } from '../../engine/index.ts';
import { StandIn } from '../stand-in.ts';
import { modeWanted, type NativeMode } from './mode.ts';

export class ByMode extends StandIn {
  readonly name: string;
  readonly #kinds: Readonly<Record<NativeMode, Backend>>;
  #started: NativeMode | undefined;

  constructor(name: string, kinds: Readonly<Record<NativeMode, Backend>>) {
    super();
    this.name = name;
    this.#kinds = kinds;
  }

  /** The mode; fixed once started. @throws BackendError for an unknown RETROGRAPH_NATIVE_MODE */
  get mode(): NativeMode {
    return this.#started ?? modeWanted();
  }

  protected get chosen(): Backend {
    return this.#kinds[this.mode];
  }

  async availability(): Promise<Availability> {
    try {
      return await this.chosen.availability();
    } catch (e) {
      return { available: false, reason: (e as Error).message };
    }
  }

  async start(): Promise<void> {
    const { mode } = this;
    await this.#kinds[mode].start();
    this.#started ??= mode;
  }
}
