/** The files of ops that are checked, and their names in reports. */
import type { AnyOp } from '../../engine/index.ts';
import type { Sample } from '../../ops/sample.ts';

/** An op's file. Builders that combine other ops define no op. */
export interface NamedEntry {
  readonly op: AnyOp | undefined;
  /** `family/file`, for entries without an op. */
  readonly path?: string;
}

/** An op's file with samples. If it has no op, its samples build their values. */
export interface CheckedEntry extends NamedEntry {
  readonly samples: readonly Sample[];
}

/** An entry's name in reports: that of its op, or of its file's builder. */
export const nameOf = ({ op, path = 'unnamed' }: NamedEntry): string => op?.name ?? camelCase(path.split('/').at(-1)!);

const camelCase = (file: string): string => file.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
