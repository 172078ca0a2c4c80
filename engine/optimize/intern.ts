/** Interning: passes work in a table of their own, in which equal nodes are one. The user's graph stays as it is. */
import { NodeTable } from '../build/table.ts';
import type { ProgramGraph } from './program-graph.ts';

/** The nodes move when they are first rewritten, so that those which a pass replaces at once are not copied before. */
export const intern = (program: ProgramGraph, enabled: boolean): ProgramGraph => ({
  ...program,
  graph: new NodeTable(enabled),
});
