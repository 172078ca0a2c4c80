// Every op, by its samples, on every backend: value, gradient, second order, tf.grad, leaks; with passes and without.
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { dimNames, NOT_DIFFERENTIABLE, toShape, ZERO } from '../../engine/index.ts';
import { hashSeed } from '../../engine/random.ts';
import type { Sample } from '../../ops/sample.ts';
import { type SampledEntry, sampled } from '../../ops/samples.ts';
import {
  describeFault,
  describeTotals,
  filesOf,
  type GradcheckReport,
  gradcheck,
  type Matrix,
  makeMatrix,
  nameOf,
  ofBackends,
  type RowResult,
  renderMatrix,
} from '../../plugins/gradcheck/index.ts';
import { rangeCases } from '../../plugins/gradcheck/range-cases.ts';
import { EFFORT } from '../support/effort.ts';
import { HERE, NAMED } from '../support/here.ts';
import { SEED } from '../support/seed.ts';
import { compareUnoptimized } from '../support/unoptimized.ts';

const failures = ({ rows }: GradcheckReport): string[] =>
  rows
    .filter((r) => r.status !== 'ok')
    .map((r) => `row ${r.row} (${r.note}) on ${r.backend}: ${r.faults.map(describeFault).join('; ')}`);

/** Other draws of the rows, where there is time: for one op in three, and for all. */
const moreSeeds = (path: string): readonly number[] =>
  EFFORT === 'deep' ? [1, 2, 3] : EFFORT === 'full' && hashSeed(SEED, path) % 3 === 0 ? [SEED] : [];

/** What the rows of all ops came to: the public matrix is made of it. */
const results: RowResult[] = [];

describe('ops', () => {
  before(() => Promise.all(HERE.map((b) => b.start())));

  for (const entry of sampled) {
    it(`${entry.path}: ${entry.samples.length} rows on ${NAMED.join(', ')}`, async () => {
      const report = await gradcheck({ ops: [entry], backends: HERE });
      results.push(...report.rows);
      for (const seed of moreSeeds(entry.path)) {
        const again = await gradcheck({ ops: [entry], backends: HERE, seed });
        expect(failures(again), `seed ${seed}`).to.deep.equal([]);
      }
      expect(failures(report)).to.deep.equal([]);
      expect(report.totals.ok).to.equal(HERE.length * entry.samples.length);
    });

    it(`${entry.path}: the same without passes`, async () => {
      // on TensorFlow, where time is short, the random graphs stand for it
      for (const backend of EFFORT === 'deep' ? HERE : HERE.filter(({ name }) => name !== 'node')) {
        for (const [row, sample] of entry.samples.entries()) {
          const error = await compareUnoptimized(entry, sample, backend);
          expect(error, `row ${row} on ${backend.name}`).to.be.at.most(1e-5);
        }
      }
    });
  }
});

describe('the public matrix', () => {
  const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

  it('is what the rows came to', function () {
    // only where no op was left out by a choice of tests
    if (new Set(results.map(({ op }) => op)).size < sampled.length) this.skip();
    const matrix = JSON.parse(read('docs/ops.json')) as Matrix;
    const stale = 'docs/ops is out of date: run npm run docs';
    // the columns of webgl and webgpu, which take long, are made when the page is; test/browser holds both to cpu
    expect(matrix.backends).to.deep.equal(['cpu', 'wasm', 'webgl', 'webgpu', 'node']);
    const rowsAlone = { ...matrix, ops: matrix.ops.map(({ range: _, ...row }) => row) };
    expect(makeMatrix(results, filesOf(sampled)), stale).to.deep.equal(ofBackends(rowsAlone, NAMED));
    const ranges = matrix.ops.filter(({ range }) => range !== undefined);
    const functions = new Set(rangeCases(sampled).map(({ op }) => op.name));
    expect(
      ranges.map(({ op }) => op),
      stale,
    ).to.have.members([...functions]);
    for (const { op, range } of ranges)
      expect(Object.entries(range!), op).to.deep.equal(matrix.backends.map((name) => [name, 'right']));
    const wide = sampled.flatMap(({ samples }) => samples).filter((s) => s.wideIntegers).length;
    const { rows, right } = matrix.totals;
    expect(right, stale).to.deep.equal({
      cpu: rows,
      wasm: rows,
      webgl: rows - wide,
      webgpu: rows - wide,
      node: rows,
    });
    expect(renderMatrix(matrix) === read('docs/ops.md'), stale).to.equal(true);
    expect(read('README.md'), stale).to.include(describeTotals(matrix));
  });
});

describe('the sampled', () => {
  it('documents every input of every op', () => {
    for (const { op, doc, path } of sampled) {
      expect(doc.summary, path).to.match(/\.$/);
      expect(doc.forward, path).to.not.equal('');
      expect(doc.source, path).to.not.equal('');
      for (const { name } of op?.slots ?? []) {
        const rule = (op!.definition.gradient as Record<string, unknown> | undefined)?.[name];
        if (rule !== ZERO && rule !== NOT_DIFFERENTIABLE)
          expect(Object.keys(doc.gradient), `${path}: the gradient of ${name}`).to.include(name);
      }
    }
  });

  it('has a row with an unknown dim for every op that takes a tensor', () => {
    expect(
      sampled
        .filter(takesTensors)
        .filter(({ samples }) => !samples.some(hasUnknownDim))
        .map(nameOf),
    ).to.deep.equal([]);
  });

  it('gives a reason with every row that tfjs is not asked about', () => {
    const silent = sampled.filter(({ samples }) => samples.some((s) => s.reference === null && s.note === undefined));
    expect(silent.map(nameOf)).to.deep.equal([]);
  });
});

const takesTensors = ({ samples }: SampledEntry): boolean => samples.some((s) => Object.keys(s.inputs).length > 0);
const hasUnknownDim = (sample: Sample): boolean =>
  Object.values(sample.inputs)
    .flat()
    .some((input) => 'shape' in input && toShape(input.shape).some((d) => dimNames(d).length > 0));
