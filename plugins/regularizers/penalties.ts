/**
 * Penalties that layers ask for, by graph, until a loss takes them in. They are values like any others: nothing adds them to a loss
 * behind its back, and an optimizer refuses a loss that leaves out those of the variables that it trains.
 */
import { addN, GraphError, type Sym, toposort } from '../../engine/index.ts';

export interface Penalty {
  /** What the regularizer is of, in words: `dense/kernel`. */
  readonly what: string;
  /** The variable or the activity that is penalised: a loss that does not depend on it has no use for the penalty. */
  readonly of: Sym;
  /** The variables that it regularizes. */
  readonly variables: readonly Sym[];
  /** A float32 scalar. */
  readonly value: Sym;
}

/** By graph. */
const penalties = /* @__PURE__ */ new WeakMap<object, readonly Penalty[]>();

const inGraphOf = ({ node: { graph } }: Sym): readonly Penalty[] => (graph && penalties.get(graph)) ?? [];

/** Remembers a penalty, once. */
export function penalize(penalty: Penalty): void {
  const known = inGraphOf(penalty.of);
  if (known.some(({ value }) => value === penalty.value)) return;
  penalties.set(penalty.of.node.graph!, [...known, penalty]);
}

/** The penalties that are due with a loss, and that it does not hold yet. */
function missing(loss: Sym): readonly Penalty[] {
  const known = inGraphOf(loss);
  if (known.length === 0) return known;
  const reached = new Set(toposort([loss]));
  return known.filter(({ of, value }) => reached.has(of.node) && !reached.has(value.node));
}

/**
 * The loss and the penalties of all regularized layers that it depends on: what is to be minimized. A loss that holds them already,
 * or has none, is given back.
 */
export function regularized(loss: Sym): Sym {
  const due = missing(loss);
  return due.length === 0 ? loss : addN([loss, ...due.map(({ value }) => value)]);
}

/** @throws GraphError for a loss without the penalties of variables that are to be trained by it */
export function requirePenalties(kind: string, loss: Sym, trained: readonly Sym[]): void {
  const left = missing(loss).filter(({ variables }) => variables.some((v) => trained.includes(v)));
  if (left.length > 0)
    throw new GraphError(
      `${kind}: the loss '${loss.label}' leaves out the penalty of ${left.map(({ what }) => what).join(', ')}; minimize regularized(loss), of 'retrograph/layers'`,
      { site: left[0]!.of.node.site },
    );
}
