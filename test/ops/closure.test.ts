/**
 * Closure: whatever a gradient rule emits is an op that has gradient rules, and samples of its own. The rows of all ops are
 * differentiated again and again, and every op that comes up is looked at.
 */
import { expect } from 'chai';
import {
  type AnyOp,
  isDifferentiable,
  loweringOf,
  NOT_DIFFERENTIABLE,
  type Node,
  primitives,
  type Sym,
  toposort,
  vjp,
} from '../../engine/index.ts';
import { sampled } from '../../ops/samples.ts';
import { drawInputs } from '../../plugins/gradcheck/draw.ts';
import { buildSubject } from '../../plugins/gradcheck/subject.ts';
import { EFFORT } from '../support/effort.ts';

/** Rows of each op that are taken to third order, which for a few are large graphs. */
const ROWS = { quick: 2, full: 6, deep: Number.POSITIVE_INFINITY }[EFFORT];

const known = new Set<AnyOp>([...primitives, ...sampled.flatMap(({ op }) => op ?? [])]);

/** What a node's op has to have, in words; nothing where it has it. */
function faultsOf({ op, inputs }: Node): string[] {
  const faults = known.has(op) ? [] : [`${op.name} is in no sampled, so that nothing checks it`];
  const rules = op.definition.gradient as Readonly<Record<string, unknown>> | undefined;
  if (rules === undefined && loweringOf(op, 'composite') === undefined)
    faults.push(`${op.name} has neither rules nor a composite`);
  const refusing = Object.keys(rules ?? {}).filter((name) => rules![name] === NOT_DIFFERENTIABLE);
  if (refusing.length > 0 && inputs.some((s) => isDifferentiable(s.dtype)))
    faults.push(`${op.name} refuses a gradient by ${refusing.join(', ')}`);
  return faults;
}

describe('the closure of the gradient rules', () => {
  for (const entry of sampled) {
    it(`${entry.path}`, () => {
      const faults = new Set<string>();
      const emitted = new Set<Node>();
      const look = (syms: readonly Sym[]): void => {
        for (const node of toposort(syms)) {
          if (emitted.has(node)) continue;
          emitted.add(node);
          for (const fault of faultsOf(node)) faults.add(fault);
        }
      };
      for (const sample of entry.samples.slice(0, ROWS)) {
        const subject = buildSubject(entry.op, sample, drawInputs(sample, 1), 1);
        const { xs, gradients, second } = subject;
        if (Object.keys(xs).length === 0) continue;
        const twice = Object.values(second);
        look([...Object.values(gradients), ...twice]);
        const third = vjp(
          twice,
          twice.map(() => 1),
          xs,
          { unconnected: 'zeros' },
        );
        look(Object.values(third));
      }
      expect([...faults]).to.deep.equal([]);
    });
  }
});
