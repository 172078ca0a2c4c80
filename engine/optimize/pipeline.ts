/**
 * The passes, in order, with a reason beside each position. They stand in two stages: `open`, whose passes run once for each program and
 * see dims as symbols, and `bound`, whose passes run for each set of sizes and see numbers.
 */
import type { DimBindings } from '../attr.ts';
import { verify } from '../build/verify.ts';
import { GraphError, RewriteError } from '../errors.ts';
import { Parameter } from '../primitives/parameter.ts';
import { formatType, mayMatch, storedType } from '../types.ts';
import { bindDims } from './bind.ts';
import { removeDeadCode } from './dead-code.ts';
import { foldConstants } from './fold-constants.ts';
import { fuse } from './fuse.ts';
import { inlineCalls } from './inline.ts';
import { intern } from './intern.ts';
import { legalize, legalizeBound } from './legalize.ts';
import { moveIn, nodesOf, type ProgramGraph, rootsOf } from './program-graph.ts';
import { simplify, simplifyLegal } from './simplify.ts';
import type { LegalizeRule, Target } from './target.ts';

export interface PassContext {
  readonly target: Target;
  /** In the bound stage: sizes by the names of dims, and the program that the open stage has left. */
  readonly dims?: DimBindings;
  readonly opened?: ProgramGraph;
}

export interface Pass {
  /** A name may stand several times in a pipeline; switching it off switches all of them off. */
  readonly name: string;
  /** Why it stands where it stands. */
  readonly reason: string;
  readonly run: (program: ProgramGraph, context: PassContext) => ProgramGraph;
  /** What happens when it is switched off; by default nothing. */
  readonly off?: (program: ProgramGraph, context: PassContext) => ProgramGraph;
}

/** The rules that a program has been legalized by. */
const rulesOf = ({ target, dims }: PassContext): readonly LegalizeRule[] =>
  dims === undefined ? target.rules : [...target.rules, ...target.boundRules];

/** A pass that need not run again where the bound stage has left everything as it was. */
const ifChanged =
  (run: Pass['run']): Pass['run'] =>
  (program, context) =>
    program === context.opened ? program : run(program, context);

const simplifyAgain: Pass['run'] = (program, context) => simplifyLegal(program, context.target, rulesOf(context));
const fuseKernels: Pass['run'] = (program, context) => fuse(program, context.target, rulesOf(context));

const OPEN: readonly Pass[] = [
  {
    name: 'dead-code',
    reason: 'first: nothing that no output needs should cost any other pass a thought',
    run: removeDeadCode,
  },
  {
    name: 'interning',
    reason: 'before anything is rewritten: every later pass works in this table, so what it makes twice becomes one',
    run: (program) => intern(program, true),
    off: (program) => intern(program, false),
  },
  {
    name: 'inline',
    reason: 'before simplifying, which sees through no Call; gradients have been taken by now',
    run: inlineCalls,
  },
  {
    name: 'simplify',
    reason: 'before legalizing: the rules know ops as the user and the gradients wrote them',
    run: simplify,
  },
  {
    name: 'fold-constants',
    reason: 'after simplifying, which removes what need not be computed at all',
    run: foldConstants,
  },
  {
    name: 'legalize',
    reason: 'chooses lowerings, splits complex values into their parts, and replaces what the target lacks',
    run: (program, { target }) => legalize(program, target),
  },
  {
    name: 'simplify',
    reason: 'again: what legalizing made must not stand twice, and its reshapes often meet',
    run: simplifyAgain,
  },
  { name: 'fold-constants', reason: 'again: legalizing makes constants', run: foldConstants },
  {
    name: 'fuse',
    reason: 'last: it looks for patterns of kernels, and no rule above knows what it makes',
    run: fuseKernels,
  },
];

const bind: Pass['run'] = (program, { dims = {} }) =>
  Object.keys(dims).length === 0 ? program : bindDims(program, dims);

const BOUND: readonly Pass[] = [
  {
    name: 'bind',
    reason: 'first: all later passes may ask for numbers',
    run: bind,
    off: bind, // kernels take numbers
  },
  {
    name: 'legalize',
    reason: 'applies the rules that need numbers, and lowers what had to wait for them',
    run: (program, { target }) => legalizeBound(program, target),
  },
  {
    name: 'simplify',
    reason: 'again, where binding or legalizing changed something: a size may be 1, and reshapes meet',
    run: ifChanged(simplifyAgain),
  },
  {
    name: 'fold-constants',
    reason: 'again, for the constants that legalizing made',
    run: ifChanged(foldConstants),
  },
  {
    name: 'fuse',
    reason: 'again, for the kernels that legalizing by numbers chose',
    run: ifChanged(fuseKernels),
  },
];

/** All passes. The bound stage begins with `bind`. */
export const PIPELINE: readonly Pass[] = [...OPEN, ...BOUND];

/** A plugin's pass, placed before or after a named one, in that one's stage; by default before `bind`, where the open stage ends. */
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
  /** Re-checks the graph after each pass that changed it. */
  readonly verify?: boolean;
  /** Called with the program before and after each pass. */
  readonly onPass?: (pass: Pass, before: ProgramGraph, after: ProgramGraph) => void;
}

/**
 * Runs the open stage.
 * @throws GraphError for a pass that is not there, and for a value of a Function's body outside of it; UnsupportedOpError from
 * legalizing
 */
export function optimizeOpen(program: ProgramGraph, target: Target, options: OptimizeOptions = {}): ProgramGraph {
  const { all, open } = stagesFor(options);
  requireKnown(all, Object.keys(options.passes ?? {}));
  requireNoParameters(program);
  return runPasses(open, program, { target }, options);
}

/**
 * Runs the bound stage, with sizes for all dims.
 * @throws ShapeError for a negative size; UnsupportedOpError from legalizing
 */
export const optimizeBound = (
  opened: ProgramGraph,
  target: Target,
  dims: DimBindings,
  options: OptimizeOptions = {},
): ProgramGraph => runPasses(stagesFor(options).bound, opened, { target, dims, opened }, options);

function stagesFor({ extraPasses = [] }: OptimizeOptions) {
  const all = placePasses(PIPELINE, extraPasses);
  const at = all.indexOf(BOUND[0]!);
  return { all, open: all.slice(0, at), bound: all.slice(at) };
}

function runPasses(
  passes: readonly Pass[],
  program: ProgramGraph,
  context: PassContext,
  options: OptimizeOptions,
): ProgramGraph {
  const optimized = passes.reduce((program, pass) => {
    // a plugin's pass may make nodes of the program's own, which have to be where it works
    const before = PIPELINE.includes(pass) ? program : moveIn(program);
    const enabled = options.passes?.[pass.name] ?? true;
    const after = enabled ? pass.run(before, context) : (pass.off?.(before, context) ?? before);
    if (after !== before) {
      requireResults(pass, before, after);
      if (options.verify ?? verified) verify(rootsOf(after));
    }
    options.onPass?.(pass, before, after);
    return after;
  }, program);
  return moveIn(optimized);
}

/** Whether passes are verified where `verify` is not given. */
let verified = false;
/** Verifies every pass from now on, as with the option `verify`: for tests. */
export const verifyPasses = (on = true): void => {
  verified = on;
};

/** A pass leaves the results with the types that they had. */
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

/** The elements that a map's function is given mean nothing outside of it. */
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
        `there is no pass '${name}'; passes are ${[...new Set(pipeline.map((p) => p.name))].join(', ')}`,
      );
  }
}

/** The pipeline with further passes at their places: before the first, or after the last, pass of the given name; else before `bind`. */
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
