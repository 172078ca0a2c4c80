/**
 * Reverse-mode differentiation, graph to graph: slice the nodes between the ys and the xs, order them topologically, and walk them
 * in reverse, asking each op's rule for the cotangents of its inputs.
 */
import { building, deriving } from '../build/context.ts';
import { type Fn, inline, makeFn } from '../build/function.ts';
import { type NodeIndex, NodeMap } from '../build/node-map.ts';
import type { Node, Sym } from '../build/sym.ts';
import { NodeTable } from '../build/table.ts';
import { toposort } from '../build/toposort.ts';
import { GradientRuleError, NotDifferentiableError, RetrographError, ShapeError } from '../errors.ts';
import { expansion, lift, loweringOf, NOT_DIFFERENTIABLE, ZERO } from '../op.ts';
import { broadcastTo } from '../primitives/broadcast-to.ts';
import { Call } from '../primitives/call.ts';
import { cast } from '../primitives/cast.ts';
import { zeroCotangent } from '../primitives/fill.ts';
import { Parameter } from '../primitives/parameter.ts';
import { sameShape } from '../primitives/reshape.ts';
import { Select } from '../primitives/select.ts';
import { type InputSlot, inputRecord, outputRecord } from '../slots.ts';
import { formatType, isDifferentiable } from '../types.ts';
import { accumulate, type Cotangent, commonMask, masked, unbroadcastCotangent } from './accumulate.ts';
import { and, isElementwise, isSteep, maskCotangents, not, passesMasks, unbroadcastMask } from './mask.ts';

/** How y depends on an x: along differentiable edges; only through integers, bools or rules that are zero; or not at all. */
export interface Backpropagation {
  /** The cotangent of each x; undefined where the gradient is zero or there is no path. */
  readonly cotangents: readonly (Sym | undefined)[];
  /** Whether any path at all leads from each x to a y. */
  readonly connected: readonly boolean[];
}

/**
 * The cotangents of `xs`, given those of `ys`.
 * @throws NotDifferentiableError where a path runs through an input declared so; GradientRuleError for a rule at fault
 */
export function backpropagate(
  graph: NodeTable,
  ys: readonly Sym[],
  dys: readonly Sym[],
  xs: readonly Sym[],
): Backpropagation {
  const seeds = dys.map((value) => ({ value, mask: undefined, isMasked: true }));
  const { cotangents, connected } = propagate(graph, ys, seeds, xs);
  return { cotangents: cotangents.map((c, i) => c && deriving(graph, xs[i]!.node, () => masked(c))), connected };
}

interface Propagation {
  readonly cotangents: readonly (Cotangent | undefined)[];
  readonly connected: readonly boolean[];
}

/** What lies below an expansion: nodes beyond which it is not differentiated, and what is known of them. */
interface Below {
  readonly leaves: ReadonlySet<Node>;
  readonly usesMask: (s: Sym) => boolean;
}

/** @param below with it, it costs no more than what lies above */
function propagate(
  graph: NodeTable,
  ys: readonly Sym[],
  seeds: readonly Cotangent[],
  xs: readonly Sym[],
  below?: Below,
): Propagation {
  const order = below === undefined ? toposort(ys) : above(ys, below.leaves);
  const targets = new Set(xs);
  const { flows, depends, usesMask } = reach(order, targets, below);
  const carries = (s: Sym): boolean => isDifferentiable(s.dtype) && (targets.has(s) || flows.has(s.node));

  const terms = new Map<Sym, Cotangent[]>();
  const give = (to: Sym, cotangent: Cotangent): void => {
    const list = terms.get(to);
    if (list === undefined) terms.set(to, [cotangent]);
    else list.push(cotangent);
  };
  /** The sum of what a value got; summed once, when all its uses have been visited. */
  const total = (s: Sym): Cotangent | undefined => {
    const list = terms.get(s);
    if (list === undefined) return undefined;
    const sum = accumulate(list);
    if (list.length > 1) terms.set(s, [sum]);
    return sum;
  };

  ys.forEach((y, i) => {
    if (carries(y)) give(y, seeds[i]!);
  });
  for (let i = order.length - 1; i >= 0; i--) {
    const node = order[i]!;
    if (!flows.has(node)) continue;
    deriving(graph, node, () => {
      const cotangents = node.outputs.map(total);
      // they have been used up: in a large graph, what is kept long costs much more than what is not
      for (const s of node.outputs) if (!targets.has(s)) terms.delete(s);
      if (cotangents.some((c) => c !== undefined)) visit(node, cotangents, { carries, usesMask, give });
    });
  }
  return {
    cotangents: xs.map((x) => (isDifferentiable(x.dtype) ? deriving(graph, x.node, () => total(x)) : undefined)),
    connected: xs.map((x) => ys.includes(x) || depends.has(x)),
  };
}

const above = (ys: readonly Sym[], leaves: ReadonlySet<Node>): Node[] =>
  toposort(ys, (node) => leaves.has(node)).filter((node) => !leaves.has(node));

