/** The text form of graphs and plans. */
import { type AttrSchema, isFn } from './attr.ts';
import type { Fn } from './build/function.ts';
import { Graph } from './build/graph.ts';
import type { Node, Sym } from './build/sym.ts';
import { toposort } from './build/toposort.ts';
import { variableName } from './build/update.ts';
import type { Initializer } from './initializer.ts';
import type { ProgramGraph } from './optimize/program-graph.ts';
import type { Plan, Step, Value } from './plan/plan.ts';
import { inputRecord } from './slots.ts';
import { formatType, type TypedArray } from './types.ts';

/** What can be printed: a graph (its named values), a program's graph at any stage, some values, or a plan. */
export type Printable = Graph | ProgramGraph | Readonly<Record<string, Sym>> | Plan;

/** Text for people: one line for each node or step. */
export function print(subject: Printable): string {
  if (subject instanceof Graph) return printNodes(Object.fromEntries(subject.named), []);
  if ('steps' in subject && 'slots' in subject) return printPlan(subject as Plan);
  if ('outputs' in subject && 'updates' in subject && 'kept' in subject) {
    const program = subject as ProgramGraph;
    return printNodes(program.outputs, program.updates.map((u) => [variableName(u.variable), u.value] as const));
  }
  return printNodes(subject as Readonly<Record<string, Sym>>, []);
}

function printNodes(outputs: Readonly<Record<string, Sym>>, updates: readonly (readonly [string, Sym])[]): string {
  const order = toposort([...Object.values(outputs), ...updates.map(([, s]) => s)]);
  const functions = new Map<string, Fn>();
  const rows = order.map((node) => row(node, functions));
  const lines = align(rows);
  for (const [name, s] of Object.entries(outputs)) lines.push(`output ${name} = ${ref(s)}`);
  for (const [name, s] of updates) lines.push(`update ${name} <- ${ref(s)}`);
  // a printed body may bring further Functions
  const printed = new Set<string>();
  for (let pending = [...functions]; pending.length > 0; pending = [...functions].filter(([key]) => !printed.has(key))) {
    for (const [key, fn] of pending) {
      printed.add(key);
      lines.push('', `function ${key}(${fn.parameters.map((p) => `${ref(p)}: ${formatType(p)}`).join(', ')})`);
      lines.push(...align(toposort(fn.results).filter((n) => n.op.name !== 'Parameter').map((n) => row(n, functions))).map((line) => `  ${line}`));
      lines.push(`  return ${fn.results.map(ref).join(', ')}`);
    }
  }
  return lines.join('\n');
}

const isNamed = (node: Node): boolean => node.names.length > 0;
const ref = (s: Sym): string => `${isNamed(s.node) ? s.node.label : `%${s.node.id}`}${s.output === 0 ? '' : `:${s.output}`}`;

function row(node: Node, functions: Map<string, Fn>): readonly [string, string, string] {
  const inputs = Object.entries(inputRecord(node.op, node.inputs, node.arity)).map(
    ([name, value]) => `${name}=${Array.isArray(value) ? `[${(value as Sym[]).map(ref).join(', ')}]` : ref(value as Sym)}`,
  );
  const attrs = Object.keys(node.op.attrs as AttrSchema).flatMap((name) => formatAttr(node, name, functions));
  const types = node.outputs.map(formatType).join(', ');
  const site = node.site;
  return [node.outputs.length === 1 ? ref(node.outputs[0]!) : `${ref(node.outputs[0]!)}..${node.outputs.length - 1}`, `${node.op.name}(${[...inputs, ...attrs].join(', ')})`, `: ${types}${site === undefined ? '' : `   # ${site}`}`];
}

/** An attribute, unless it has its default value or the type says it already. */
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

const formatData = (data: TypedArray): string => `[${[...data.subarray(0, 6)].map((v) => Number(v.toPrecision(4))).join(', ')}${data.length > 6 ? `, ... ${data.length} in all` : ''}]`;

/** Columns of equal width; the last is ragged. */
function align(rows: readonly (readonly [string, string, string])[]): string[] {
  const width = (i: 0 | 1): number => rows.reduce((w, r) => Math.max(w, Math.min(r[i].length, 80)), 0);
  const [first, second] = [width(0), width(1)];
  return rows.map(([a, b, c]) => `${a.padEnd(first)} = ${b.padEnd(second)} ${c}`);
}

// ---- plans

const value = (v: Value): string => `s${v.slot}[${v.shape.join(', ')}]`;

/** Every step, with its buffers' bytes and lives, and the planned peak. */
function printPlan(plan: Plan): string {
  const lines = [
    `plan: ${plan.steps.length} steps, ${plan.slots.length} slots, planned peak ${plan.peakBytes.toLocaleString('en')} bytes`,
    ...plan.feeds.map((v) => `feed     ${value(v)} <- '${v.name}'`),
    ...plan.variables.map((v) => `variable ${value(v)} <- '${v.name}'`),
    ...plan.constants.map((v) => `constant ${value(v)} = ${typeof v.data === 'number' ? v.data : 'start' in v.data ? `${v.data.start}, ${v.data.start + v.data.step}, ...` : formatData(v.data)}`),
    ...plan.steps.flatMap(printStep),
    ...plan.outputs.map((v) => `output   '${v.name}' <- ${value(v)}`),
    ...plan.updates.map((v) => `update   '${v.name}' <- ${value(v)}`),
    '',
    'slot   bytes      life         holds',
    ...plan.slots.map((s, i) => `s${String(i).padEnd(5)} ${String(s.bytes).padEnd(10)} ${`${s.first < 0 ? 'start' : s.first}..${s.last >= plan.steps.length ? 'end' : s.last}`.padEnd(12)} ${s.kind} ${s.label}`),
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
    case 'map':
      return [
        `${head}map ${step.count} times over (${step.mapped.map(value).join(', ')}) with (${step.captured.map(value).join(', ')})   '${step.label}'${free}`,
        ...printPlan(step.body).split('\n').map((line) => `           | ${line}`),
      ];
    default:
      return step satisfies never;
  }
}
