/** Elementwise ops over the whole range of float32: which are held to it, and what of them. */
import type { AnyOp, Attrs, Backend } from '../../engine/index.ts';
import { catalogue } from '../../ops/catalogue.ts';
import { checkRange, describeRangeFault, floatExpression, type RangeFault } from '../../plugins/gradcheck/range.ts';

/** From which order on these are right to 1e-6 of 1, and not of themselves: their slopes are made of rounded results. */
const ABSOLUTE: Readonly<Record<string, 0 | 1 | 2>> = {
  Elu: 1,
  Gelu: 0,
  LogSigmoid: 2,
  Mish: 2,
  Selu: 1,
  Sigmoid: 1,
  Silu: 2,
  Softplus: 2,
  Tanh: 1,
};
/** On wasm these make their lower bound of a NaN. */
const CLIPPED = ['ClipByValue', 'HardSigmoid', 'Relu6'];
export interface RangeCase {
  readonly title: string;
  readonly op: AnyOp;
  readonly attrs: Attrs;
}

/** Each op that is a function of floats, with each of the attributes that its rows have. */
export const rangeCases: readonly RangeCase[] = catalogue.flatMap(({ op, samples }) => {
  if (op === undefined) return [];
  const attrsOf = new Map(samples.map(({ attrs = {} }) => [Object.entries(attrs).join(' '), attrs as Attrs]));
  return [...attrsOf]
    .filter(([, attrs]) => floatExpression(op, attrs) !== undefined)
    .map(([text, attrs]) => ({ title: `${op.name} ${text}`.trim(), op, attrs }));
});

/** On wasm sigmoids are 0 where they are subnormal. */
const OF_SIGMOIDS = ['Gelu', 'LogSigmoid', 'Mish', 'Sigmoid', 'SigmoidCrossEntropyWithLogits', 'Silu', 'Softplus'];

/** A power's derivatives are made of powers that float32 does not hold, or of one less than an exponent that has no units. */
function leavesRange({ what, at: [a, b] }: RangeFault): boolean {
  const powers = [0, 1, 2].map((n) => Math.abs(a! ** (b! - n)));
  return what !== 'value' && (Math.abs(b!) >= 2 ** 24 || powers.some((p) => p < 2 ** -120 || p >= 2 ** 128));
}

const isConvention = (op: string, backend: string, fault: RangeFault): boolean =>
  (backend === 'wasm' && CLIPPED.includes(op) && fault.at.some(Number.isNaN)) || (op === 'Pow' && leavesRange(fault));

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
    flushes: isGpu || backend.name === 'node' || (backend.name === 'wasm' && OF_SIGMOIDS.includes(op.name)),
    absolute: ABSOLUTE[op.name],
  });
  const found = faults.filter((fault) => !isConvention(op.name, backend.name, fault));
  return [...new Set(found.map(({ what }) => what))].map((kind) => {
    const own = found.filter(({ what }) => what === kind);
    const some = [own[0]!, own[own.length >> 1]!, own.at(-1)!].map(describeRangeFault).join('; ');
    return `on ${backend.name} ${own.length} elements, such as ${some}`;
  });
}
