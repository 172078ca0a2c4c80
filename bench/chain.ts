/**
 * Benchmarks the compiler on large graphs: chains of tanh and multiplication by a variable, built, differentiated, optimized by all passes
 * and planned. The time must be short, and proportional to the length.
 */
import { wasm } from '../backends/wasm/module.ts';
import { compileSync, Graph, gradients } from '../index.node.ts';
import { mul, sum, tanh } from '../ops/index.ts';
import { type Options, type Report, type Row, runIfMain } from './report.ts';

const LENGTHS = [12_500, 25_000, 50_000, 100_000];
/** The median of these counts, by the total of all stages. */
const REPETITIONS = 3;
/** The limit for the longest chain. */
const MAX_SECONDS = 5;
const MIN_STEPS = 200_000;
/** The limit for the time per node in the longest chain over that in the shortest; only cache misses should make it grow. */
const MAX_GROWTH = 2;

interface Stages {
  readonly build: number;
  readonly differentiate: number;
  readonly compile: number;
  readonly steps: number;
}

/** Seconds of each stage. */
function measure(length: number): Stages {
  const start = performance.now();
  const g = new Graph();
  const w = g.variable('w', [2], 0.9);
  let y = g.placeholder('x', [2]);
  for (let i = 0; i < length; i += 2) y = mul(tanh(y), w);
  const loss = sum(y);
  const built = performance.now();
  const gradient = gradients(loss, w);
  const differentiated = performance.now();
  const program = compileSync({ loss, gradient }, { backend: wasm });
  const steps = program.plan.steps.length;
  const compiled = performance.now();
  program.dispose();
  return {
    build: (built - start) / 1000,
    differentiate: (differentiated - built) / 1000,
    compile: (compiled - differentiated) / 1000,
    steps,
  };
}

const total = ({ build, differentiate, compile }: Stages): number => build + differentiate + compile;

export async function chain({ quick }: Options): Promise<Report> {
  await wasm.start();
  const lengths = quick ? [100, 200] : LENGTHS;
  measure(lengths[0]!); // warm-up
  const runs = lengths.map((length) => {
    const repeated = Array.from({ length: REPETITIONS }, () => measure(length)).sort((a, b) => total(a) - total(b));
    return { length, ...repeated[REPETITIONS >> 1]! };
  });
  const perNode = (run: (typeof runs)[number]): number => (1e6 * total(run)) / run.length;
  return {
    title: 'A chain of tanh and multiplication, up to its plan',
    rows: runs.map((run, i): Row => {
      const growth = perNode(run) / perNode(runs[0]!);
      const longest = i === runs.length - 1;
      return {
        name: `${run.length.toLocaleString('en')} nodes`,
        figures: {
          'build s': run.build,
          'differentiate s': run.differentiate,
          'compile and plan s': run.compile,
          'all s': total(run),
          'us a node': perNode(run),
          growth,
          steps: run.steps,
        },
        bar: longest ? `${MAX_SECONDS} s, ${MIN_STEPS.toLocaleString('en')} steps, growth ${MAX_GROWTH}` : '',
        ok: !longest || (total(run) < MAX_SECONDS && run.steps >= MIN_STEPS && growth < MAX_GROWTH),
      };
    }),
  };
}

await runIfMain(import.meta.url, chain);
