/** An op that is given one value for two of its inputs gives what it gives for two equal values, and so do its gradients. */
import { expect } from 'chai';
import {
  type Backend,
  building,
  compile,
  evaluateDim,
  Graph,
  type HostValue,
  isDifferentiable,
  isSym,
  type Sym,
  sizeOf,
  vjp,
} from '../../engine/index.ts';
import { hashSeed, hostUniform } from '../../engine/random.ts';
import type { Sample } from '../../ops/sample.ts';
import { type SampledEntry, sampled } from '../../ops/samples.ts';
import { farthest, scaleOf } from '../../plugins/gradcheck/distance.ts';
import { bindingsOf, type DrawnInput, drawInputs } from '../../plugins/gradcheck/draw.ts';
import { FULL } from '../support/effort.ts';
import { HERE } from '../support/here.ts';
import { SEED } from '../support/seed.ts';

type Pair = readonly [first: DrawnInput, second: DrawnInput];

/** Two inputs of one type; an integer may be an index of another range. */
function pairOf(drawn: readonly DrawnInput[]): Pair | undefined {
  for (const [i, a] of drawn.entries()) {
    if (!isDifferentiable(a.dtype)) continue;
    const b = drawn.slice(i + 1).find((other) => other.dtype === a.dtype && other.shape.join() === a.shape.join());
    if (b !== undefined) return [a, b];
  }
  return undefined;
}

/** Values of the row, and their gradient by the two inputs together, where both have the value of the first. */
async function valuesOf(
  { op }: SampledEntry,
  sample: Sample,
  drawn: readonly DrawnInput[],
  [first, second]: Pair,
  isOne: boolean,
  backend: Backend,
): Promise<readonly ArrayLike<number>[]> {
  const g = new Graph();
  const feeds: Record<string, HostValue> = {};
  const given: Record<string, Sym> = {};
  for (const { name, shape, dtype, value } of drawn) {
    if (isOne && name === second.name) continue;
    given[name] = g.placeholder(name, shape, dtype);
    feeds[name] = name === second.name ? first.value : value;
  }
  if (isOne) given[second.name] = given[first.name]!;
  const slots: Record<string, Sym | readonly Sym[]> = {};
  for (const { name, slot } of drawn)
    slots[slot] = Array.isArray(sample.inputs[slot])
      ? [...((slots[slot] ?? []) as readonly Sym[]), given[name]!]
      : given[name]!;
  const built =
    sample.build === undefined
      ? op!.nodes(slots, sample.attrs ?? {})
      : building(g, () => sample.build!(slots as Record<string, Sym>));
  const ys = (isSym(built) ? [built] : built).map((y) => g.adopt(y));
  const smooth = ys.filter((y) => y.dtype === 'float32');
  const by = [first, second].slice(0, isOne ? 1 : 2).map(({ name }) => given[name]!);
  const dims = bindingsOf(sample);
  const along = smooth.map((y, k) => {
    const shape = y.shape.map((d) => evaluateDim(d, dims));
    feeds[`w${k}`] = { data: hostUniform(hashSeed(SEED, `w${k}`), sizeOf(shape)), shape, dtype: 'float32' };
    return g.placeholder(`w${k}`, y.shape);
  });
  const isSmooth = isDifferentiable(first.dtype) && smooth.length > 0 && sample.notDifferentiable === undefined;
  const slopes = isSmooth ? vjp(smooth, along, by, { unconnected: 'zeros' }) : [];
  const outputs = Object.fromEntries([...ys, ...slopes].map((y, k) => [`y${k}`, y]));
  const program = await compile(outputs, { backend });
  try {
    const results = Object.values(await program.run(feeds)).map(({ data }) => data);
    const [values, parts] = [results.slice(0, ys.length), results.slice(ys.length)];
    if (parts.length === 0) return values;
    return [...values, Float32Array.from(parts[0]!, (d, i) => d + (parts[1]?.[i] ?? 0))];
  } finally {
    program.dispose();
  }
}

describe('one value for two inputs', () => {
  before(() => Promise.all(HERE.map((backend) => backend.start())));

  for (const entry of sampled) {
    const rows = [...entry.samples.entries()].flatMap(([row, sample]) => {
      const drawn = drawInputs(sample, SEED);
      const pair = pairOf(drawn);
      return pair === undefined ? [] : [{ row, sample, drawn, pair }];
    });
    if (rows.length === 0) continue;
    (FULL ? it : it.skip)(entry.path, async () => {
      for (const { row, sample, drawn, pair } of rows) {
        for (const backend of HERE) {
          const of = (isOne: boolean) => valuesOf(entry, sample, drawn, pair, isOne, backend);
          const [one, two] = [await of(true), await of(false)];
          const scale = scaleOf(two);
          one.forEach((actual, k) => {
            const { error } = farthest(actual, two[k]!, scale);
            expect(error, `row ${row} on ${backend.name}, value ${k}`).to.be.at.most(1e-5);
          });
        }
      }
    });
  }
});
