/**
 * Benchmarks a train step (forward, backward, update, and reading the loss) on the backend 'node' against tfjs-node, PyTorch and JAX on the
 * same processor, and against our own wasm. All sides start from the same values and must reach the same losses. They take turns, only one
 * computes at a time, and each times its own steps. The peers' inputs are resident; ours are typed arrays.
 */
import { spawn } from 'node:child_process';
import { availableParallelism, loadavg } from 'node:os';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { node } from '../backends/node/module.ts';
import { wasm } from '../backends/wasm/module.ts';
import { median, quantile } from './alternate.ts';
import { type Bar, CASES, type Case, type PeerName } from './native/cases.ts';
import { ourSide, problemOf } from './native/ours.ts';
import { startPeer } from './native/peer.ts';
import { peerEnvironment, providePeersPython, requirePeersPython } from './native/python.ts';
import type { Prepared, Problem, Side } from './native/side.ts';
import { type Options, type Report, type Row, runIfMain } from './report.ts';
import { startWasm } from './tfjs.ts';

interface Effort {
  /** The number of first steps, whose losses are compared. */
  readonly compared: number;
  /** Milliseconds of the warm-up that follows on each side. */
  readonly warmUpMs: number;
  /** The number of turns of each side, the milliseconds of a turn, and its least number of steps. */
  readonly rounds: number;
  readonly turnMs: number;
  readonly turnSteps: number;
}

const FULL: Effort = { compared: 20, warmUpMs: 400, rounds: 15, turnMs: 50, turnSteps: 5 };
const QUICK: Effort = { compared: 3, warmUpMs: 0, rounds: 1, turnMs: 0, turnSteps: 1 };
const OURS = 'retrograph';
type SideName = PeerName | typeof OURS;

/** The largest relative difference of losses; the sides sum in different orders. */
const TOLERANCE = 1e-4;

const path = (name: string): string => fileURLToPath(new URL(`native/peers/${name}`, import.meta.url));

/** Starts each peer, with the same number of threads as ours. A quick run installs nothing. */
function starters({ quick }: Options, threads: number): Readonly<Record<PeerName, () => Promise<Side>>> {
  let command: Promise<string> | undefined;
  const python = async (script: string, ...args: string[]): Promise<Side> => {
    command ??= quick ? requirePeersPython() : providePeersPython();
    return startPeer(await command, ['-B', path(script), ...args], peerEnvironment());
  };
  const { RETROGRAPH_LIBTENSORFLOW: _ours, ...env } = process.env; // tfjs-node has its own library
  return {
    'tfjs-node': () => startPeer(process.execPath, [...process.execArgv, path('tfjs-node.ts')], env),
    PyTorch: () => python('pytorch.py', `${threads}`),
    'PyTorch, fused': () => python('pytorch.py', `${threads}`, 'fused'),
    'PyTorch, 1 thread': () => python('pytorch.py', '1'),
    JAX: () => python('jax_jit.py'),
    wasm: () => ourSide(wasm),
  };
}

/** Runs the cases grouped by the number of threads, each group in its own process, since the number is fixed within a process. */
export async function native(options: Options): Promise<Report> {
  const own = process.env.RETROGRAPH_THREADS;
  if (own !== undefined || options.quick) return measure(CASES, options);
  const reports: Report[] = [];
  for (const threads of [...new Set(CASES.map((c) => c.threads))]) reports.push(await measureWith(threads));
  return {
    title: reports[0]!.title,
    rows: reports.flatMap(({ rows }) => rows),
    remarks: [...new Set(reports.flatMap(({ remarks = [] }) => remarks))],
  };
}

async function measureWith(threads: number | undefined): Promise<Report> {
  const args = [...process.execArgv, fileURLToPath(import.meta.url), '--json'];
  const env = { ...process.env, RETROGRAPH_THREADS: `${threads ?? availableParallelism()}`, [ONLY]: `${threads}` };
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const output = await text(child.stdout);
  if (output === '') throw new Error(`the measurements with ${threads ?? 'all'} threads ended early`);
  return JSON.parse(output) as Report;
}

/** Tells a process its group of cases. */
const ONLY = 'RETROGRAPH_BENCH_THREADS';

