/** Makes plans: the order of nodes, their slots, how long these live, and a step for each node. */

import type { Fn, Sym } from '../build/sym.ts';
import { variableName } from '../build/update.ts';
import { shownAs } from '../inspect.ts';
import type { ProgramGraph } from '../optimize/program-graph.ts';
import { liveness, peakOf } from './liveness.ts';
import { keepNodes, type NamedValue, type Plan, type Value } from './plan.ts';
import { schedule } from './schedule.ts';
import { assignSlots } from './slots.ts';
import { needsStep, stepOf } from './steps.ts';

/** Plans a program whose dims are numbers. @throws UnsupportedOpError for an op that no step stands for */
export function makePlan(program: ProgramGraph): Plan {
  const outputs = Object.entries(program.outputs).map(([name, sym]) => ({ name, sym }));
  const updates = program.updates.map((u) => ({ name: variableName(u.variable), sym: u.value }));
  return planRegion({ outputs, updates, kept: program.kept, parameters: [] }, new Map());
}

interface Root {
  readonly name: string;
  readonly sym: Sym;
}

interface PlannedRegion {
  readonly outputs: readonly Root[];
  readonly updates: readonly Root[];
  readonly kept: readonly Sym[];
  readonly parameters: readonly Sym[];
}

/** @param bodies plans of bodies, by the keys of their Functions */
function planRegion({ outputs, updates, kept, parameters }: PlannedRegion, bodies: Map<string, Plan>): Plan {
  const roots = [...outputs, ...updates];
  const order = schedule([...roots.map((r) => r.sym), ...kept]);
  const { contents, valuesOf, ...leaves } = assignSlots(order, parameters);
  const nodes = order.filter(needsStep);
  const planned = ({ node, output }: Sym): Value => valuesOf(node)[output]!;
  const operands = nodes.map((node) => ({ inputs: node.inputs.map(planned), outputs: valuesOf(node) }));
  const ends = roots.map((r) => planned(r.sym).slot);
  const { first, last, free } = liveness(contents, operands, ends);
  const slots = contents.map(({ label, kind, bytes }, i) => ({ label, kind, bytes, first: first[i]!, last: last[i]! }));
  const steps = nodes.map((node, i) => stepOf(node, operands[i]!, free[i]!, (fn) => planBody(fn, bodies)));
  const named = ({ name, sym }: Root): NamedValue => ({ ...planned(sym), name });
  const plan: Plan = {
    slots,
    ...leaves,
    steps,
    outputs: outputs.map(named),
    updates: updates.map(named),
    peakBytes: peakOf(slots, steps),
  };
  shownAs(plan, () => `Plan of ${steps.length} steps, ${slots.length} slots, ${plan.peakBytes} bytes`);
  keepNodes(plan, nodes);
  return plan;
}

function planBody({ key, parameters, results }: Fn, bodies: Map<string, Plan>): Plan {
  let plan = bodies.get(key);
  if (plan === undefined) {
    const outputs = results.map((sym, i) => ({ name: `${i}`, sym }));
    plan = planRegion({ outputs, updates: [], kept: [], parameters }, bodies);
    bodies.set(key, plan);
  }
  return plan;
}
