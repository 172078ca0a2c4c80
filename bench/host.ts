/** Benchmarks the host's part of a run (feeds, dims, steps and updates) on the null device, which computes nothing. */
import { NullBackend } from '../backends/null/module.ts';
import { assign, compileSync, Graph, gradients } from '../index.node.ts';
import { matMul, mean, mul, relu, square, sub } from '../ops/index.ts';
import { median } from './alternate.ts';
import { type Options, type Report, runIfMain } from './report.ts';

const LAYERS = 5;
/** The limit in microseconds for a run of about 30 steps. */
const MOST = 8;

export async function host({ quick }: Options): Promise<Report> {
  const g = new Graph();
  const weights = Array.from({ length: LAYERS }, (_, i) => g.variable(`w${i}`, [8, 8]));
  const y = weights.reduce((h, w) => relu(matMul(h, w)), g.placeholder('x', ['$n', 8]));
  const loss = mean(square(y));
  const [first] = weights as [(typeof weights)[number]];
  const updates = [assign(first, sub(first, mul(0.1, gradients(loss, first))))];
  const backend = new NullBackend();
  const program = compileSync({ loss }, { backend, updates });
  const feeds = { x: new Float32Array(32) };
  const runs = quick ? 10 : 20_000;
  const microseconds = Array.from({ length: 15 }, () => {
    const start = performance.now();
    for (let i = 0; i < runs; i++) {
      program.runSync(feeds);
      backend.calls.length = 0;
    }
    return ((performance.now() - start) * 1000) / runs;
  });
  const steps = program.planFor({ n: 4 }).steps.length;
  const time = median(microseconds);
  program.dispose();
  return {
    title: 'A run on the null device',
    rows: [
      { name: `${steps} steps`, figures: { microseconds: time }, bar: `at most ${MOST} us`, ok: quick || time <= MOST },
    ],
  };
}

await runIfMain(import.meta.url, host);
