/**
 * A program with symbolic dims: one TensorFlow graph for all sizes, and another for sizes with sums of many terms. If a lowering needs
 * numbers, or a size is 0 (for which some kernels crash the process), the program has to be bound to the sizes instead.
 */
import type { Dim, DimBindings, Node, OpenExecutable, ProgramGraph, Target } from '../../../engine/index.ts';
import { dimNames, evaluateDim, nodesOf, regionsOf, waitsForNumbers } from '../../../engine/index.ts';
import { type Limits, sizeFault, tooMuch } from '../../limits.ts';
import { isLong } from '../lowerings/long.ts';
import type { NativeProgram } from './native-program.ts';

export class NativeOpenExecutable implements OpenExecutable {
  readonly #write: (unknownIsMany: boolean) => NativeProgram;
  readonly #nodes: readonly Node[];
  readonly #sizes: readonly Dim[];
  /** For all sizes; undefined if a lowering needs numbers. */
  readonly #general: NativeProgram | undefined;
  /** For sizes with which sums of a symbolic number of terms have many terms. */
  #long: NativeProgram | undefined;

  /** @param write writes the program, with sums of a symbolic number of terms for many or for few terms */
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

/** Shapes and indices are int32 in the graphs that we write, and in many of TensorFlow's kernels, which crash the process beyond. */
const LIMITS: Limits = { maxElements: 2 ** 31 - 1, cause: 'indices are int32' };

const isBound = (d: Dim, dims: DimBindings): boolean => dimNames(d).every((name) => dims[name] !== undefined);

/** @throws LimitError naming the value and its line, before anything runs */
function requireSizes(nodes: readonly Node[], dims: DimBindings): void {
  for (const node of nodes)
    for (const { shape } of node.outputs) {
      if (!shape.every((d) => isBound(d, dims))) continue; // a symbol of a Map's body
      const fault = sizeFault(
        shape.map((d) => evaluateDim(d, dims)).filter((size) => size > 0), // an empty value has sizes too
        LIMITS,
      );
      if (fault !== undefined) throw tooMuch(`'${node.label}'`, fault, node);
    }
}
