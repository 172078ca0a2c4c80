/**
 * Benchmarks train steps on wasm or cpu against other libraries: all in one process, in turns, and the loss is read at each step.
 * `--only TEXT`: workloads whose names contain it. `--backend cpu`: against tfjs's cpu backend.
 */
import { cpu } from '../backends/cpu/module.ts';
import { wasm } from '../backends/wasm/module.ts';
import { BackendError } from '../index.node.ts';
import { median, quantile } from './alternate.ts';
import { jax } from './peers/jax.ts';
import type { Library, Step, Values, Workload } from './peers/library.ts';
import { ours } from './peers/ours.ts';
import { tfjs } from './peers/tfjs.ts';
import { valuesOf, WORKLOADS } from './peers/workloads.ts';
import { type Options, type Report, type Row, runIfMain } from './report.ts';
import { startWasm, tf } from './tfjs.ts';

const WARM_UP = 10;
const ROUNDS = 15;
/** How long a library runs before it is the next one's turn, in milliseconds. */
const TURN = 60;
/** The largest relative difference of losses; libraries sum in different orders. */
const TOLERANCE = 1e-3;

interface Contender {
  readonly name: string;
  readonly step: Step;
  readonly losses: readonly number[];
  /** Milliseconds of a step, for each turn. */
  readonly times: number[];
}

async function contender<T>(library: Library<T>, workload: Workload, values: Values): Promise<Contender | undefined> {
  try {
    const step = await library.start(workload, values);
    return { name: library.name, step, losses: Array.from({ length: WARM_UP }, () => step.run()), times: [] };
  } catch (e) {
    if (library.name === 'retrograph') throw e;
    console.error(`${library.name} cannot train ${workload.name}: ${(e as Error).message.split('\n')[0]}`);
    return undefined;
  }
}

function turn({ step, times }: Contender): void {
  const start = performance.now();
  let count = 0;
  do {
    step.run();
    count++;
  } while (performance.now() - start < TURN);
  times.push((performance.now() - start) / count);
}

async function rowOf(workload: Workload, backend: 'cpu' | 'wasm', rounds: number): Promise<Row> {
  const values = valuesOf(workload);
  const all = [
    await contender(ours(backend === 'wasm' ? wasm : cpu), workload, values),
    await contender(tfjs, workload, values),
    ...(backend === 'wasm' ? [await contender(jax, workload, values)] : []),
  ];
  const [own, ...peers] = all.filter((one) => one !== undefined) as [Contender, ...Contender[]];
  for (let round = 0; round < rounds; round++) for (const one of [own, ...peers]) turn(one);
  const spread = (quantile(own.times, 0.9) - quantile(own.times, 0.1)) / median(own.times);
  const figures: Record<string, number> = { 'retrograph ms': median(own.times), 'spread %': 100 * spread };
  let difference = 0;
  let ok = true;
  for (const { name, times, losses } of peers) {
    const ratio = median(times.map((time, i) => time / own.times[i]!));
    figures[`${name} ms`] = median(times);
    figures[`times ${name}`] = ratio;
    for (const [i, loss] of losses.entries())
      difference = Math.max(difference, Math.abs(loss - own.losses[i]!) / Math.abs(loss));
    ok &&= ratio >= (workload.bars[name] ?? 0);
  }
  figures['losses differ by'] = difference;
  for (const { step } of [own, ...peers]) step.dispose();
  const bar = Object.entries(workload.bars).map(([name, times]) => `${times} ${name}`);
  return { name: workload.name, figures, bar: bar.join(', '), ok: ok && difference <= TOLERANCE };
}

export async function peers({ quick, only = '', backend: asked }: Options): Promise<Report> {
  if (asked !== undefined && asked !== 'cpu' && asked !== 'wasm')
    throw new BackendError(`--backend is cpu or wasm, not '${asked}'`);
  const backend = asked ?? 'wasm';
  await (backend === 'wasm' ? startWasm() : tf.setBackend('cpu'));
  const chosen = WORKLOADS.filter(({ name }) => name.includes(only));
  const rows: Row[] = [];
  for (const workload of chosen) rows.push(await rowOf(workload, backend, quick ? 1 : ROUNDS));
  return { title: `Train steps on ${backend}`, rows };
}

await runIfMain(import.meta.url, peers);
