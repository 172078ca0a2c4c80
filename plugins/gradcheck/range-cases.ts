/** The cases of the range check, over all of float32, and the exceptions in docs/conventions.md. */
import { type AnyOp, type Attrs, type Backend, StopGradient } from '../../engine/index.ts';
import type { CheckedEntry } from './entry.ts';
import { checkRange, describeRangeFault, floatExpression, type RangeFault } from './range.ts';

export interface RangeCase {
  readonly op: AnyOp;
  readonly attrs: Attrs;
}

/** The result of a case on a backend; without faults if it is right. */
export interface RangeRow {
  readonly op: string;
  readonly attrs: Attrs;
  readonly backend: string;
  readonly status: 'ok' | 'failed';
  readonly faults: readonly RangeFault[];
}

/** From this order on, elements below 1 are accurate to 1e-6 absolute, not relative, since they derive from rounded results. */
const ABSOLUTE: Readonly<Record<string, 0 | 1 | 2>> = {
  Elu: 1,
  Gelu: 0,
  LogSigmoid: 2,
  Mish: 2,
  Selu: 1,
  Sigmoid: 1,
  SigmoidCrossEntropyWithLogits: 1,
  Silu: 2,
  Softplus: 2,
  Tanh: 1,
};
/** On wasm, these return 0 where a sigmoid is subnormal. */
const OF_SIGMOIDS = ['Gelu', 'LogSigmoid', 'Mish', 'Sigmoid', 'SigmoidCrossEntropyWithLogits', 'Silu', 'Softplus'];

/** Whether subnormal numbers may be treated as 0, and the largest allowed error, by backend. */
const GPUS = ['webgl', 'webgpu'];
const flushes = (backend: string, op: string): boolean =>
  backend === 'node' || GPUS.includes(backend) || (backend === 'wasm' && OF_SIGMOIDS.includes(op));
const limitOn = (backend: string): number => (GPUS.includes(backend) ? 2e-6 : 1e-6);

/** Derivatives of a power use powers that float32 cannot represent, or the exponent minus 1, which is inexact for large exponents. */
function leavesRange({ what, at: [a, b] }: RangeFault): boolean {
  const powers = [0, 1, 2].map((n) => Math.abs(a! ** (b! - n)));
  return what !== 'value' && (Math.abs(b!) >= 2 ** 24 || powers.some((p) => p < 2 ** -120 || p >= 2 ** 128));
}

const isConvention = (op: string, fault: RangeFault): boolean => op === 'Pow' && leavesRange(fault);

/** A case for each op that is a function of floats and each combination of attributes in its rows. */
export function rangeCases(entries: readonly CheckedEntry[]): readonly RangeCase[] {
  return entries.flatMap(({ op, samples }) => {
    // StopGradient's derivatives are not those of its value
    if (op === undefined || op === StopGradient) return [];
    const attrsOf = new Map(
      samples.map(({ attrs = {} }) => [JSON.stringify(Object.entries(attrs).map(String)), attrs as Attrs]),
    );
    return [...attrsOf.values()]
      .filter((attrs) => floatExpression(op, attrs) !== undefined)
      .map((attrs) => ({ op, attrs }));
  });
}

export const describeRangeCase = (op: string, attrs: Attrs): string =>
  [op, ...Object.entries(attrs).map(([name, value]) => `${name}=${value}`)].join(' ');

/** Checks a case. Faults are sorted by error, the largest first. */
export async function checkRangeCase({ op, attrs }: RangeCase, backend: Backend, seed: number): Promise<RangeRow> {
  const { name } = backend;
  const found = await checkRange(op, backend, {
    attrs,
    seed,
    limit: limitOn(name),
    flushes: flushes(name, op.name),
    absolute: ABSOLUTE[op.name],
  });
  const faults = found.filter((fault) => !isConvention(op.name, fault));
  return { op: op.name, attrs, backend: name, status: faults.length === 0 ? 'ok' : 'failed', faults };
}

/** A row's faults as text: a line for the value and one for each derivative, with the number of elements and examples. */
export function describeRangeRow({ faults, backend }: RangeRow): readonly string[] {
  return [...new Set(faults.map(({ what }) => what))].map((kind) => {
    const own = faults.filter(({ what }) => what === kind);
    const some = [own[0]!, own[own.length >> 1]!, own.at(-1)!].map(describeRangeFault);
    return `on ${backend} ${own.length} elements, such as ${[...new Set(some)].join('; ')}`;
  });
}

export interface RangeReport {
  readonly rows: readonly RangeRow[];
  readonly totals: { readonly rows: number; readonly ok: number; readonly failed: number };
}

export interface RangecheckOptions {
  readonly ops: readonly CheckedEntry[];
  readonly backends: readonly Backend[];
  readonly seed?: number;
  readonly onProgress?: (done: number, total: number, row: RangeRow) => void;
}

/** Checks every op that is a function of floats, over the whole range of float32, on every backend. */
export async function rangecheck({ ops, backends, seed = 0, onProgress }: RangecheckOptions): Promise<RangeReport> {
  const cases = rangeCases(ops);
  const rows: RangeRow[] = [];
  for (const tried of cases)
    for (const backend of backends) {
      rows.push(await checkRangeCase(tried, backend, seed));
      onProgress?.(rows.length, cases.length * backends.length, rows.at(-1)!);
    }
  const failed = rows.filter(({ status }) => status === 'failed').length;
  return { rows, totals: { rows: rows.length, ok: rows.length - failed, failed } };
}
