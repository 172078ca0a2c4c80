/** Prints graphs and plans as text, and as diagrams for Graphviz and Mermaid. */

import { type AttrSchema, isFn } from './attr.ts';

import { Graph } from './build/graph.ts';
import { type Fn, isSym, type Node, type Sym } from './build/sym.ts';
import { toposort } from './build/toposort.ts';
import { variableName } from './build/update.ts';
import { requireOfThisCopy } from './copy.ts';
import { AttributeError } from './errors.ts';
import type { Initializer } from './initializer.ts';
import { elementsOf, type Leaf } from './op.ts';
import type { ProgramGraph } from './optimize/program-graph.ts';
import type { Plan, Step, Value } from './plan/plan.ts';
import { inputRecord } from './slots.ts';
import { formatType, type TypedArray } from './types.ts';

/** What can be printed: a graph (its named values), a program's graph at any stage, some values, or a plan. */
export type Printable = Graph | ProgramGraph | Readonly<Record<string, Sym>> | Plan;

export interface PrintOptions {
  /** 'text' by default, with a line for each node or step; 'dot' for Graphviz; 'mermaid' for Markdown. */
  readonly format?: 'text' | 'dot' | 'mermaid';
}

/** A graph or a plan as text or as a diagram. @throws AttributeError for a record with a value that is not a Sym */
export function print(subject: Printable, { format = 'text' }: PrintOptions = {}): string {
  const roots = rootsToPrint(subject);
  if (format === 'text') return 'steps' in roots ? printPlan(roots) : printNodes(roots);
  const diagram = 'steps' in roots ? planDiagram(roots) : nodeDiagram(roots);
  return format === 'dot' ? toDot(diagram) : toMermaid(diagram);
}

interface Roots {
  readonly outputs: Readonly<Record<string, Sym>>;
  readonly updates: readonly (readonly [variable: string, value: Sym])[];
}

function rootsToPrint(subject: Printable): Roots | Plan {
  requireOfThisCopy(subject);
  if (subject instanceof Graph) return { outputs: Object.fromEntries(subject.named), updates: [] };
  if ('steps' in subject && 'slots' in subject) return subject as Plan;
  if ('outputs' in subject && 'updates' in subject && 'kept' in subject) {
    const { outputs, updates } = subject as ProgramGraph;
    return { outputs, updates: updates.map((u) => [variableName(u.variable), u.value] as const) };
  }
  for (const [name, value] of Object.entries(subject))
    if (!isSym(value)) throw new AttributeError(`print: '${name}' is not a Sym: ${String(value)}`);
  return { outputs: subject as Readonly<Record<string, Sym>>, updates: [] };
}

// ---- graphs as text

function printNodes({ outputs, updates }: Roots): string {
  const order = toposort([...Object.values(outputs), ...updates.map(([, s]) => s)]);
  const functions = new Map<string, Fn>();
  const rows = order.map((node) => row(node, functions));
  const lines = align(rows);
  for (const [name, s] of Object.entries(outputs)) lines.push(`output ${name} = ${ref(s)}`);
  for (const [name, s] of updates) lines.push(`update ${name} <- ${ref(s)}`);
  // printing a body may add further Functions
  const printed = new Set<string>();
  for (
    let pending = [...functions];
    pending.length > 0;
    pending = [...functions].filter(([key]) => !printed.has(key))
  ) {
    for (const [key, fn] of pending) {
      printed.add(key);
      lines.push('', `function ${key}(${fn.parameters.map((p) => `${ref(p)}: ${formatType(p)}`).join(', ')})`);
      lines.push(
        ...align(
          toposort(fn.results)
            .filter((n) => n.op.traits.leaf !== 'parameter')
            .map((n) => row(n, functions)),
        ).map((line) => `  ${line}`),
      );
      lines.push(`  return ${fn.results.map(ref).join(', ')}`);
    }
  }
  return lines.join('\n');
}

const isNamed = (node: Node): boolean => node.names.length > 0;
const ref = (s: Sym): string =>
  isNamed(s.node) || s.node.namesOf(s.output).length > 0
    ? s.label
    : `%${s.node.id}${s.output === 0 ? '' : `:${s.output}`}`;