interface Reach {
  /** The nodes that an x reaches along differentiable edges, and whether a mask of their outputs is of use to them or below them. */
  readonly flows: NodeIndex<boolean>;
  /** The xs that reach anything at all. */
  readonly depends: ReadonlySet<Sym>;
  readonly usesMask: (s: Sym) => boolean;
}

function reach(order: readonly Node[], targets: ReadonlySet<Sym>, below: Below | undefined): Reach {
  const flows: NodeIndex<boolean> = below === undefined ? new NodeMap() : new Map();
  const depends = new Set<Sym>();
  const usesMask = (s: Sym): boolean => flows.get(s.node) ?? below?.usesMask(s) ?? false;
  for (const node of order) {
    let flowing = false;
    let useful = false;
    for (const s of node.inputs) {
      const isTarget = targets.has(s);
      if (isTarget) depends.add(s);
      if (!isDifferentiable(s.dtype)) continue;
      const known = flows.get(s.node);
      if (known === undefined && !isTarget) continue;
      flowing = true;
      useful ||= known ?? below?.usesMask(s) ?? false;
    }
    if (flowing) flows.set(node, isSteep(node) || (useful && passesMasks(node)));
  }
  return { flows, depends, usesMask };
}

/** What a visit of a node takes of the propagation that it belongs to. */
interface Walk {
  readonly carries: (s: Sym) => boolean;
  readonly usesMask: (s: Sym) => boolean;
  readonly give: (to: Sym, cotangent: Cotangent) => void;
}

function visit(node: Node, cotangents: readonly (Cotangent | undefined)[], walk: Walk): void {
  const { op } = node;
  const { carries, usesMask, give } = walk;
  if (op.definition.gradient === undefined) {
    visitComposite(node, cotangents, walk);
    return;
  }

  const given = cotangents.filter((c) => c !== undefined);
  // below any other op no mask holds, and several outputs of one may differ in shape
  const mask = isElementwise(node) ? commonMask(given) : undefined;
  const contextOf = (take: (cotangent: Cotangent) => Sym) =>
    ruleContext(
      node,
      node.outputs.map((y, k) => (cotangents[k] === undefined ? zeroCotangent(y) : take(cotangents[k]))),
    );
  // the rules of elementwise ops carry along what does not count; a user's rule may look at the whole cotangent
  const carriesAlong = op !== Call && given.every((c) => c.mask === mask);
  const context = contextOf(carriesAlong ? ({ value }) => value : masked);
  const inputs = inputRecord(op, node.inputs, node.arity);
  let at = 0;
  op.slots.forEach((slot, i) => {
    const own = node.inputs.slice(at, at + (node.arity?.[i] ?? 1));
    at += own.length;
    if (!own.some(carries)) return;
    const rule = (op.definition.gradient as Record<string, unknown>)[slot.name];
    if (rule === ZERO) return;
    if (rule === NOT_DIFFERENTIABLE) {
      throw new NotDifferentiableError(
        `${op.name} is not differentiable in '${slot.name}', which '${own.find(carries)!.label}' reaches`,
        { node: node.label, site: node.site },
      );
    }
    const call = (by: object): readonly Sym[] => {
      const list = listOf(slot, callRule(node, slot.name, rule as Rule, inputs, by));
      if (Array.isArray(list) && list.length === own.length) return list.map((value) => lift(value));
      throw new GradientRuleError(`${op.name}: the rule of '${slot.name}' must give ${own.length} gradients`, {
        node: node.label,
        site: node.site,
      });
    };
    let values = op === Select ? [context.dy] : call(context);
    // a rule that sums over what was broadcast must not add what does not count
    if (mask !== undefined && values.some((value) => !sameShape(value.shape, node.outputs[0]!.shape)))
      values = call(contextOf(masked));
    const masks =
      routes(node, slot.name, cotangents) && own.some(usesMask)
        ? call(ruleContext(node, maskCotangents(node.outputs, cotangents)))
        : undefined;
    own.forEach((input, k) => {
      if (!carries(input)) return;
      const below = masks === undefined ? maskBelow(node, slot.name, mask) : cast(masks[k]!, 'bool');
      give(input, checkedCotangent(node, slot.name, input, values[k]!, below));
    });
  });
}

/** What a node's rules get, given the cotangents of its outputs; or, of rules that hand masks on, masks in their place. */
const ruleContext = (node: Node, dys: readonly Sym[]) => ({
  y: node.outputs[0]!,
  dy: dys[0]!,
  ys: outputRecord(node.op, node.outputs, node.attrs),
  dys: outputRecord(node.op, dys, node.attrs),
  attrs: node.attrs,
  vjp: vjpOfFunction,
});

type Rule = (inputs: unknown, context: unknown) => unknown;

const listOf = ({ kind }: InputSlot, given: unknown): readonly unknown[] =>
  kind === 'variadic' ? (given as readonly unknown[]) : [given];