async function measure(all: readonly Case[], options: Options): Promise<Report> {
  const only = process.env[ONLY];
  const cases = only === undefined ? all : all.filter((c) => `${c.threads}` === only);
  await startWasm(); // to make data
  const remarks: string[] = [];
  const sides = new Map<SideName, Side>([[OURS, await ourSide(node)]]);
  const threads = node.details().threads ?? availableParallelism();
  try {
    for (const [name, start] of Object.entries(starters(options, threads)) as [PeerName, () => Promise<Side>][])
      try {
        sides.set(name, await start());
      } catch (e) {
        remarks.push(`no rows of ${name}: ${reasonOf(e)}`);
      }
    for (const [name, { about }] of sides) remarks.push(`${name}: ${about}`);
    const rows: Row[] = [];
    for (const config of cases) rows.push(...(await compare(config, sides, options.quick ? QUICK : FULL, remarks)));
    remarks.push(load());
    return { title: 'One train step, forward to update', rows, remarks };
  } finally {
    for (const side of sides.values()) side.stop();
  }
}

const reasonOf = (e: unknown): string => (e as Error).message.replaceAll('\n', ' ');

/** The load of the machine. On a busy one, sides with several threads are slowed down most, since they wait for each thread. */
function load(): string {
  const [busy, processors] = [loadavg()[0]!, availableParallelism()];
  const warning = busy > processors ? ': times say little, most of all those of several threads' : '';
  return `load ${busy.toFixed(1)} on ${processors} processors${warning}`;
}

interface Entry {
  readonly name: SideName;
  readonly prepared: Prepared;
  readonly losses: readonly number[];
  /** The number of steps in a turn. */
  readonly steps: number;
}

/** Makes a row for each peer that can run the case, and a remark for each that cannot. */
async function compare(
  config: Case,
  sides: ReadonlyMap<SideName, Side>,
  effort: Effort,
  remarks: string[],
): Promise<readonly Row[]> {
  const problem = await problemOf(config);
  const entries: Entry[] = [];
  try {
    for (const [name, side] of sides)
      try {
        entries.push(await enter(name, side, problem, effort));
      } catch (e) {
        if (name === OURS) throw e;
        remarks.push(`no row of ${name} at ${config.name}: ${reasonOf(e)}`);
      }
    const times = await takeTurns(entries, effort.rounds);
    const [ours, ...peers] = entries.map((entry, i): Result => ({ ...entry, ms: times[i]! }));
    return peers.map((peer) => rowOf(config, ours!, peer));
  } finally {
    for (const { prepared } of entries) prepared.end();
  }
}

/** Runs the first steps, whose losses count, then a warm-up, whose times give the number of steps in a turn. */
async function enter(name: SideName, side: Side, problem: Problem, effort: Effort): Promise<Entry> {
  const prepared = await side.prepare(problem);
  const { losses, ms } = await prepared.run(effort.compared);
  const warm = await prepared.run(Math.max(effort.turnSteps, Math.round(effort.warmUpMs / median(ms))));
  const steps = Math.max(effort.turnSteps, Math.round(effort.turnMs / median(warm.ms)));
  return { name, prepared, losses, steps };
}

/** Milliseconds of a step, the median of a turn, by side and round. The order alternates, so that no side always follows the same one. */
async function takeTurns(entries: readonly Entry[], rounds: number): Promise<readonly (readonly number[])[]> {
  const times = entries.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    const order = [...entries.keys()];
    for (const i of round % 2 === 0 ? order : order.reverse()) {
      const { prepared, steps } = entries[i]!;
      times[i]!.push(median((await prepared.run(steps)).ms));
    }
  }
  return times;
}

interface Result extends Entry {
  readonly ms: readonly number[];
}

function rowOf(config: Case, ours: Result, peer: Result): Row {
  const ratios = peer.ms.map((ms, round) => ms / ours.ms[round]!);
  const bar: Bar | undefined = config.bars[peer.name as PeerName];
  const ratio = median(ratios);
  const off = disagreement(ours.losses, peer.losses);
  return {
    name: `${config.name}: ${peer.name}`,
    figures: {
      'our ms': median(ours.ms),
      'their ms': median(peer.ms),
      'times as fast': ratio,
      'quartile 1': quantile(ratios, 0.25),
      'quartile 3': quantile(ratios, 0.75),
      'losses differ by': off,
    },
    bar: bar?.text ?? 'the same losses',
    ok: ratio >= (bar?.ratio ?? 0) && off < TOLERANCE,
  };
}

/** The largest relative difference of losses. */
const disagreement = (a: readonly number[], b: readonly number[]): number =>
  Math.max(...a.map((loss, i) => Math.abs(loss - b[i]!) / Math.abs(loss)));

await runIfMain(import.meta.url, native);
