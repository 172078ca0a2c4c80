/** Interning: a copy of the program in which equal nodes are one. Also what frees the user's graph from the passes' nodes. */
import { NodeTable } from '../build/table.ts';
import { type ProgramGraph, rewriteProgram } from './program-graph.ts';

export const intern = (program: ProgramGraph, enabled: boolean): ProgramGraph =>
  rewriteProgram(program, () => undefined, new NodeTable(enabled));
