/** Elementwise ops over the whole range of float32: which are held to it, and what of them. */
import type { AnyOp, Attrs, Backend } from '../../engine/index.ts';
import { catalogue } from '../../ops/catalogue.ts';
import { checkRange, describeRangeFault, floatExpression, type RangeFault } from '../../plugins/gradcheck/range.ts';

/** Functions whose slopes are made of their rounded results: their values alone. */
const SLOPES_OF_RESULTS = ['Elu', 'LogSigmoid', 'Mish', 'Selu', 'Sigmoid', 'Silu', 'Softplus', 'Tanh'];
/** On wasm these make their lower bound of a NaN. */
const CLIPPED = ['ClipByValue', 'HardSigmoid', 'Relu6'];
/** Of these, not all is right yet. */
const NOT_YET = [
  'DivNoNan',
  'Gelu',
  'Mish',
  'Mod',
  'Pow',
  'Prelu',
  'RealDiv',
  'SigmoidCrossEntropyWithLogits',
  'Silu',
  'Softsign',
];

export interface RangeCase {
  readonly title: string;
  readonly op: AnyOp;
  readonly attrs: Attrs;
}

/** Each op that is a function of floats, with each of the attributes that its rows have. */
export const rangeCases: readonly RangeCase[] = catalogue.flatMap(({ op, samples }) => {
  if (op === undefined || NOT_YET.includes(op.name)) return [];
  const attrsOf = new Map(samples.map(({ attrs = {} }) => [Object.entries(attrs).join(' '), attrs as Attrs]));
  return [...attrsOf]
    .filter(([, attrs]) => floatExpression(op, attrs) !== undefined)
    .map(([text, attrs]) => ({ title: `${op.name} ${text}`.trim(), op, attrs }));
});

const isConvention = (op: string, backend: string, { at }: RangeFault): boolean =>
  backend === 'wasm' && ((CLIPPED.includes(op) && at.some(Number.isNaN)) || (op === 'Sigmoid' && at[0]! < -87));

/** What is farther off than it may be, in words: a line for the values, and one for each derivative. */
export async function rangeFaults(
  { op, attrs }: RangeCase,
  backend: Backend,
  seed: number,
): Promise<readonly string[]> {
  const isGpu = backend.name.startsWith('webg');
  const faults = await checkRange(op, backend, {
    attrs,
    seed,
    limit: isGpu ? 2e-6 : 1e-6,
    flushes: isGpu || backend.name === 'node',
    order: SLOPES_OF_RESULTS.includes(op.name) ? 0 : 2,
  });
  const found = faults.filter((fault) => !isConvention(op.name, backend.name, fault));
  return [...new Set(found.map(({ what }) => what))].map((kind) => {
    const own = found.filter(({ what }) => what === kind);
    const some = [own[0]!, own[own.length >> 1]!, own.at(-1)!].map(describeRangeFault).join('; ');
    return `on ${backend.name} ${own.length} elements, such as ${some}`;
  });
}