function callRule(node: Node, slot: string, rule: Rule, inputs: unknown, context: unknown): unknown {
  try {
    return rule(inputs, context);
  } catch (e) {
    if (!(e instanceof RetrographError) || e instanceof NotDifferentiableError) throw e;
    throw new GradientRuleError(`the gradient rule of ${node.op.name} for '${slot}' failed: ${e.message}`, {
      node: node.label,
      site: node.site,
      cause: e,
    });
  }
}

/**
 * What a rule gave, unbroadcast, as the cotangent of an input. That of an elementwise op may make something of a masked 0: it is masked
 * again, where a scalar stands for all of the input, and a sum over what was broadcast has the mask of such sums.
 */
function checkedCotangent(node: Node, slot: string, input: Sym, value: Sym, mask: Sym | undefined): Cotangent {
  try {
    const isMasked = mask === undefined || !isElementwise(node);
    const whole = isMasked || value.shape.length >= input.shape.length ? value : broadcastTo(value, input.shape);
    const own = mask && unbroadcastMask(mask, whole.shape);
    const cotangent = unbroadcastCotangent({ value: whole, mask: own, isMasked }, input.shape);
    if (cotangent.value.dtype !== input.dtype) throw new ShapeError(`its dtype is ${cotangent.value.dtype}`);
    if (!sameShape(cotangent.value.shape, input.shape))
      throw new ShapeError(`its shape is [${cotangent.value.shape.join(', ')}]`);
    return cotangent;
  } catch (e) {
    if (!(e instanceof RetrographError)) throw e;
    throw new GradientRuleError(
      `the gradient rule of ${node.op.name} for '${slot}' gave ${formatType(value)}, which is no gradient of ${formatType(input)}: ${e.message}`,
      { node: node.label, site: node.site, cause: e },
    );
  }
}

/** The mask below a node that does not route it: a Select adds its condition, an elementwise op keeps it, any other ends it. */
function maskBelow(node: Node, slot: string, mask: Sym | undefined): Sym | undefined {
  if (node.op === Select) {
    const condition = node.inputs[0]!;
    return and(mask, slot === 't' ? condition : not(condition));
  }
  return isElementwise(node) ? mask : undefined;
}

/** Whether a mask goes through the rule itself: where one has come, and where the op does not take all of its input. */
function routes({ op, outputs }: Node, slot: string, cotangents: readonly (Cotangent | undefined)[]): boolean {
  const kind = op.traits.routes?.[slot];
  if (kind === undefined || kind === 'part') return kind === 'part';
  return outputs.some(
    (y, k) => isDifferentiable(y.dtype) && (cotangents[k] === undefined || cotangents[k].mask !== undefined),
  );
}

/** A composite without rules: through its expansion, down to its inputs. */
function visitComposite(
  node: Node,
  cotangents: readonly (Cotangent | undefined)[],
  { carries, usesMask, give }: Walk,
): void {
  const composite = loweringOf(node.op, 'composite');
  if (composite === undefined)
    throw new GradientRuleError(`${node.op.name} has neither gradient rules nor an expansion`, {
      node: node.label,
      site: node.site,
    });
  const ys = expansion(node, composite, node.inputs);
  const used = ys.flatMap((y, k) => (cotangents[k] === undefined ? [] : [[y, cotangents[k]] as const]));
  const wanted = [...new Set(node.inputs.filter(carries))];
  const inner = propagate(
    node.graph!,
    used.map(([y]) => y),
    used.map(([, cotangent]) => cotangent),
    wanted,
    { leaves: new Set(node.inputs.map((s) => s.node)), usesMask }, // stop at the inputs: the outer walk goes on from there
  );
  wanted.forEach((x, i) => {
    const cotangent = inner.cotangents[i];
    if (cotangent !== undefined) give(x, cotangent);
  });
}

/** A Function's derivative is asked for by every rule of its node: without this, each level of nesting would double the work. */
const vjps = new WeakMap<Fn, Fn>();

/** The reverse derivative of a Function: (parameters, a cotangent for each result) -> a cotangent for each parameter, zeros where none flows. */
export function vjpOfFunction(fn: Fn): Fn {
  let vjp = vjps.get(fn);
  if (vjp === undefined) {
    vjp = makeVjp(fn);
    vjps.set(fn, vjp);
  }
  return vjp;
}

function makeVjp(fn: Fn): Fn {
  const body = new NodeTable();
  return deriving(body, undefined, () => {
    const types = [...fn.parameters, ...fn.results];
    const parameters = types.map(({ dtype, shape }, index) =>
      building(body, () => Parameter.node({}, { index, dtype, shape })),
    );
    const own = parameters.slice(0, fn.parameters.length);
    const dys = parameters.slice(fn.parameters.length);
    const ys = inline(fn, body, own);
    const { cotangents } = backpropagate(body, ys, dys, own);
    return makeFn(
      body,
      parameters,
      // what a gradient cannot flow along has a zero of its shape, which is of a dtype that can be summed
      cotangents.map(
        (c, i) =>
          c ?? zeroCotangent(isDifferentiable(own[i]!.dtype) ? own[i]! : { dtype: 'float32', shape: own[i]!.shape }),
      ),
    );
  });
}
