/**
 * The pipeline: all passes in order, with a reason for each position. The `open` stage runs once for each program, with symbolic dims; the
 * `bound` stage runs for each set of sizes, with numbers.
 */
import type { DimBindings } from '../attr.ts';
import { NodeTable } from '../build/table.ts';
import { verify } from '../build/verify.ts';
import { GraphError, RewriteError } from '../errors.ts';
import { Parameter } from '../primitives/parameter.ts';
import { formatType, mayMatch, storedType } from '../types.ts';
import { bindingBy, bindValues } from './bind.ts';
import { removeDeadCode } from './dead-code.ts';
import { fold, foldConstants } from './fold-constants.ts';
import { fuse } from './fuse.ts';
import { inlineCalls } from './inline.ts';
import { intern } from './intern.ts';
import { legalize, legalizerByNumbers } from './legalize.ts';
import { moveIn, nodesOf, type ProgramGraph, rewriteProgram, rootsOf } from './program-graph.ts';
import { legalSimplifier, simplify } from './simplify.ts';
import type { LegalizeRule, Rewrite, Target } from './target.ts';

export interface PassContext {
  readonly target: Target;
  /** In the bound stage: sizes by symbol, and the program that the open stage returned. */
  readonly dims?: DimBindings;
  readonly opened?: ProgramGraph;
  /** The passes that are switched off. */
  readonly passes?: PassSwitches | undefined;
}

export interface Pass {
  /** Several passes of a pipeline may have one name; switching it off switches all of them off, and what `bind` does of them. */
  readonly name: string;
  /** The reason for its position. */
  readonly reason: string;
  readonly run: (program: ProgramGraph, context: PassContext) => ProgramGraph;
  /** Runs instead when the pass is switched off; by default nothing runs. */
  readonly off?: (program: ProgramGraph, context: PassContext) => ProgramGraph;
}

/** The rules that legalized the program so far. */
const rulesOf = ({ target, dims }: PassContext): readonly LegalizeRule[] =>
  dims === undefined ? target.rules : [...target.rules, ...target.boundRules];

const simplifyAgain: Pass['run'] = (program, context) =>
  rewriteProgram(program, legalSimplifier(program.graph, context.target, rulesOf(context)));
const fuseKernels: Pass['run'] = (program, context) => fuse(program, context.target, rulesOf(context));

const OPEN: readonly Pass[] = [
  {
    name: 'dead-code',
    reason: 'first: no other pass should spend time on nodes that no output needs',
    run: removeDeadCode,
  },
  {
    name: 'interning',
    reason: 'before anything is rewritten: later passes work in this table, so equal nodes that they make become one',
    run: (program) => intern(program, true),
    off: (program) => intern(program, false),
  },
  {
    name: 'inline',
    reason: 'before simplify, which cannot see into Calls; gradients have been taken by now',
    run: inlineCalls,
  },
  {
    name: 'simplify',
    reason: 'before legalize: the rules match ops as users and gradient rules write them',
    run: simplify,
  },
  {
    name: 'fold-constants',
    reason: 'after simplify, which removes nodes that need not be computed at all',
    run: foldConstants,
  },
  {
    name: 'legalize',
    reason: 'chooses lowerings, splits complex values into real pairs, and replaces ops that the target lacks',
    run: (program, { target }) => legalize(program, target),
  },
  {
    name: 'simplify',
    reason: 'again: legalize makes reshapes that often cancel',
    run: simplifyAgain,
  },
  { name: 'fold-constants', reason: 'again: legalize makes constants', run: foldConstants },
  {
    name: 'fuse',
    reason: 'last: it matches patterns of kernels, and no earlier rule matches fused kernels',
    run: fuseKernels,
  },
];

/**
 * Does what takes numbers in one walk, which copies each node once: separate passes would each copy again all that depends on the nodes
 * which they replace.
 */
function bind(program: ProgramGraph, context: PassContext): ProgramGraph {
  const { target, dims = {}, passes = {} } = context;
  const isBound = Object.keys(dims).length === 0;
  const graph = isBound ? program.graph : new NodeTable();
  const rules = [
    ...(isBound ? [] : [bindValues(dims)]),
    ...(passes.legalize === false ? [] : [legalizerByNumbers(target)]),
    ...(passes.simplify === false ? [] : [legalSimplifier(graph, target, rulesOf(context))]),
    ...(passes['fold-constants'] === false ? [] : [fold]),
  ];
  return rewriteProgram(program, firstOf(rules), graph, isBound ? undefined : bindingBy(dims));
}

/** The first replacement that one of the rules gives. */
const firstOf =
  (rules: readonly Rewrite[]): Rewrite =>
  (node, original) => {
    for (const rule of rules) {
      const replacement = rule(node, original);
      if (replacement !== undefined) return replacement;
    }
    return undefined;
  };

const BOUND: readonly Pass[] = [
  {
    name: 'bind',
    reason: 'kernels take numbers; the same walk legalizes by them, simplifies (a size may be 1) and folds constants',
    run: bind,
    off: bind, // kernels take numbers
  },
  {
    name: 'fuse',
    reason: 'again, for the kernels that were chosen by numbers',
    run: (program, context) => (program === context.opened ? program : fuseKernels(program, context)),
  },
];

