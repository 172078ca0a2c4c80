/** What is tried at random: each kind of thing has cases, and a property that holds for every case. */
import type { IRawProperty } from 'fast-check';

export interface Opened {
  /** @throws what is wrong with a case */
  // biome-ignore lint/suspicious/noExplicitAny: each kind has cases of its own
  readonly property: IRawProperty<any, boolean>;
  /** What has been done, besides cases. */
  readonly counts?: Readonly<Record<string, number>>;
  close(): Promise<void>;
}

export interface Kind {
  /** What its cases are. */
  readonly name: string;
  open(): Promise<Opened>;
}
