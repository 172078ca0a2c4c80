/**
 * Reverse-mode differentiation, graph to graph: slice the nodes between the ys and the xs, order them topologically, and walk them in
 * reverse, building the cotangents of each node's inputs by its op's rules.
 */
import { building, deriving } from '../build/context.ts';
import { inline, makeFn } from '../build/function.ts';
import { type NodeIndex, NodeMap } from '../build/node-map.ts';
import type { Fn, Node, Sym } from '../build/sym.ts';
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

export interface Backpropagation {
  /** The cotangent of each x; undefined where there is no path, or only one through integers, bools or rules that are ZERO. */
  readonly cotangents: readonly (Sym | undefined)[];
  /** Whether any path leads from each x to a y, differentiable or not. */
  readonly connected: readonly boolean[];
}

/**
 * The cotangents of `xs`, given those of `ys`.
 * @throws NotDifferentiableError if a path runs through an input declared NOT_DIFFERENTIABLE; GradientRuleError for a faulty rule
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

/** The boundary of a walk through a composite's expansion: where it stops, and what the outer walk knows of the nodes there. */
interface Boundary {
  readonly leaves: ReadonlySet<Node>;
  readonly usesMask: (s: Sym) => boolean;
}

/** @param boundary where to stop; with it, the cost is that of the nodes above the boundary, not of the graph */
function propagate(
  graph: NodeTable,
  ys: readonly Sym[],
  seeds: readonly Cotangent[],
  xs: readonly Sym[],
  boundary?: Boundary,
): Propagation {
  const order = boundary === undefined ? toposort(ys) : above(ys, boundary.leaves);
  const targets = new Set(xs);
  const { flows, depends, usesMask } = reach(order, targets, boundary);
  const carries = (s: Sym): boolean => isDifferentiable(s.dtype) && (targets.has(s) || flows.has(s.node));

  const terms = new Map<Sym, Cotangent[]>();
  const give = (to: Sym, cotangent: Cotangent): void => {
    const list = terms.get(to);
    if (list === undefined) terms.set(to, [cotangent]);
    else list.push(cotangent);
  };
  /** The sum of a value's terms; summed once, after all its uses have been visited. */
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
      // drop terms that are not needed any more: objects that live long make garbage collection of a large graph much slower
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
  /** The nodes that an x reaches along differentiable edges. The value: whether a mask of their outputs is useful to them or further down. */
  readonly flows: NodeIndex<boolean>;
  /** The xs that are an input of any node. */
  readonly depends: ReadonlySet<Sym>;
  readonly usesMask: (s: Sym) => boolean;
}

function reach(order: readonly Node[], targets: ReadonlySet<Sym>, boundary: Boundary | undefined): Reach {
  const flows: NodeIndex<boolean> = boundary === undefined ? new NodeMap() : new Map();
  const depends = new Set<Sym>();
  const usesMask = (s: Sym): boolean => flows.get(s.node) ?? boundary?.usesMask(s) ?? false;
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
      useful ||= known ?? boundary?.usesMask(s) ?? false;
    }
    if (flowing) flows.set(node, isSteep(node) || (useful && passesMasks(node)));
  }
  return { flows, depends, usesMask };
}

