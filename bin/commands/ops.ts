/** The command `ops`: lists and describes ops. */
import { Command } from 'commander';
import { type AnyAttr, type AnyOp, NOT_DIFFERENTIABLE, parseSlot, ZERO } from '../../engine/index.ts';
import { type CommonOptions, withCommonOptions } from '../options.ts';
import { colors, count, heading, table, write, writeJson } from '../output.ts';
import { type OpListing, openSession, type SampledListing } from '../session.ts';

export const command = withCommonOptions(
  new Command('ops')
    .description('Lists the ops, or shows one: its formulas, its inputs and attributes, and where they come from.')
    .argument('[op]', 'an op, its file, or a family: Tanh, elementwise/tanh, losses')
    .addHelpText(
      'after',
      '\nExamples:\n  $ retrograph ops\n  $ retrograph ops losses\n  $ retrograph ops BatchMatMul\n  $ retrograph ops LogCosh --plugin examples/plugin',
    ),
).action(async (name: string | undefined, options: CommonOptions) => {
  const session = await openSession(options);
  const found = name === undefined ? session.ops() : session.findOps(name);
  const [one] = found.length === 1 ? await session.withSamples(found) : [];
  if (options.json) writeJson(one === undefined ? found.map(summarize) : describe(one));
  else write(one === undefined ? list(found) : show(one));
});

type Derivative = 'rule' | 'zero' | 'none' | 'expanded';

/** How an op is differentiated by an input. A composite without rules is differentiated through its expansion. */
function derivativeOf(op: AnyOp | undefined, input: string): Derivative {
  const rules = op?.definition.gradient as Readonly<Record<string, unknown>> | undefined;
  if (rules === undefined) return 'expanded';
  if (rules[input] === ZERO) return 'zero';
  return rules[input] === NOT_DIFFERENTIABLE ? 'none' : 'rule';
}

const SAYS: Readonly<Record<Derivative, string>> = {
  rule: 'differentiable',
  zero: 'derivative zero',
  none: 'not differentiable',
  expanded: 'differentiable, through the ops that it is made of',
};

/** The inputs with their derivatives; for a builder without an op, those in its doc. */
function inputsOf({
  op,
  doc,
}: OpListing): readonly { readonly name: string; readonly kind: string; readonly derivative: Derivative }[] {
  if (op === undefined) {
    const told = (formula: string): Derivative => (formula === 'zero' || formula === 'none' ? formula : 'expanded');
    return Object.entries(doc.gradient).map(([name, formula]) => ({
      name,
      kind: 'required',
      derivative: told(formula),
    }));
  }
  return (op.inputs as readonly string[])
    .map(parseSlot)
    .map(({ name, kind }) => ({ name, kind, derivative: derivativeOf(op, name) }));
}

const differentiable = (op: OpListing): readonly string[] =>
  inputsOf(op)
    .filter(({ derivative }) => derivative === 'rule' || derivative === 'expanded')
    .map(({ name }) => name);

const summarize = (op: OpListing) => ({
  name: op.name,
  family: op.family,
  path: op.path,
  summary: op.doc.summary,
  differentiable: differentiable(op),
});

function attributesOf(
  op: AnyOp | undefined,
): readonly { readonly name: string; readonly expects: string; readonly default?: unknown }[] {
  return Object.entries((op?.attrs ?? {}) as Readonly<Record<string, AnyAttr>>).map(([name, schema]) => ({
    name,
    expects: schema.expects,
    ...('default' in schema && { default: schema.default === undefined ? null : schema.toJSON(schema.default) }),
  }));
}

function describe(entry: SampledListing) {
  const { forward, gradient, source } = entry.doc;
  const { op } = entry;
  return {
    ...summarize(entry),
    inputs: inputsOf(entry),
    outputs: op?.outputs ?? ['y'],
    attributes: attributesOf(op),
    forward,
    gradient,
    source,
    lowering: op?.definition.lowering.map(({ kind }) => kind) ?? ['composite'],
    samples: entry.samples.length,
  };
}

function list(ops: readonly OpListing[]): string {
  const families = [...new Set(ops.map(({ family }) => family))];
  const rows = families.flatMap((family) =>
    ops
      .filter((op) => op.family === family)
      .map((op, i) => [
        i === 0 ? family : '',
        colors.cyan(op.name),
        op.doc.summary,
        differentiable(op).join(', ') || '-',
      ]),
  );
  return `${table(['family', 'op', 'what it is', 'differentiable by'], rows)}\n\n${count(ops.length, 'op')}`;
}

function show(entry: SampledListing): string {
  const { name, path, doc, attributes, inputs, outputs, lowering, samples } = { ...describe(entry), doc: entry.doc };
  const title = (text: string): string => colors.dim(text.padEnd(12));
  const gradient = Object.entries(doc.gradient).map(
    ([input, formula]) => `  \\bar ${input.length === 1 ? input : `{${input}}`} = ${formula}`,
  );
  const kinds = { required: '', optional: ', optional', variadic: ', any number of them' };
  return [
    `${heading(name)}  ${colors.dim(path)}`,
    doc.summary,
    '',
    heading('Formulas'),
    `  ${doc.forward}`,
    ...gradient,
    '',
    heading('Inputs'),
    ...inputs.map(
      ({ name: input, kind, derivative }) =>
        `  ${colors.cyan(input)}: ${SAYS[derivative]}${kinds[kind as keyof typeof kinds]}`,
    ),
    ...(attributes.length === 0 ? [] : ['', heading('Attributes')]),
    ...attributes.map(
      (a) =>
        `  ${colors.cyan(a.name)}: ${a.expects}${a.default === undefined || a.default === null ? '' : ` (default: ${JSON.stringify(a.default)})`}`,
    ),
    '',
    `${title('outputs')}${(outputs as readonly string[]).join(', ')}`,
    `${title('runs as')}${lowering.join(', else ')}`,
    `${title('checked by')}${count(samples, 'sample')}: retrograph gradcheck ${name}`,
    `${title('source')}${doc.source}`,
  ].join('\n');
}
