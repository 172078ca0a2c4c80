/**
 * Writes updates as TensorFlow's optimizer ops, which change a variable in place, if the update's formula matches; else as assignments. A
 * formula is recognised by its nodes, whatever optimizer built it.
 */
import type { Matched, NodePattern, Pattern, ProgramGraph, Sym, Update } from '../../../engine/index.ts';
import { fillValue, match, pattern, sameShape, sizeOf } from '../../../engine/index.ts';
import * as attr from './attributes.ts';
import type { Attributes, GraphWriter, Ref } from './writer.ts';

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

/** One of TensorFlow's steps, by the value that it gives the variable `w`. */
interface StepRule {
  readonly op: string;
  readonly attrs: Attributes;
  readonly pattern: NodePattern;
  /** The other variables that it changes, and their new values: by their names in the pattern. */
  readonly slots: Readonly<Record<string, string>>;
  /** Numbers that come before the operands. */
  readonly numbers?: readonly number[];
  /** What it takes, in order; the gradient is `g`. */
  readonly operands: readonly string[];
  readonly when?: (matched: Matched) => boolean;
}

const isScalar = ({ rank, dtype }: Sym): boolean => rank === 0 && dtype === 'float32';
const scalar = (name: string): Pattern => ({ value: name, when: isScalar });
const variable = (name: string): Pattern => pattern('Variable', undefined, { as: name });

/** w - rate step */
const descent = (step: Pattern): NodePattern => pattern('Sub', ['w', pattern('Multiply', [scalar('rate'), step])]);

/** decay before + rest x */
const average = (as: string, before: string, decay: string, rest: string, x: Pattern): NodePattern =>
  pattern('Add', [pattern('Multiply', [variable(before), scalar(decay)]), pattern('Multiply', [x, scalar(rest)])], {
    as,
  });
/** Whether two weights are numbers whose sum is 1. */
const areComplements = (decay: Sym, rest: Sym): boolean => {
  const d = fillValue(decay);
  return d !== undefined && fillValue(rest) === 1 - d;
};

/** TensorFlow's step hands a part of the work to another thread, however little there is: 50 us more than ops on 1,280 values take. */
const FEW_VALUES = 16_384;

const T = { T: attr.type('float32'), use_locking: attr.bool(false) };

/** Those of several variables first: what they take is no longer an update of its own. */
const RULES: readonly StepRule[] = [
  {
    // m' = beta1 m + (1 - beta1) g; v' = beta2 v + (1 - beta2) g^2; w' = w - rate m' / (sqrt(v') + epsilon). TensorFlow's step
    // corrects the rate for how many there have been; ours comes corrected, so its powers of beta are 0
    op: 'ResourceApplyAdam',
    attrs: { ...T, use_nesterov: attr.bool(false) },
    pattern: descent(
      pattern('RealDiv', [
        average("m'", 'm', 'beta1', '1 - beta1', 'g'),
        pattern('Add', [
          pattern('Sqrt', [average("v'", 'v', 'beta2', '1 - beta2', pattern('Square', ['g']))]),
          scalar('epsilon'),
        ]),
      ]),
    ),
    slots: { m: "m'", v: "v'" },
    numbers: [0, 0],
    operands: ['rate', 'beta1', 'beta2', 'epsilon', 'g'],
    when: (matched) =>
      sizeOf(matched.w!.shape as readonly number[]) >= FEW_VALUES &&
      areComplements(matched.beta1!, matched['1 - beta1']!) &&
      areComplements(matched.beta2!, matched['1 - beta2']!),
  },
  {
    // v' = momentum v + g; w' = w - rate v'
    op: 'ResourceApplyMomentum',
    attrs: { ...T, use_nesterov: attr.bool(false) },
    pattern: descent(pattern('Add', [pattern('Multiply', [variable('v'), scalar('momentum')]), 'g'], { as: "v'" })),
    slots: { v: "v'" },
    operands: ['rate', 'g', 'momentum'],
  },
  {
    op: 'ResourceApplyGradientDescent',
    attrs: T,
    pattern: descent('g'),
    slots: {},
    operands: ['rate', 'g'],
  },
];

export function matchUpdates({ updates }: ProgramGraph): readonly UpdateStep[] {
  const open = new Map(updates.map((u) => [u.variable, u]));
  const steps: UpdateStep[] = [];
  for (const rule of RULES) {
    for (const update of updates) {
      const step = open.has(update.variable) ? stepOf(rule, update, open) : undefined;
      if (step === undefined) continue;
      steps.push(step);
      for (const changed of step.variables) open.delete(changed);
    }
  }
  return [...steps, ...[...open.values()].map(assignment)];
}

/** @param open updates that no step makes yet */
function stepOf(
  rule: StepRule,
  { variable: w, value }: Update,
  open: ReadonlyMap<Sym, Update>,
): UpdateStep | undefined {
  const matched = match(rule.pattern, value.node, () => true);
  if (matched?.w !== w || rule.when?.(matched) === false) return undefined;
  const slots = Object.entries(rule.slots).map(([name, next]) => [matched[name]!, matched[next]!] as const);
  if (slots.some(([slot, next]) => open.get(slot)?.value !== next)) return undefined;
  if ([matched.g!, ...slots.map(([slot]) => slot)].some((s) => !sameShape(s.shape, w.shape))) return undefined;
  return {
    variables: [w, ...slots.map(([slot]) => slot)],
    operands: rule.operands.map((name) => matched[name]!),
    write: (writer, handles, operands, ready) => {
      const numbers = (rule.numbers ?? []).map((n) => writer.scalar(n, 'float32'));
      return writer.ops(rule.op, [...handles, ...numbers, ...operands], rule.attrs, ['bool'], { after: ready });
    },
  };
}

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