/** The names of a node's outputs: `h`, `left, right`, or `%3..2` for three without names. */
const refs = ({ outputs }: Node): string =>
  outputs.slice(1).some((s) => s.node.namesOf(s.output).length > 0) || outputs.length === 1
    ? outputs.map(ref).join(', ')
    : `${ref(outputs[0]!)}..${outputs.length - 1}`;

function row(node: Node, functions: Map<string, Fn>): readonly [string, string, string] {
  const inputs = Object.entries(inputRecord(node.op, node.inputs, node.arity)).map(
    ([name, value]) =>
      `${name}=${Array.isArray(value) ? `[${(value as Sym[]).map(ref).join(', ')}]` : ref(value as Sym)}`,
  );
  const attrs = Object.keys(node.op.attrs as AttrSchema).flatMap((name) => formatAttr(node, name, functions));
  const types = node.outputs.map(formatType).join(', ');
  const site = node.site;
  return [
    refs(node),
    `${node.op.name}(${[...inputs, ...attrs].join(', ')})`,
    `: ${types}${site === undefined ? '' : `   # ${site}`}`,
  ];
}

/** An attribute as text; [] if it has its default value, or the node's type contains it. */
function formatAttr(node: Node, name: string, functions: Map<string, Fn>): string[] {
  const value = node.attrs[name];
  const schema = (node.op.attrs as AttrSchema)[name]!;
  if (isFn(value)) {
    functions.set(value.key, value);
    return [`${name}=${value.key}`];
  }
  if (name === 'dtype' || (name === 'shape' && node.inputs.length === 0)) return [];
  if ('default' in schema && schema.key(schema.default as never) === schema.key(value as never)) return [];
  if (name === 'init') return [`init=${(value as Initializer).name}`];
  if (ArrayBuffer.isView(value)) return [`${name}=${formatData(value as TypedArray)}`];
  return [`${name}=${JSON.stringify(schema.toJSON(value as never))}`];
}

const formatData = (data: TypedArray): string =>
  `[${[...data.subarray(0, 6)].map((v) => Number(v.toPrecision(4))).join(', ')}${data.length > 6 ? `, ... ${data.length} in all` : ''}]`;

/** Pads the first two columns to equal widths, up to 80. */
function align(rows: readonly (readonly [string, string, string])[]): string[] {
  const width = (i: 0 | 1): number => rows.reduce((w, r) => Math.max(w, Math.min(r[i].length, 80)), 0);
  const [first, second] = [width(0), width(1)];
  return rows.map(([a, b, c]) => `${a.padEnd(first)} = ${b.padEnd(second)} ${c}`);
}

// ---- plans

const value = (v: Value): string => `s${v.slot}[${v.shape.join(', ')}]`;

/** All steps, slots with bytes and live ranges, and the planned peak. */
function printPlan(plan: Plan): string {
  const lines = [
    `plan: ${plan.steps.length} steps, ${plan.slots.length} slots, planned peak ${plan.peakBytes.toLocaleString('en')} bytes`,
    ...plan.feeds.map((v) => `feed     ${value(v)} <- '${v.name}'`),
    ...plan.variables.map((v) => `variable ${value(v)} <- '${v.name}'`),
    ...plan.constants.map(
      (v) =>
        `constant ${value(v)} = ${typeof v.data === 'number' ? v.data : 'start' in v.data ? `${v.data.start}, ${v.data.start + v.data.step}, ...` : formatData(v.data)}`,
    ),
    ...plan.steps.flatMap(printStep),
    ...plan.outputs.map((v) => `output   '${v.name}' <- ${value(v)}`),
    ...plan.updates.map((v) => `update   '${v.name}' <- ${value(v)}`),
    '',
    'slot   bytes      life         holds',
    ...plan.slots.map(
      (s, i) =>
        `s${String(i).padEnd(5)} ${String(s.bytes).padEnd(10)} ${`${s.first < 0 ? 'start' : s.first}..${s.last >= plan.steps.length ? 'end' : s.last}`.padEnd(12)} ${s.kind} ${s.label}`,
    ),
  ];
  return lines.join('\n');
}

