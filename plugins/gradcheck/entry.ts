import type { AnyOp } from '../../engine/index.ts';
import type { Sample } from '../../ops/sample.ts';

/** An op's file. A builder over others defines no op of its own. */
export interface NamedEntry {
  readonly op: AnyOp | undefined;
  /** `family/file`, for entries without an op. */
  readonly path?: string;
}

/** What is checked. The samples of an entry without an op build their values. */
export interface CheckedEntry extends NamedEntry {
  readonly samples: readonly Sample[];
}

/** The name under which an entry is reported: its op's, or that of a file's builder. */
export const nameOf = ({ op, path = 'unnamed' }: NamedEntry): string => op?.name ?? camelCase(path.split('/').at(-1)!);

const camelCase = (file: string): string => file.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
