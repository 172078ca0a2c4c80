/**
 * A compiled program: one graph of TensorFlow's serves all sizes, as far as it can; another those of which sums have many terms. Where a
 * lowering waits for numbers, or a size is 0, which kernels may take badly (some end the process), the program is written again for those
 * very sizes.
 */
import {
  type Dim,
  type DimBindings,
  dimNames,
  type Executable,
  evaluateDim,
  type Fn,
  isFn,
  type Node,
  type PassSwitches,
  type ProgramGraph,
  type RunRequest,
  type RunResults,
  rootsOf,
  type Target,
  toposort,
  waitsForNumbers,
} from '../../../engine/index.ts';
import { type Limits, sizeFault, tooMuch } from '../../limits.ts';
import { boundTo, PerDims } from '../../per-dims.ts';
import { isLong } from '../lowerings/long.ts';
import type { NativeProgram } from './native-program.ts';

/** The graph for some sizes. */
interface Chosen {
  readonly program: NativeProgram;
  dispose(): void;
}

export class NativeExecutable implements Executable {
  readonly changesThread = true;
  /** Serves all sizes; undefined where something waits for numbers. */
  readonly #general: NativeProgram | undefined;
  /** Serves those where sums of an unknown number of terms have many. */
  #long: NativeProgram | undefined;
  /** Whether the program has sizes that only a run knows. */
  readonly #isStatic: boolean;
  readonly #programs: PerDims<Chosen>;

  /** @param write writes a program that is legal throughout, whose sums of an unknown number of terms have many, or few */
  constructor(
    source: ProgramGraph,
    target: Target,
    passes: PassSwitches,
    write: (program: ProgramGraph, unknownIsMany: boolean) => NativeProgram,
  ) {
    const nodes = allNodes(source);
    const sizes = [...new Set(nodes.flatMap((node) => node.outputs.flatMap((s) => s.shape)))];
    this.#isStatic = sizes.every((d) => typeof d === 'number');
    if (this.#isStatic) requireSizes(nodes, {});
    const general = nodes.every((n) => target.supports(n) && !waitsForNumbers(n, target))
      ? write(source, false)
      : undefined;
    this.#general = general;
    this.#programs = new PerDims((dims): Chosen => {
      requireSizes(nodes, dims);
      const isEmpty = sizes.some((d) => evaluateDim(d, dims) === 0);
      if (general !== undefined && !isEmpty) {
        const isMany = (terms: Dim, most: number): boolean => isBound(terms, dims) && evaluateDim(terms, dims) > most;
        const hasMany = nodes.some((node) => isLong(node, isMany));
        if (hasMany) this.#long ??= write(source, true);
        return { program: hasMany ? this.#long! : general, dispose: () => {} }; // which others use, too
      }
      const program = write(boundTo(source, dims, target, passes), false);
      return { program, dispose: () => program.dispose() };
    });
  }

  bind(dims: DimBindings): void {
    this.#for(dims);
  }

  // not `async`: what is fed is copied within the call
  run(request: RunRequest): Promise<RunResults> {
    return this.#for(request.dims).run(request);
  }

  runSync(request: RunRequest): RunResults {
    return this.#for(request.dims).runSync(request);
  }

  dispose(): void {
    this.#programs.dispose();
    this.#general?.dispose();
    this.#long?.dispose();
  }

  #for(dims: DimBindings): NativeProgram {
    return this.#isStatic && this.#general !== undefined ? this.#general : this.#programs.get(dims).program;
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

/** Nodes of the program, and of the bodies of its Functions. */
function allNodes(program: ProgramGraph): readonly Node[] {
  const nodes: Node[] = [];
  const seen = new Set<Fn>();
  const visit = (list: readonly Node[]): void => {
    for (const node of list) {
      nodes.push(node);
      for (const value of Object.values(node.attrs)) {
        if (!isFn(value) || seen.has(value)) continue;
        seen.add(value);
        visit(toposort(value.results));
      }
    }
  };
  visit(toposort(rootsOf(program)));
  return nodes;
}