function printStep(step: Step, index: number): string[] {
  const free = step.free.length > 0 ? `   frees ${step.free.map((s) => `s${s}`).join(' ')}` : '';
  const out = step.outputs.map(value).join(', ');
  const head = `${String(index).padStart(8)} ${out} = `;
  switch (step.kind) {
    case 'kernel': {
      const inputs = step.inputs.map((v, i) => (step.names === undefined ? value(v) : `${step.names[i]}=${value(v)}`));
      const attrs = Object.entries(step.attrs).map(([name, v]) => `${name}=${JSON.stringify(v)}`);
      return [`${head}${step.kernel}(${[...inputs, ...attrs].join(', ')})   '${step.label}'${free}`];
    }
    case 'draw':
      return [`${head}draw on the host   '${step.label}'${free}`];
    case 'loop':
      return [
        `${head}loop ${step.count} times over (${step.inputs.slice(0, step.mapped).map(value).join(', ')}) with (${step.inputs.slice(step.mapped).map(value).join(', ')})   '${step.label}'${free}`,
        ...printPlan(step.body)
          .split('\n')
          .map((line) => `           | ${line}`),
      ];
    default:
      return step satisfies never;
  }
}

// ---- diagrams

/** A diagram, independent of its format: boxes, arrows between them, and groups of boxes (bodies). */
interface Diagram {
  readonly boxes: readonly Box[];
  readonly arrows: readonly Arrow[];
  readonly groups: readonly { readonly title: string; readonly diagram: Diagram }[];
}

interface Box {
  readonly id: string;
  readonly kind: keyof typeof COLORS;
  readonly lines: readonly string[];
}

interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly label: string;
}

/** Fill and border of each kind of box. */
const COLORS = {
  placeholder: ['#dbeafe', '#2563eb'],
  variable: ['#fef3c7', '#d97706'],
  constant: ['#f3f4f6', '#9ca3af'],
  op: ['#ffffff', '#6b7280'],
  output: ['#dcfce7', '#16a34a'],
  update: ['#fef3c7', '#d97706'],
} as const;

const LEAVES: Readonly<Record<Leaf, Box['kind']>> = {
  feed: 'placeholder',
  parameter: 'placeholder',
  variable: 'variable',
  constant: 'constant',
  random: 'constant',
};

/** Attributes that boxes omit: their title or type contains them, or they are not informative. */
const OMITTED = ['name', 'shape', 'init', 'trainable'];

/** Boxes for a program's outputs and updates, each with an arrow from its value. */
function resultBoxes(
  prefix: string,
  outputs: readonly (readonly [string, string])[],
  updates: readonly (readonly [string, string])[],
): Pick<Diagram, 'boxes' | 'arrows'> {
  const results = [
    ...outputs.map(([name, from]) => ({ kind: 'output' as const, lines: [name], from })),
    ...updates.map(([name, from]) => ({ kind: 'update' as const, lines: [`new ${name}`], from })),
  ];
  return {
    boxes: results.map(({ kind, lines }, i) => ({ id: `${prefix}r${i}`, kind, lines })),
    arrows: results.map(({ from }, i) => ({ from, to: `${prefix}r${i}`, label: '' })),
  };
}

function nodeDiagram({ outputs, updates }: Roots): Diagram {
  const functions = new Map<string, Fn>();
  const drawn = nodesDiagram('', [...Object.values(outputs), ...updates.map(([, s]) => s)], functions);
  const results = resultBoxes(
    '',
    Object.entries(outputs).map(([name, s]) => [name, `n${s.node.id}`]),
    updates.map(([name, s]) => [name, `n${s.node.id}`]),
  );
  // drawing a body may add further Functions, which this loop then visits too
  const groups: Diagram['groups'][number][] = [];
  for (const [key, fn] of functions) {
    const prefix = `f${groups.length}`;
    const body = nodesDiagram(prefix, [...fn.parameters, ...fn.results], functions);
    const results = resultBoxes(
      prefix,
      fn.results.map((s) => ['result', `${prefix}n${s.node.id}`]),
      [],
    );
    groups.push({
      title: `function ${key}`,
      diagram: { boxes: [...body.boxes, ...results.boxes], arrows: [...body.arrows, ...results.arrows], groups: [] },
    });
  }
  return { boxes: [...drawn.boxes, ...results.boxes], arrows: [...drawn.arrows, ...results.arrows], groups };
}

