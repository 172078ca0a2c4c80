/** The command `backends`: lists backends, and measures the available ones. */
import { createRequire } from 'node:module';
import { Command } from 'commander';
import { canonicalName } from '../../backends/aliases.ts';
import { type Availability, type Backend, compile, type DeviceDetails, Graph, sumAxes } from '../../engine/index.ts';
import { matMul } from '../../ops/index.ts';
import { type CommonOptions, withCommonOptions } from '../options.ts';
import { colors, count, table, write, writeJson } from '../output.ts';
import { defaultBackend, openSession } from '../session.ts';

export const command = withCommonOptions(
  new Command('backends')
    .description('Which backends run here, on what, how fast they multiply matrices, and what the others lack.')
    .addHelpText('after', '\nExamples:\n  $ retrograph backends\n  $ retrograph backends --backend wasm --json'),
  'only this one',
).action(async (options: CommonOptions) => {
  const session = await openSession(options);
  const all = session.container.backends();
  const chosen = options.backend === undefined ? all : all.filter((b) => b.name === canonicalName(options.backend!));
  if (chosen.length === 0) await session.backend(); // throws, listing the backends
  const standard = defaultBackend();
  const reports: Report[] = [];
  // one after the other, since they share the processor
  for (const backend of chosen) reports.push(await examine(backend, backend.name === standard));
  if (options.json) writeJson({ default: standard, backends: reports });
  else write(show(reports));
});

interface Report extends DeviceDetails {
  readonly name: string;
  readonly default: boolean;
  readonly available: boolean;
  readonly detail?: string;
  /** Whether the processor emulates the graphics device. */
  readonly software?: boolean;
  readonly reason?: string;
  readonly remedy?: string;
  readonly package?: string;
  readonly version?: string;
  /** Speed of the product of two square float32 matrices. */
  readonly matMul?: { readonly size: number; readonly gflops: number };
  /** The error of a backend that is available but fails. */
  readonly failure?: string;
}

async function examine(backend: Backend, isDefault: boolean): Promise<Report> {
  const availability: Availability = await backend.availability();
  const head = { name: backend.name, default: isDefault, ...availability, ...packageOf(backend.name) };
  if (!availability.available || availability.detail === 'computes nothing') return head;
  try {
    await backend.start();
    return { ...head, ...backend.details?.(), ...(await measure(backend)) };
  } catch (e) {
    return { ...head, failure: (e as Error).message };
  } finally {
    await backend.stop?.();
  }
}

/** The package of a backend. Only packages of tfjs are named after their backends. */
function packageOf(backend: string): Pick<Report, 'package' | 'version'> {
  const require = createRequire(import.meta.url);
  for (const name of [`@tensorflow/tfjs-backend-${backend}`, `@tensorflow/tfjs-${backend}`]) {
    try {
      const { version } = require(`${name}/package.json`) as { version: string };
      return { package: name, version };
    } catch {
      // try the next name
    }
  }
  return {};
}

/** The minimal time of a product to be measured, in ms, and the maximal size of its matrices. */
const LONG = 20;
const LARGEST = 1024;

/** Measures products of growing matrices of ones, and checks their sum. */
async function measure(backend: Backend): Promise<Pick<Report, 'matMul' | 'failure'>> {
  for (let size = 128; ; size *= 2) {
    const graph = new Graph();
    const [a, b] = ['a', 'b'].map((name) => graph.variable(name, [size, size], 1));
    const program = await compile({ sum: sumAxes(matMul(a!, b!), [0, 1]) }, { backend });
    try {
      const once = async (): Promise<number> => {
        const start = performance.now();
        const { sum } = await program.run();
        if (sum.item() !== size ** 3)
          throw new Error(`a product of matrices of ones is wrong: its sum is ${sum.item()} instead of ${size ** 3}`);
        return performance.now() - start;
      };
      await once(); // warm-up: compiles shaders
      const times = [await once(), await once(), await once()];
      const best = Math.min(...times);
      if (best >= LONG || size >= LARGEST)
        return { matMul: { size, gflops: Number(((2 * size ** 3) / best / 1e6).toPrecision(3)) } };
    } finally {
      program.dispose();
    }
  }
}

function show(reports: readonly Report[]): string {
  const status = (r: Report): string =>
    r.failure !== undefined ? colors.yellow('!') : r.available ? colors.green('✓') : colors.red('✗');
  const what = (r: Report): string => {
    if (r.failure !== undefined) return r.failure;
    return r.available ? describe(r) : `${r.reason}${r.remedy === undefined ? '' : `: ${r.remedy}`}`;
  };
  const rows = reports.map((r) => [
    status(r),
    r.default ? `${colors.bold(r.name)} (default)` : r.name,
    r.version ?? '-',
    r.precision ?? '-',
    r.matMul === undefined ? '-' : `${r.matMul.gflops} at ${r.matMul.size}`,
    what(r),
  ]);
  return table(['', 'backend', 'version', 'floats', 'matMul, GFLOP/s', ''], rows);
}

function describe({ detail = '', device, software, threads, maxElements, features = [] }: Report): string {
  const parts = [
    detail,
    ...(device === undefined || detail.includes(device) ? [] : [device]),
    ...(software && device === undefined ? ['in software'] : []),
    ...features,
    ...(threads === undefined ? [] : [count(threads, 'thread')]),
    ...(maxElements === undefined ? [] : [`tensors of up to ${count(maxElements, 'element')}`]),
  ];
  return parts.filter(Boolean).join('; ');
}
