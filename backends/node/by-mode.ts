/** The backend of a mode: fixed by its first start. */
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

  /** That of this process from the first start on. @throws BackendError where RETROGRAPH_NATIVE_MODE is none */
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