function nodesDiagram(
  prefix: string,
  roots: readonly Sym[],
  functions: Map<string, Fn>,
): Pick<Diagram, 'boxes' | 'arrows'> {
  const order = toposort(roots);
  const kept = new Set(roots.map((s) => s.node));
  const shown = order.filter((node) => kept.has(node) || scalarOf(node) === undefined);
  const boxes = shown.map((node): Box => {
    const attrs = Object.keys(node.op.attrs as AttrSchema)
      .filter((name) => !OMITTED.includes(name))
      .flatMap((name) => formatAttr(node, name, functions));
    const scalars = inputsOf(node).flatMap(({ name, sym }) =>
      kept.has(sym.node) ? [] : (scalarOf(sym.node)?.map((text) => `${name}=${text}`) ?? []),
    );
    const { leaf } = node.op.traits;
    const kind = leaf === undefined ? 'op' : LEAVES[leaf];
    const title = [...(isNamed(node) ? [node.label] : []), ...(kind === 'op' || !isNamed(node) ? [node.op.name] : [])];
    return {
      id: `${prefix}n${node.id}`,
      kind,
      lines: [...title, ...[...scalars, ...attrs].slice(0, 4), node.outputs.map(formatType).join(', ')],
    };
  });
  const arrows = shown.flatMap((node) => {
    const inputs = inputsOf(node);
    const drawn = inputs.filter(({ sym }) => kept.has(sym.node) || scalarOf(sym.node) === undefined);
    return drawn.map(({ name, sym }): Arrow => {
      const output = sym.output === 0 ? '' : `:${sym.output} `;
      return {
        from: `${prefix}n${sym.node.id}`,
        to: `${prefix}n${node.id}`,
        label: `${output}${inputs.length > 1 && !node.op.traits.commutative ? name : ''}`.trim(),
      };
    });
  });
  return { boxes, arrows };
}

const inputsOf = (node: Node): readonly { readonly name: string; readonly sym: Sym }[] =>
  Object.entries(inputRecord(node.op, node.inputs, node.arity)).flatMap(([name, value]) =>
    Array.isArray(value)
      ? (value as Sym[]).map((sym, i) => ({ name: `${name}[${i}]`, sym }))
      : [{ name, sym: value as Sym }],
  );

/** The text of an unnamed scalar constant, which is shown in the boxes of its users instead of its own box; else undefined. */
function scalarOf(node: Node): [string] | undefined {
  if (isNamed(node) || node.outputs[0]!.rank > 0) return undefined;
  const elements = elementsOf(node);
  const value = ArrayBuffer.isView(elements) ? elements[0] : elements;
  return typeof value === 'number' ? [`${Number(value.toPrecision(4))}`] : undefined;
}

