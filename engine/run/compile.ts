/** Compiles outputs and updates of a graph into a program for a backend. */
import { type DimBindings, formatValue } from '../attr.ts';
import { graphOf } from '../build/graph.ts';
import { isSym, type Node, type Sym } from '../build/sym.ts';
import type { NodeTable } from '../build/table.ts';
import { toposort } from '../build/toposort.ts';
import { requireOneUpdateEach, type Update } from '../build/update.ts';
import { requireOfThisCopy } from '../copy.ts';
import { AttributeError, GraphError, ProgramStateError, ShapeError } from '../errors.ts';
import { decideChecks, deferredChecks, dimsOf, requireDims } from '../optimize/bind.ts';
import { deadCode } from '../optimize/dead-code.ts';
import { type OptimizeOptions, optimizeOpen } from '../optimize/pipeline.ts';
import { type ProgramGraph, rootsOf } from '../optimize/program-graph.ts';
import { Placeholder } from '../primitives/placeholder.ts';
import type { Backend, HostTensor } from './backend.ts';
import { BoundPrograms } from './bound-programs.ts';
import { bareName, FeedBinder, type Feeds } from './feeds.ts';
import { type HostResults, type Outputs, Program } from './program.ts';
import { Variables } from './variables.ts';

export interface CompileOptions extends OptimizeOptions {
  readonly backend: Backend;
  /** New values of variables after each run. */
  readonly updates?: readonly Update[];
  /** A store made before, or another program's; by default a new one, disposed of with its last program. */
  readonly variables?: Variables;
  /** The seed of a new store. */
  readonly seed?: number;
  /** Sizes of symbols, bound now: `{ batch: 64 }`. */
  readonly dims?: DimBindings;
}

/** The options of `compile` except the backend, as a parameter type of expose.ts. */
export const COMPILE_OPTIONS =
  'updates?:[o],variables?:o,seed?:n,dims?:o,passes?:o,extraPasses?:[o],verify?:b,onPass?:f';

/**
 * Starts the backend, and compiles outputs and updates for it.
 * @throws UnsupportedOpError, ShapeError, VariableError, GraphError, BackendError
 */
export async function compile<O extends Outputs>(outputs: O, options: CompileOptions): Promise<Program<O>> {
  await options.backend.start();
  return compileSync(outputs, options);
}

/** Synchronous `compile`. @throws ProgramStateError if the backend has not started; as `compile` */
export function compileSync<O extends Outputs>(outputs: O, options: CompileOptions): Program<O> {
  const { backend, updates = [], dims = {}, variables, seed = 0 } = options;
  if (!backend.ready)
    throw new ProgramStateError(`the backend '${backend.name}' has not started; await its start(), or use compile`);
  requireOfThisCopy(variables, backend);
  requireOneUpdateEach(updates);
  if (variables !== undefined && !(variables instanceof Variables))
    throw new AttributeError(`variables must be a store, such as program.variables, not ${formatValue(variables)}`);
  const syms = [...Object.values(outputs), ...updates.flatMap((u) => [u.variable, u.value])];
  if (syms.length === 0) throw new GraphError('compile: there are neither outputs nor updates');
  const graph = graphOf(syms);
  const source = sourceOf(graph, outputs, updates, options.passes?.['dead-code'] === false);

  const nodes = toposort(rootsOf(source));
  const [placeholders, known] = [placeholdersOf(nodes), placeholdersOf(graph.nodes)];
  const names = [...dimsOf(nodes)];
  requireDims(dims, names, graph.nodes);
  const unbound = unboundDims(names, known, dims);
  const checks = deferredChecks(nodes);
  decideChecks(checks, dims);

  const opened = optimizeOpen(source, backend.target, options);
  return new Program({
    backend,
    variables: variables ?? new Variables({ backend, seed, ownedByPrograms: true }),
    source,
    nodes,
    opened,
    programs: new BoundPrograms(backend, opened, names, checks, options),
    placeholders,
    feeds: new FeedBinder(placeholders, known, dims),
    names,
    unbound,
    dims,
  });
}

/** Compiles, runs once and disposes: for a quick look at values. */
export async function evaluate<O extends Sym | Outputs>(
  outputs: O,
  feeds: Feeds,
  options: CompileOptions,
): Promise<O extends Sym ? HostTensor : HostResults<O>> {
  requireOfThisCopy(outputs);
  const single = isSym(outputs);
  const program = await compile(single ? { value: outputs } : (outputs as Outputs), options);
  try {
    const results = await program.run(feeds);
    return (single ? results.value : results) as never;
  } finally {
    program.dispose();
  }
}

function sourceOf(graph: NodeTable, outputs: Outputs, updates: readonly Update[], keepDead: boolean): ProgramGraph {
  return {
    graph,
    outputs: Object.fromEntries(Object.entries(outputs).map(([name, s]) => [name, graph.adopt(s)])),
    updates: updates.map(({ variable, value }) => ({ variable: graph.adopt(variable), value: graph.adopt(value) })),
    kept: keepDead ? deadCode(graph) : [],
  };
}

const placeholdersOf = (nodes: readonly Node[]): Map<string, Sym> =>
  new Map(nodes.filter((n) => n.op === Placeholder).map((n) => [n.attrs.name as string, n.outputs[0]!]));

/** The symbols that feeds have to bind. @throws ShapeError for one that no feed can bind */
function unboundDims(
  names: readonly string[],
  placeholders: ReadonlyMap<string, Sym>,
  dims: DimBindings,
): readonly string[] {
  const fed = new Set([...placeholders.values()].flatMap((p) => p.shape.flatMap((d) => bareName(d) ?? [])));
  const unbound = names.filter((name) => dims[name] === undefined);
  const unfed = unbound.filter((name) => !fed.has(name));
  if (unfed.length > 0) {
    throw new ShapeError(
      `nothing binds ${unfed.map((n) => `$${n}`).join(', ')}: no placeholder has it as a dim of its own; pass { dims: { ${unfed[0]}: ... } }`,
    );
  }
  return unbound;
}
