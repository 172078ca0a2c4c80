/**
 * Stores the penalties of regularized layers, by graph, until a loss includes them. Nothing adds penalties to a loss implicitly; an
 * optimizer rejects a loss that lacks those of the variables that it trains.
 */
import { addN, GraphError, type Sym, toposort } from '../../engine/index.ts';

export interface Penalty {
  /** The name of the penalized value, for errors: `dense/kernel`. */
  readonly what: string;
  /** The penalized variable or activity. Only a loss that depends on it needs the penalty. */
  readonly of: Sym;
  /** The variables that the penalty regularizes. */
  readonly variables: readonly Sym[];
  /** A float32 scalar. */
  readonly value: Sym;
}

const penalties = /* @__PURE__ */ new WeakMap<object, readonly Penalty[]>();

const inGraphOf = ({ node: { graph } }: Sym): readonly Penalty[] => (graph && penalties.get(graph)) ?? [];

/** Stores a penalty, once. */
export function penalize(penalty: Penalty): void {
  const known = inGraphOf(penalty.of);
  if (known.some(({ value }) => value === penalty.value)) return;
  penalties.set(penalty.of.node.graph!, [...known, penalty]);
}

/** The penalties that a loss needs and does not include. */
function missing(loss: Sym): readonly Penalty[] {
  const known = inGraphOf(loss);
  if (known.length === 0) return known;
  const reached = new Set(toposort([loss]));
  return known.filter(({ of, value }) => reached.has(of.node) && !reached.has(value.node));
}

/**
 * The loss plus the penalties of all regularized layers that it depends on: the value to minimize. A loss that includes them already, or
 * has none, is returned unchanged.
 */
export function regularized(loss: Sym): Sym {
  const due = missing(loss);
  return due.length === 0 ? loss : addN([loss, ...due.map(({ value }) => value)]);
}

/** @throws GraphError for a loss that lacks the penalties of the variables that it trains */
export function requirePenalties(kind: string, loss: Sym, trained: readonly Sym[]): void {
  const left = missing(loss).filter(({ variables }) => variables.some((v) => trained.includes(v)));
  if (left.length > 0)
    throw new GraphError(
      `${kind}: the loss '${loss.label}' leaves out the penalty of ${left.map(({ what }) => what).join(', ')}; minimize regularized(loss), of 'retrograph/layers'`,
      { site: left[0]!.of.node.site },
    );
}
