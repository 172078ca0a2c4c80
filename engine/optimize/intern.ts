/** Interning: gives the passes a new node table, in which equal nodes are one. The user's graph is not changed. */
import { NodeTable } from '../build/table.ts';
import type { ProgramGraph } from './program-graph.ts';

/** Nodes move to the new table when they are first rewritten, so that nodes which the next pass replaces are never copied. */
export const intern = (program: ProgramGraph, enabled: boolean): ProgramGraph => ({
  ...program,
  graph: new NodeTable(enabled),
});
