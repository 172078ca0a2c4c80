/**
 * The judge: TensorFlow.js in double precision.
 *
 * tfjs-core and its cpu backend are bundled with every `Float32Array` replaced by `Float64Array`, so that tensors of
 * dtype 'float32' hold doubles. Finite differences are then good to about 1e-8, where float32 leaves three digits.
 * It shares nothing with other copies of tfjs in the process: tensors of one are no tensors of the other.
 *
 * Still as coarse as in tfjs: `epsilon()` is 1e-7, as the float32 backends have it (losses clip with it); `Erf` is a
 * polynomial with an error of 1e-7; selu's constants have about 16 digits; random tensors hold float32-like draws.
 */
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { BuildOptions } from 'esbuild';
import { BackendError } from '../../engine/index.ts';

export type Float64Tf = typeof import('@tensorflow/tfjs');
export type KernelDType = 'float32' | 'int32' | 'bool' | 'complex64';

/** `data` of dtype 'float32' is in double precision, of 'complex64' real and imaginary parts in turn. */
export interface KernelValue {
  data: Float64Array | Int32Array | Uint8Array;
  shape: number[];
  dtype: KernelDType;
}

/** What a kernel is given; a plain Float32Array or number[] is converted. */
export interface KernelInput {
  data: ArrayLike<number>;
  shape: readonly number[];
  dtype: KernelDType;
}

const entry = `
  import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
  import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js';
  export * from '@tensorflow/tfjs-core';
  export * from '@tensorflow/tfjs-backend-cpu';
`;
const options: BuildOptions = {
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  mainFields: ['module', 'main'],
  external: ['node-fetch'],
  // tfjs keeps its engine and its registries on the global object: without a global of its own, this copy would share them.
  banner: { js: 'const float64Global = { __proto__: globalThis, _tfGlobals: undefined, _tfengine: undefined };' },
  define: { Float32Array: 'Float64Array', global: 'float64Global', window: 'undefined' },
  logLevel: 'error',
};
const renamed = ['isFloat32Array', 'isFloat64Array'] as const; // of node:util's types

const require = createRequire(import.meta.url);

/** The folder that holds a package's own. @throws BackendError where it is not installed */
function packageRoot(name: string): string {
  try {
    return dirname(require.resolve(`${name}/package.json`));
  } catch (cause) {
    throw new BackendError(`the judge needs the package '${name}': npm install --save-dev ${name}`, { cause });
  }
}

function versionOf(name: string): string {
  const manifest = JSON.parse(readFileSync(join(packageRoot(name), 'package.json'), 'utf8'));
  return `${name}@${manifest.version}`;
}

/** The bundle's path: made on first use, then kept under node_modules until a version or this recipe changes. */
async function bundle(): Promise<string> {
  const versions = ['@tensorflow/tfjs-core', '@tensorflow/tfjs-backend-cpu', 'esbuild'].map(versionOf);
  const key = createHash('sha256')
    .update(JSON.stringify([versions, entry, options, renamed]))
    .digest('hex')
    .slice(0, 16);
  const core = packageRoot('@tensorflow/tfjs-core');
  const file = join(core, '../../.cache/retrograph', `tfjs-float64-${key}.cjs`);
  if (existsSync(file)) return file;

  const { build } = await import('esbuild');
  const result = await build({ ...options, stdin: { contents: entry, resolveDir: core }, write: false });
  mkdirSync(dirname(file), { recursive: true });
  const part = `${file}.${randomUUID()}`;
  writeFileSync(part, result.outputFiles![0]!.text.replaceAll(...renamed));
  renameSync(part, file); // whole or not at all: another process may be looking
  return file;
}

let loaded: Promise<Float64Tf> | undefined;