function planDiagram(plan: Plan, prefix = ''): Diagram {
  const { slots, steps } = plan;
  const makers = new Map<number, string>();
  const resultSlots = new Set([...plan.outputs, ...plan.updates].map(({ slot }) => slot));
  // scalar constants are shown in the boxes of the steps that use them
  const scalars = new Map(
    plan.constants.flatMap(({ slot, shape, data }) =>
      typeof data === 'number' && shape.length === 0 && !resultSlots.has(slot)
        ? [[slot, `${Number(data.toPrecision(4))}`] as const]
        : [],
    ),
  );
  const leaves = slots.flatMap((slot, i): Box[] => {
    if (slot.kind === 'value' || scalars.has(i)) return [];
    makers.set(i, `${prefix}s${i}`);
    return [{ id: `${prefix}s${i}`, kind: LEAVES[slot.kind], lines: [slot.label, bytes(slot.bytes)] }];
  });
  const inputs = (step: Step): readonly { readonly name: string; readonly slot: number }[] =>
    step.inputs.map(({ slot }, k) => ({ name: (step.kind === 'kernel' && step.names?.[k]) || `${k}`, slot }));
  const made = steps.map((step, i): Box => {
    for (const { slot } of step.outputs) makers.set(slot, `${prefix}t${i}`);
    const what =
      step.kind === 'kernel' ? step.kernel : step.kind === 'draw' ? 'draw on the host' : `loop ${step.count} times`;
    const label = step.kind === 'kernel' && step.label.startsWith(`${step.kernel}_`) ? [] : [`'${step.label}'`];
    const known = inputs(step).flatMap(({ name, slot }) => (scalars.has(slot) ? [`${name}=${scalars.get(slot)}`] : []));
    return {
      id: `${prefix}t${i}`,
      kind: 'op',
      lines: [
        `${i} ${what}`,
        ...label,
        ...known,
        step.outputs.map((v) => `${value(v)} ${bytes(slots[v.slot]!.bytes)}`).join(', '),
      ],
    };
  });
  const arrows = steps.flatMap((step, i) => {
    const all = inputs(step);
    return all.flatMap(({ name, slot }): Arrow[] =>
      makers.has(slot) ? [{ from: makers.get(slot)!, to: `${prefix}t${i}`, label: all.length > 1 ? name : '' }] : [],
    );
  });
  const named = ({ name, slot }: { readonly name: string; readonly slot: number }) =>
    [name, makers.get(slot)!] as const;
  const results = resultBoxes(prefix, plan.outputs.map(named), plan.updates.map(named));
  const groups = steps.flatMap((step, i) =>
    step.kind === 'loop' ? [{ title: `body of step ${i}`, diagram: planDiagram(step.body, `${prefix}m${i}`) }] : [],
  );
  return { boxes: [...leaves, ...made, ...results.boxes], arrows: [...arrows, ...results.arrows], groups };
}

const bytes = (n: number): string => `${n.toLocaleString('en')} B`;

/** Graphviz's language. Each box has its kind as its class, so that a page can restyle the diagram. */
function toDot(diagram: Diagram): string {
  const quote = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n')}"`;
  const body = ({ boxes, arrows, groups }: Diagram, indent: string): string[] => [
    ...boxes.map(
      ({ id, kind, lines }) =>
        `${indent}${id} [class=${kind}, label=${quote(lines.join('\n'))}, fillcolor="${COLORS[kind][0]}", color="${COLORS[kind][1]}"]`,
    ),
    ...arrows.map(
      ({ from, to, label }) => `${indent}${from} -> ${to}${label === '' ? '' : ` [label=${quote(` ${label} `)}]`}`,
    ),
    ...groups.flatMap(({ title, diagram: inner }, i) => [
      `${indent}subgraph cluster_${inner.boxes[0]?.id ?? i} {`,
      `${indent}  label=${quote(title)}; class=group; fontname="Helvetica,Arial,sans-serif"; fontsize=11; color="#9ca3af"`,
      ...body(inner, `${indent}  `),
      `${indent}}`,
    ]),
  ];
  return [
    'digraph {',
    '  bgcolor=transparent',
    '  node [shape=box, style="rounded,filled", fontname="Helvetica,Arial,sans-serif", fontsize=11, height=0.3, margin="0.12,0.06"]',
    '  edge [fontname="Helvetica,Arial,sans-serif", fontsize=9, color="#6b7280", arrowsize=0.7]',
    ...body(diagram, '  '),
    '}',
  ].join('\n');
}

function toMermaid(diagram: Diagram): string {
  const escaped = (text: string): string => text.replace(/[#"<>&`]/g, (c) => `#${c.charCodeAt(0)};`);
  const body = ({ boxes, arrows, groups }: Diagram, indent: string): string[] => [
    ...boxes.map(({ id, kind, lines }) => `${indent}${id}["${lines.map(escaped).join('<br/>')}"]:::${kind}`),
    ...arrows.map(({ from, to, label }) => `${indent}${from} -->${label === '' ? '' : `|"${escaped(label)}"|`} ${to}`),
    ...groups.flatMap(({ title, diagram: inner }, i) => [
      `${indent}subgraph group_${inner.boxes[0]?.id ?? i} ["${escaped(title)}"]`,
      ...body(inner, `${indent}  `),
      `${indent}end`,
    ]),
  ];
  const classes = Object.entries(COLORS).map(
    ([kind, [fill, stroke]]) => `  classDef ${kind} fill:${fill},stroke:${stroke},color:#111827`,
  );
  return ['flowchart TD', ...body(diagram, '  '), ...classes].join('\n');
}
