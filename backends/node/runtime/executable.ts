/**
 * A compiled program: one graph of TensorFlow's serves all sizes, as far as it can. Where a lowering waits for numbers, or a size is
 * 0, which kernels may take badly (some end the process), the program is written again for those very sizes.
 */
import {
  bindDims,
  type Dim,
  type DimBindings,
  type Executable,
  evaluateDim,
  type Fn,
  foldConstants,
  inputRecord,
  isFn,
  legalizeBound,
  loweringOf,
  type Node,
  type PassSwitches,
  type ProgramGraph,
  type RunRequest,
  type RunResults,
  rootsOf,
  simplifyLegal,
  type Target,
  toposort,
} from '../../../engine/index.ts';
import { dimsKey } from '../../dims-key.ts';
import type { NativeProgram } from './native-program.ts';

/** How many graphs for sizes of their own a program keeps: the last used. */
const KEPT = 8;

export class NativeExecutable implements Executable {
  readonly changesThread = true;
  readonly #source: ProgramGraph;
  readonly #target: Target;
  readonly #passes: PassSwitches;
  readonly #write: (program: ProgramGraph) => NativeProgram;
  /** Serves all sizes; undefined where something waits for numbers. */
  readonly #general: NativeProgram | undefined;
  readonly #sizes: readonly Dim[];
  readonly #special = new Map<string, NativeProgram>();
  #lastKey: string | undefined;
  #last: NativeProgram | undefined;

  /** @param write writes a program that is legal throughout */
  constructor(
    source: ProgramGraph,
    target: Target,
    passes: PassSwitches,
    write: (program: ProgramGraph) => NativeProgram,
  ) {
    this.#source = source;
    this.#target = target;
    this.#passes = passes;
    this.#write = write;
    const nodes = allNodes(source);
    this.#sizes = [
      ...new Set(nodes.flatMap((node) => node.outputs.flatMap((s) => s.shape.filter((d) => typeof d !== 'number')))),
    ];
    this.#general = nodes.every((n) => target.supports(n) && !waitsForNumbers(n)) ? write(source) : undefined;
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
    this.#general?.dispose();
    for (const program of this.#special.values()) program.dispose();
    this.#special.clear();
    this.#lastKey = this.#last = undefined;
  }

  #for(dims: DimBindings): NativeProgram {
    if (this.#sizes.length === 0 && this.#general !== undefined) return this.#general;
    const key = dimsKey(dims);
    // the common case: the same sizes as in the last run
    if (key === this.#lastKey) return this.#last!;
    const isEmpty = this.#sizes.some((d) => evaluateDim(d, dims) === 0);
    this.#last = this.#general === undefined || isEmpty ? this.#specialFor(key, dims) : this.#general;
    this.#lastKey = key;
    return this.#last;
  }

  #specialFor(key: string, dims: DimBindings): NativeProgram {
    const program = this.#special.get(key) ?? this.#write(this.#bound(dims));
    // re-inserted at the end: a Map's order is the order of use
    this.#special.delete(key);
    this.#special.set(key, program);
    if (this.#special.size > KEPT) {
      const [oldest, evicted] = this.#special.entries().next().value!;
      this.#special.delete(oldest);
      evicted.dispose();
    }
    return program;
  }

  #bound(dims: DimBindings): ProgramGraph {
    const target = this.#target;
    const { simplify = true, 'fold-constants': fold = true } = this.#passes;
    let program = legalizeBound(bindDims(this.#source, dims), target);
    if (simplify) program = simplifyLegal(program, target, [...target.rules, ...target.boundRules]);
    return fold ? foldConstants(program) : program;
  }
}

/**
 * Whether an op comes apart once its sizes are known. TensorFlow may have one for all sizes: its Fourier transform, whose error is ten
 * times that of ours (1.5e-5 for a length of 255, there and back).
 */
const waitsForNumbers = ({ op, inputs, arity, attrs }: Node): boolean =>
  loweringOf(op, 'composite')?.ready?.(inputRecord(op, inputs, arity) as never, attrs as never) === false;

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