/** tfjs with all gradients and chained ops, every float in double precision, on its cpu backend. */
export function loadFloat64(): Promise<Float64Tf> {
  loaded ??= (async () => {
    const tf: Float64Tf = require(await bundle());
    // or else the cpu backend prints an advertisement; IS_TEST does that too, but adds checks that refuse some of tfjs's own losses
    tf.env().set('PROD', true);
    await tf.setBackend('cpu');
    await tf.ready();
    return tf;
  })();
  return loaded;
}

// What of the cpu backend's own methods is used below.
interface CpuBackend {
  data: { has(dataId: object): boolean };
  write(values: ArrayLike<number>, shape: number[], dtype: string): object;
  readSync(dataId: object): ArrayLike<number>;
  disposeData(dataId: object, force?: boolean): boolean;
}

interface Info {
  dataId: object;
  shape: number[];
  dtype: string;
}

function typed(data: ArrayLike<number>, dtype: string): Float64Array | Int32Array | Uint8Array {
  if (dtype === 'int32') return Int32Array.from(data);
  if (dtype === 'bool') return Uint8Array.from(data);
  return Float64Array.from(data);
}

function write(tf: Float64Tf, backend: CpuBackend, { data, shape, dtype }: KernelInput): Info {
  const count = shape.reduce((a, b) => a * b, 1) * (dtype === 'complex64' ? 2 : 1);
  if (data.length !== count) throw new Error(`[${shape}] of ${dtype} holds ${count} numbers, not ${data.length}`);
  const put = (values: ArrayLike<number>, type: string): Info => ({
    dataId: backend.write(values, [...shape], type),
    shape: [...shape],
    dtype: type,
  });
  if (dtype !== 'complex64') return put(typed(data, dtype), dtype);
  const part = (offset: 0 | 1) =>
    put(
      Float64Array.from({ length: count / 2 }, (_, i) => data[2 * i + offset]!),
      'float32',
    );
  const parts = { real: part(0), imag: part(1) };
  const z = kernel(tf, 'Complex')({ inputs: parts, backend, attrs: {} }) as Info;
  for (const { dataId } of [parts.real, parts.imag]) backend.disposeData(dataId); // z holds its own references
  return z;
}

type Kernel = (call: { inputs: object; backend: CpuBackend; attrs: object }) => Info | Info[];

function kernel(tf: Float64Tf, name: string): Kernel {
  const config = tf.getKernel(name, 'cpu');
  if (!config) throw new Error(`the cpu backend has no kernel ${name}`);
  return config.kernelFunc as unknown as Kernel;
}

/**
 * Calls one cpu kernel in double precision: no tape, no tidy, nothing left behind.
 * A kernel with a variadic input (AddN, Concat, Pack, Einsum) takes it as the record's only entry, under any name.
 */
export async function callKernel64(
  name: string,
  inputs: Record<string, KernelInput | readonly KernelInput[]>,
  attrs: object = {},
): Promise<KernelValue[]> {
  const tf = await loadFloat64();
  const backend = tf.backend() as unknown as CpuBackend;
  const call = kernel(tf, name);
  const made: Info[] = [];
  const put = (input: KernelInput): Info => {
    const info = write(tf, backend, input);
    made.push(info);
    return info;
  };
  try {
    const entries = Object.entries(inputs).map(([key, input]): [string, Info | Info[]] => [
      key,
      'dtype' in input ? put(input) : input.map(put),
    ]);
    const only = entries.length === 1 ? entries[0]![1] : undefined;
    const results = call({ inputs: Array.isArray(only) ? only : Object.fromEntries(entries), backend, attrs });
    const outputs = Array.isArray(results) ? results : [results];
    made.push(...outputs);
    return outputs.map(({ dataId, shape, dtype }) => ({
      data: typed(backend.readSync(dataId), dtype),
      shape: [...shape],
      dtype: dtype as KernelDType,
    }));
  } finally {
    // An output may be an input's data under another shape, hence the question.
    for (const { dataId } of made) if (backend.data.has(dataId)) backend.disposeData(dataId, true);
  }
}