/** All passes. The bound stage begins with `bind`. */
export const PIPELINE: readonly Pass[] = [...OPEN, ...BOUND];

/** A plugin's pass, placed before or after a named pass, in that pass's stage; by default before `bind`, at the end of the open stage. */
export interface PlacedPass extends Pass {
  readonly before?: string;
  readonly after?: string;
}

/** `{ simplify: false }` switches a pass off. */
export type PassSwitches = Readonly<Record<string, boolean>>;

export interface OptimizeOptions {
  readonly passes?: PassSwitches;
  /** Passes of plugins. */
  readonly extraPasses?: readonly PlacedPass[];
  /** Verifies the graph after each pass that changed it. */
  readonly verify?: boolean;
  /** Called with the program before and after each pass. */
  readonly onPass?: (pass: Pass, before: ProgramGraph, after: ProgramGraph) => void;
}

/**
 * Runs the open stage.
 * @throws GraphError for an unknown pass, and for a value of a Function's body used outside of it; UnsupportedOpError from legalization
 */
export function optimizeOpen(program: ProgramGraph, target: Target, options: OptimizeOptions = {}): ProgramGraph {
  const { all, open } = stagesFor(options);
  requireKnown(all, Object.keys(options.passes ?? {}));
  requireNoParameters(program);
  return runPasses(open, program, { target, passes: options.passes }, options);
}

/**
 * Runs the bound stage, with sizes for all symbols.
 * @throws ShapeError for a negative size; UnsupportedOpError from legalization
 */
export const optimizeBound = (
  opened: ProgramGraph,
  target: Target,
  dims: DimBindings,
  options: OptimizeOptions = {},
): ProgramGraph =>
  runPasses(stagesFor(options).bound, opened, { target, dims, opened, passes: options.passes }, options);

function stagesFor({ extraPasses = [] }: OptimizeOptions) {
  const all = placePasses(PIPELINE, extraPasses);
  const bindAt = all.indexOf(BOUND[0]!);
  return { all, open: all.slice(0, bindAt), bound: all.slice(bindAt) };
}

function runPasses(
  passes: readonly Pass[],
  program: ProgramGraph,
  context: PassContext,
  options: OptimizeOptions,
): ProgramGraph {
  const optimized = passes.reduce((program, pass) => {
    // a plugin's pass may combine the program's nodes with new ones, so all have to be in the program's table
    const before = PIPELINE.includes(pass) ? program : moveIn(program);
    const enabled = options.passes?.[pass.name] ?? true;
    const after = enabled ? pass.run(before, context) : (pass.off?.(before, context) ?? before);
    if (after !== before) {
      requireResults(pass, before, after);
      if (options.verify ?? verifyByDefault) verify(rootsOf(after));
    }
    options.onPass?.(pass, before, after);
    return after;
  }, program);
  const moved = moveIn(optimized);
  // the table is the pipeline's own: it holds all that passes replaced
  moved.graph.retain(nodesOf(moved));
  return moved;
}

/** The default of the option `verify`. */
let verifyByDefault = false;
/** Sets the default of the option `verify`: for tests. */
export const verifyPasses = (on = true): void => {
  verifyByDefault = on;
};

/** Checks that a pass kept the types of the outputs. @throws RewriteError */
function requireResults(pass: Pass, before: ProgramGraph, after: ProgramGraph): void {
  for (const [name, old] of Object.entries(before.outputs)) {
    const now = after.outputs[name];
    if (now !== undefined && mayMatch(storedType(now), storedType(old))) continue;
    throw new RewriteError(
      `internal error: the pass '${pass.name}' changed '${name}' from ${formatType(old)} to ${now === undefined ? 'nothing' : formatType(now)}`,
      { node: old.node.label, site: old.node.site },
    );
  }
}

/** Checks that no parameter of a Function, such as a map's element, is used outside of its body. @throws GraphError */
function requireNoParameters(program: ProgramGraph): void {
  const order = nodesOf(program);
  const parameter = order.find((n) => n.op === Parameter);
  if (parameter === undefined) return;
  const { label, op, site } = order.find((n) => n.inputs.some((s) => s.node === parameter)) ?? parameter;
  throw new GraphError(`'${label}' (${op.name}) belongs to a Function and is used outside of it`, {
    node: label,
    site,
  });
}

function requireKnown(pipeline: readonly Pass[], names: readonly string[]): void {
  for (const name of names) {
    if (!pipeline.some((pass) => pass.name === name))
      throw new GraphError(
        `there is no pass '${name}'; passes: ${[...new Set(pipeline.map((p) => p.name))].join(', ')}`,
      );
  }
}

/** Inserts passes into the pipeline: before the first, or after the last, pass of the given name; by default before `bind`. */
export function placePasses(pipeline: readonly Pass[], extra: readonly PlacedPass[]): readonly Pass[] {
  const passes = [...pipeline];
  for (const pass of extra) {
    const { after, before = after === undefined ? 'bind' : undefined } = pass;
    requireKnown(passes, [before ?? after!]);
    const names = passes.map((p) => p.name);
    passes.splice(before === undefined ? names.lastIndexOf(after!) + 1 : names.indexOf(before), 0, pass);
  }
  return passes;
}