/** The state of a propagation that visits of its nodes need. */
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
  // masks pass through elementwise ops only; other ops end them, and their outputs may differ in shape
  const mask = isElementwise(node) ? commonMask(given) : undefined;
  const contextOf = (take: (cotangent: Cotangent) => Sym) =>
    ruleContext(
      node,
      node.outputs.map((y, k) => (cotangents[k] === undefined ? zeroCotangent(y) : take(cotangents[k]))),
    );
  // elementwise rules may compute on unmasked cotangents; a user's rule may read any element, so it gets masked ones
  const defersMask = op !== Call && given.every((c) => c.mask === mask);
  const context = contextOf(defersMask ? ({ value }) => value : masked);
  const inputs = inputRecord(op, node.inputs, node.arity);
  let offset = 0;
  op.slots.forEach((slot, i) => {
    const slotInputs = node.inputs.slice(offset, offset + (node.arity?.[i] ?? 1));
    offset += slotInputs.length;
    if (!slotInputs.some(carries)) return;
    const rule = (op.definition.gradient as Record<string, unknown>)[slot.name];
    if (rule === ZERO) return;
    if (rule === NOT_DIFFERENTIABLE) {
      throw new NotDifferentiableError(
        `${op.name} is not differentiable in '${slot.name}', which '${slotInputs.find(carries)!.label}' reaches`,
        { node: node.label, site: node.site },
      );
    }
    const call = (by: object): readonly Sym[] => {
      const list = listOf(slot, callRule(node, slot.name, rule as Rule, inputs, by));
      if (Array.isArray(list) && list.length === slotInputs.length) return list.map((value) => lift(value));
      throw new GradientRuleError(`${op.name}: the rule of '${slot.name}' must give ${slotInputs.length} gradients`, {
        node: node.label,
        site: node.site,
      });
    };
    let values = op === Select ? [context.dy] : call(context);
    // a rule that sums over broadcast axes must not add elements outside the mask
    if (mask !== undefined && values.some((value) => !sameShape(value.shape, node.outputs[0]!.shape)))
      values = call(contextOf(masked));
    const masks =
      routesMask(node, slot.name, cotangents) && slotInputs.some(usesMask)
        ? call(ruleContext(node, maskCotangents(node.outputs, cotangents)))
        : undefined;
    slotInputs.forEach((input, k) => {
      if (!carries(input)) return;
      const inputMask = masks === undefined ? maskOfInput(node, slot.name, mask) : cast(masks[k]!, 'bool');
      give(input, checkedCotangent(node, slot.name, input, values[k]!, inputMask));
    });
  });
}

/** The context of a node's rules. `dys` are the cotangents of its outputs, or masks when a routing rule is applied to masks. */
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
 * The result of a rule as the cotangent of an input: unbroadcast, and checked for dtype and shape. The rule of an elementwise op may turn
 * a masked 0 into another number, so its result counts as not masked; a scalar result is broadcast to the input first, so that the mask fits.
 * @throws GradientRuleError for a wrong dtype or shape
 */
function checkedCotangent(node: Node, slot: string, input: Sym, value: Sym, mask: Sym | undefined): Cotangent {
  try {
    const isMasked = mask === undefined || !isElementwise(node);
    const whole = isMasked || value.shape.length >= input.shape.length ? value : broadcastTo(value, input.shape);
    const wholeMask = mask && unbroadcastMask(mask, whole.shape);
    const cotangent = unbroadcastCotangent({ value: whole, mask: wholeMask, isMasked }, input.shape);
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

/** The mask of an input whose rule does not route masks: a Select adds its condition, an elementwise op keeps it, any other op ends it. */
function maskOfInput(node: Node, slot: string, mask: Sym | undefined): Sym | undefined {
  if (node.op === Select) {
    const condition = node.inputs[0]!;
    return and(mask, slot === 't' ? condition : not(condition));
  }
  return isElementwise(node) ? mask : undefined;
}

/** Whether to apply the rule to masks: if it routes elements, and either an output has a mask or the op leaves some elements out. */
function routesMask({ op, outputs }: Node, slot: string, cotangents: readonly (Cotangent | undefined)[]): boolean {
  const kind = op.traits.routes?.[slot];
  if (kind === undefined || kind === 'part') return kind === 'part';
  return outputs.some(
    (y, k) => isDifferentiable(y.dtype) && (cotangents[k] === undefined || cotangents[k].mask !== undefined),
  );
}

/** Differentiates a composite without rules through its expansion, down to its inputs. */
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
    { leaves: new Set(node.inputs.map((s) => s.node)), usesMask }, // stop at the inputs: the outer walk continues from there
  );
  wanted.forEach((x, i) => {
    const cotangent = inner.cotangents[i];
    if (cotangent !== undefined) give(x, cotangent);
  });
}

/** Derivatives by Function: every rule of a node asks for it, so without this cache each level of nesting would double the work. */
const vjps = new WeakMap<Fn, Fn>();

/** The vjp of a Function: (parameters, a cotangent for each result) -> a cotangent for each parameter, zeros where no gradient flows. */
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
    const xs = parameters.slice(0, fn.parameters.length);
    const dys = parameters.slice(fn.parameters.length);
    const ys = inline(fn, body, xs);
    const { cotangents } = backpropagate(body, ys, dys, xs);
    return makeFn(
      body,
      parameters,
      // the zero of an integer or bool parameter is float32, so that callers can sum it
      cotangents.map(
        (c, i) =>
          c ?? zeroCotangent(isDifferentiable(xs[i]!.dtype) ? xs[i]! : { dtype: 'float32', shape: xs[i]!.shape }),
      ),
    );
  });
}
