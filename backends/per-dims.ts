/** What is made of a program for the numbers that its dims are bound to, and kept. */
import {
  bindDims,
  type DimBindings,
  foldConstants,
  legalizeBound,
  type PassSwitches,
  type ProgramGraph,
  simplifyLegal,
  type Target,
} from '../engine/index.ts';

/** How many are kept: those for the dims that were used last. */
const KEPT = 8;

/** Equal for equal dims. */
const keyOf = (dims: DimBindings): string => {
  let key = '';
  for (const name of Object.keys(dims).sort()) key += `${name}=${dims[name]};`;
  return key;
};

export class PerDims<V extends { dispose(): void }> {
  readonly #make: (dims: DimBindings) => V;
  readonly #values = new Map<string, V>();
  #lastKey: string | undefined;
  #last: V | undefined;

  constructor(make: (dims: DimBindings) => V) {
    this.#make = make;
  }

  get(dims: DimBindings): V {
    const key = keyOf(dims);
    // the common case: the same sizes as in the last run
    if (key === this.#lastKey) return this.#last!;
    let value = this.#values.get(key);
    if (value === undefined) value = this.#make(dims);
    else this.#values.delete(key);
    // re-inserted at the end: a Map's order is the order of use
    this.#values.set(key, value);
    if (this.#values.size > KEPT) {
      const [oldest, evicted] = this.#values.entries().next().value!;
      this.#values.delete(oldest);
      evicted.dispose();
    }
    this.#lastKey = key;
    this.#last = value;
    return value;
  }

  dispose(): void {
    for (const value of this.#values.values()) value.dispose();
    this.#values.clear();
    this.#lastKey = this.#last = undefined;
  }
}

/** The program with numbers for its dims, legal for the target. */
export function boundTo(
  source: ProgramGraph,
  dims: DimBindings,
  target: Target,
  { simplify = true, 'fold-constants': fold = true }: PassSwitches,
): ProgramGraph {
  const bound = Object.keys(dims).length === 0 ? source : bindDims(source, dims);
  let program = legalizeBound(bound, target);
  // what binding made known (a dim's value, a shape) is worth another look
  if (program !== source) {
    if (simplify) program = simplifyLegal(program, target, [...target.rules, ...target.boundRules]);
    if (fold) program = foldConstants(program);
  }
  return program;
}
