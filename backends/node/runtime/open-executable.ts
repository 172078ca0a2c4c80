/**
 * A program whose dims are symbols: one graph of TensorFlow's serves all sizes, as far as it can; another those of which sums have many
 * terms. Where a lowering waits for numbers, or a size is 0, which kernels may take badly (some end the process), the program is to be
 * written for those very sizes.
 */
import {
  type Dim,
  type DimBindings,
  dimNames,
  evaluateDim,
  type Node,
  nodesOf,
  type OpenExecutable,
  type ProgramGraph,
  regionsOf,
  type Target,
  waitsForNumbers,
} from '../../../engine/index.ts';
import { type Limits, sizeFault, tooMuch } from '../../limits.ts';
import { isLong } from '../lowerings/long.ts';
import type { NativeProgram } from './native-program.ts';

export class NativeOpenExecutable implements OpenExecutable {
  readonly #write: (unknownIsMany: boolean) => NativeProgram;
  readonly #nodes: readonly Node[];
  readonly #sizes: readonly Dim[];
  /** Serves all sizes; undefined where something waits for numbers. */
  readonly #general: NativeProgram | undefined;
  /** Serves those where sums of an unknown number of terms have many. */
  #long: NativeProgram | undefined;

  /** @param write writes the program, whose sums of an unknown number of terms have many, or few */
  constructor(program: ProgramGraph, target: Target, write: (unknownIsMany: boolean) => NativeProgram) {
    this.#write = write;
    this.#nodes = regionsOf(nodesOf(program)).flatMap(({ nodes }) => nodes);
    this.#sizes = [...new Set(this.#nodes.flatMap((node) => node.outputs.flatMap((s) => s.shape)))];
    const isLegal = this.#nodes.every((n) => target.supports(n) && !waitsForNumbers(n, target));
    this.#general = isLegal ? write(false) : undefined;
  }

  choose(dims: DimBindings): NativeProgram | undefined {
    requireSizes(this.#nodes, dims);
    if (this.#general === undefined || this.#sizes.some((d) => evaluateDim(d, dims) === 0)) return undefined;
    const isMany = (terms: Dim, most: number): boolean =>
      typeof terms !== 'number' && isBound(terms, dims) && evaluateDim(terms, dims) > most;
    if (!this.#nodes.some((node) => isLong(node, isMany))) return this.#general;
    this.#long ??= this.#write(true);
    return this.#long;
  }

  dispose(): void {
    this.#general?.dispose();
    this.#long?.dispose();
  }
}

/** Shapes and positions are int32 in what we write, and in many of TensorFlow's kernels, which end the process beyond. */
const LIMITS: Limits = { maxElements: 2 ** 31 - 1, cause: 'positions are int32' };

const isBound = (d: Dim, dims: DimBindings): boolean => dimNames(d).every((name) => dims[name] !== undefined);

/** @throws LimitError that names the value, and its line, before anything runs */
function requireSizes(nodes: readonly Node[], dims: DimBindings): void {
  for (const node of nodes)
    for (const { shape } of node.outputs) {
      if (!shape.every((d) => isBound(d, dims))) continue; // of a Map's own
      const fault = sizeFault(
        shape.map((d) => evaluateDim(d, dims)).filter((size) => size > 0), // an empty value has sizes too
        LIMITS,
      );
      if (fault !== undefined) throw tooMuch(`'${node.label}'`, fault, node);
    }
}
