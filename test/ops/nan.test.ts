/**
 * NaN in, nothing finite out: where a result depends on an element of an input, and that is NaN, it is not finite; nor is the gradient of
 * its square by what it depends on. A comparison with NaN, which does not hold, must not make a number of it.
 */
import { expect } from 'chai';
import { compile, Graph, type Sym } from '../../engine/index.ts';
import * as ops from '../../ops/index.ts';
import type { Sample } from '../../ops/sample.ts';
import type { SampledEntry } from '../../ops/samples.ts';
import { drawInputs } from '../../plugins/gradcheck/draw.ts';
import { buildSubject } from '../../plugins/gradcheck/subject.ts';
import { EFFORT } from '../support/effort.ts';
import { HERE } from '../support/here.ts';
import { SEED } from '../support/seed.ts';
import { sweep } from '../support/swept-rows.ts';

/** The bits of NaNs of both signs: that of 0 / 0 has the sign bit set on x86. */
const NANS = [0x7fc00000, 0xffc00000 | 0];

/** What overlooks NaN (docs/conventions.md says where), and rows that choose by a comparison. */
const isExcept = (path: string, backend: string): boolean =>
  /^(comparison\/where|convolution\/dilation2d|image\/(crop-and-resize|transform)|pooling\/(max-.*|pool))$/.test(
    path,
  ) ||
  (path === 'convolution/fused-depthwise-conv2d' && backend === 'wasm');

async function faultsOf(
  { op }: SampledEntry,
  sample: Sample,
  backend: (typeof HERE)[number],
): Promise<readonly string[]> {
  const { outputs, xs, smooth, gradients, feeds } = buildSubject(op, sample, drawInputs(sample, SEED), SEED);
  if (Object.keys(xs).length === 0) return [];
  const program = await compile({ ...outputs, ...gradients }, { backend });
  const needed = Object.fromEntries(Object.entries(feeds).filter(([name]) => program.placeholders.has(name)));
  const faults: string[] = [];
  try {
    const own = await program.run(needed);
    for (const name of Object.keys(xs)) {
      const slope = own[`d_${name}`]!.data;
      const { data, dtype } = feeds[name]!;
      if (dtype !== 'float32') continue;
      const i = slope.findIndex((v) => v !== 0);
      if (i < 0) continue;
      for (const nan of NANS) {
        const bits = new Int32Array(Float32Array.from(data).buffer);
        bits[i] = nan;
        const bad = { [name]: { ...feeds[name]!, data: new Float32Array(bits.buffer) } };
        const there = await program.run({ ...needed, ...bad });
        const isSpread = smooth.some((y) => !there[y]!.data.every((v) => Number.isFinite(v)));
        if (!isSpread) faults.push(`all results are finite where ${name}[${i}] is NaN`);
        // the cotangents of a square: NaN where the result is
        const squares = Object.fromEntries(
          smooth.map((y, k) => [`w${k}`, { ...feeds[`w${k}`]!, data: there[y]!.data as Float32Array }]),
        );
        const back = await program.run({ ...needed, ...squares, ...bad });
        const d = back[`d_${name}`]!.data[i]!;
        if (isSpread && Number.isFinite(d)) faults.push(`the gradient by ${name}[${i}] is ${d} where that is NaN`);
      }
    }
    return faults;
  } finally {
    program.dispose();
  }
}

describe('NaN in, nothing finite out', () => {
  before(() => Promise.all(HERE.map((backend) => backend.start())));

  for (const { entry, rows } of sweep(EFFORT, SEED, 'nan')) {
    it(`${entry.path}: rows ${rows.join(', ')}`, async () => {
      for (const row of rows)
        for (const backend of HERE.filter(({ name }) => !isExcept(entry.path, name)))
          expect(await faultsOf(entry, entry.samples[row]!, backend), `row ${row} on ${backend.name}`).to.deep.equal(
            [],
          );
    });
  }
});

/** Functions of rows, whose every result depends on a whole row. */
const OF_ROWS: Readonly<Record<string, (x: Sym) => Sym>> = {
  softmax: (x) => ops.softmax(x),
  logSoftmax: (x) => ops.logSoftmax(x),
  logSumExp: (x) => ops.logSumExp(x, 1, true),
  sum: (x) => ops.sum(x, 1, true),
  mean: (x) => ops.mean(x, 1, true),
  max: (x) => ops.max(x, 1, true),
  min: (x) => ops.min(x, 1, true),
  prod: (x) => ops.prod(x, 1, true),
  euclideanNorm: (x) => ops.euclideanNorm(x, 1, true),
};

describe('a NaN in a row is a NaN in all that is made of the row, and in nothing of others', () => {
  // kernels differ by the length, and by whether it is known
  for (const length of [2, 7, 100, 1000])
    for (const backend of HERE)
      it(`of ${length} elements, on ${backend.name}`, async () => {
        for (const isKnown of [true, false]) {
          const x = new Graph().placeholder('x', ['$rows', isKnown ? length : '$length']);
          const program = await compile(Object.fromEntries(Object.entries(OF_ROWS).map(([name, f]) => [name, f(x)])), {
            backend,
          });
          for (const at of [0, length >> 1, length - 1]) {
            const data = Float32Array.from({ length: 3 * length }, (_, i) => Math.sin(i));
            data[length + at] = Number.NaN;
            const results = await program.run({ x: { data, shape: [3, length], dtype: 'float32' } });
            for (const [name, { data: y }] of Object.entries(results)) {
              const size = y.length / 3;
              const counts = [0, 1, 2].map(
                (row) => y.slice(row * size, (row + 1) * size).filter((v) => Number.isNaN(v)).length,
              );
              expect(counts, `${name}, element ${at}, known ${isKnown}`).to.deep.equal([0, size, 0]);
            }
          }
          program.dispose();
        }
      });
});
