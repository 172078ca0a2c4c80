import type { AnyOp, Sample } from '../../engine/index.ts';

/** What is checked: an op's file. One that defines no op of its own (a builder over others) has samples that build. */
export interface CheckedEntry {
  readonly op: AnyOp | undefined;
  /** `family/file`, for entries without an op. */
  readonly path?: string;
  readonly samples: readonly Sample[];
}

/** The name under which an entry is reported: its op's, or that of a file's builder. */
export const nameOf = ({ op, path = 'unnamed' }: CheckedEntry): string =>
  op?.name ?? camelCase(path.split('/').at(-1)!);

const camelCase = (file: string): string => file.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
