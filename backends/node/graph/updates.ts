/**
 * Writes updates as TensorFlow's optimizer ops, which change a variable in place, if the update's formula matches; else as assignments. A
 * formula is recognised by its nodes, whatever optimizer built it.
 */
import { fillValue, type ProgramGraph, type Sym, sizeOf, type Update, Variable } from '../../../engine/index.ts';
import * as attr from './attributes.ts';
import type { GraphWriter, Ref } from './writer.ts';

/** An op that updates one or several variables. */
export interface UpdateStep {
  readonly variables: readonly Sym[];
  readonly operands: readonly Sym[];
  /** @param ready nodes after which variables may change */
  readonly write: (
    w: GraphWriter,
    handles: readonly Ref[],
    operands: readonly Ref[],
    ready: readonly Ref[],
  ) => readonly Ref[];
}

export function matchUpdates({ updates }: ProgramGraph): readonly UpdateStep[] {
  const open = new Map(updates.map((u) => [u.variable, u]));
  const steps: UpdateStep[] = [];
  // matches of several variables first: the updates that they cover are not matched again
  for (const match of [adam, momentum, gradientDescent]) {
    for (const update of updates) {
      const step = open.has(update.variable) ? match(update, open) : undefined;
      if (step === undefined) continue;
      steps.push(step);
      for (const variable of step.variables) open.delete(variable);
    }
  }
  return [...steps, ...[...open.values()].map(assignment)];
}

type Match = (update: Update, open: ReadonlyMap<Sym, Update>) => UpdateStep | undefined;

/** The inputs of a node of that op. */
const parts = (s: Sym | undefined, op: string): readonly Sym[] =>
  s !== undefined && s.node.op.name === op ? s.node.inputs : [];
const isScalar = (s: Sym | undefined): s is Sym => s !== undefined && s.rank === 0 && s.dtype === 'float32';
const isVariable = (s: Sym | undefined): s is Sym => s?.node.op === Variable;
const full = (a: Sym, b: Sym): boolean => a.rank === b.rank && a.shape.every((d, i) => d === b.shape[i]);

/** variable - scalar * rest */
function descent({ variable, value }: Update): { rate: Sym; rest: Sym } | undefined {
  const [from, step] = parts(value, 'Sub');
  const [rate, rest] = parts(step, 'Multiply');
  return from === variable && isScalar(rate) && rest !== undefined && full(rest, variable) ? { rate, rest } : undefined;
}

const T = { T: attr.type('float32'), use_locking: attr.bool(false) };

/** w' = w - rate g */
const gradientDescent: Match = (update) => {
  const found = descent(update);
  return (
    found && {
      variables: [update.variable],
      operands: [found.rate, found.rest],
      write: (w, handles, operands, ready) =>
        w.ops('ResourceApplyGradientDescent', [...handles, ...operands], T, ['bool'], { after: ready }),
    }
  );
};

/** v' = momentum v + g; w' = w - rate v' */
const momentum: Match = (update, open) => {
  const found = descent(update);
  const [decayed, g] = parts(found?.rest, 'Add');
  const [v, decay] = parts(decayed, 'Multiply');
  if (found === undefined || !isVariable(v) || !isScalar(decay) || open.get(v)?.value !== found.rest || !full(g!, v))
    return undefined;
  return {
    variables: [update.variable, v],
    operands: [found.rate, g!, decay],
    write: (w, handles, operands, ready) =>
      w.ops('ResourceApplyMomentum', [...handles, ...operands], { ...T, use_nesterov: attr.bool(false) }, ['bool'], {
        after: ready,
      }),
  };
};

/** decay a + (1 - decay) x, with numbers for both. */
function average(s: Sym | undefined): { before: Sym; decay: Sym; x: Sym } | undefined {
  const [kept, taken] = parts(s, 'Add');
  const [before, decay] = parts(kept, 'Multiply');
  const [x, rest] = parts(taken, 'Multiply');
  const [d, r] = [decay && fillValue(decay), rest && fillValue(rest)];
  return isVariable(before) && isScalar(decay) && d !== undefined && r === 1 - d && full(x!, before)
    ? { before, decay, x: x! }
    : undefined;
}

/** Below, separate ops are faster: ResourceApplyAdam always uses another thread, which takes 50 us more than ops on 1,280 values. */
const FEW_VALUES = 16_384;

/**
 * m' = beta1 m + (1 - beta1) g; v' = beta2 v + (1 - beta2) g^2; w' = w - rate m' / (sqrt(v') + epsilon). TensorFlow's op applies the bias
 * correction to the rate; our rate is already corrected, so its powers of beta are passed as 0.
 */
const adam: Match = (update, open) => {
  if (sizeOf(update.variable.shape as readonly number[]) < FEW_VALUES) return undefined;
  const found = descent(update);
  const [m1, denominator] = parts(found?.rest, 'RealDiv');
  const [root, epsilon] = parts(denominator, 'Add');
  const [v1] = parts(root, 'Sqrt');
  const [m, v] = [average(m1), average(v1)];
  const [g] = parts(v?.x, 'Square');
  if (found === undefined || m === undefined || v === undefined || m.x !== g || !isScalar(epsilon)) return undefined;
  if (open.get(m.before)?.value !== m1 || open.get(v.before)?.value !== v1) return undefined;
  return {
    variables: [update.variable, m.before, v.before],
    operands: [found.rate, m.decay, v.decay, epsilon, g!],
    write: (w, handles, operands, ready) => {
      const zero = w.scalar(0, 'float32');
      return w.ops(
        'ResourceApplyAdam',
        [...handles, zero, zero, ...operands],
        { ...T, use_nesterov: attr.bool(false) },
        ['bool'],
        { after: ready },
      );
    },
  };
};

function assignment({ variable, value }: Update): UpdateStep {
  return {
    variables: [variable],
    operands: [value],
    write: (w, [handle], [operand], ready) => {
      // a variable may reuse the memory of the assigned tensor, and a feed's is overwritten by the next run
      const own = isFed(value) ? w.op('DeepCopy', [operand!], { T: attr.type(operand!.dtype) }) : operand!;
      return w.ops('AssignVariableOp', [handle!, own], { dtype: attr.type(own.dtype) }, ['bool'], { after: ready });
    },
  };
}

/** Whether a value is a feed, or a feed under another shape. */
function isFed({ node: { op, inputs } }: Sym): boolean {
  return op.traits.view ? isFed(inputs[0]!) : op.traits.leaf === 'feed';
}
