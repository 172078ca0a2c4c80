/**
 * Builds and loads the judge: TensorFlow.js in double precision.
 *
 * tfjs-core and its cpu backend are bundled with `Float64Array` in place of `Float32Array`, so that tensors of dtype 'float32' hold
 * doubles. Finite differences are then accurate to about 1e-8; in float32 they have three digits. The bundle shares nothing with other
 * copies of tfjs in the process, and they cannot exchange tensors.
 *
 * As imprecise as in tfjs: `epsilon()` is 1e-7, as in float32 backends (losses clip with it); `Erf` is a polynomial with an error of 1e-7;
 * selu's constants have about 16 digits; random tensors hold float32 draws.
 */
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { BuildOptions } from 'esbuild';
import { BackendError } from '../../engine/index.ts';

export type Float64Tf = typeof import('@tensorflow/tfjs');

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
  // tfjs keeps its engine and registries on the global object; a separate one keeps this copy from sharing them
  banner: { js: 'const float64Global = { __proto__: globalThis, _tfGlobals: undefined, _tfengine: undefined };' },
  define: { Float32Array: 'Float64Array', global: 'float64Global', window: 'undefined' },
  logLevel: 'error',
};
const renamed = ['isFloat32Array', 'isFloat64Array'] as const; // functions of node:util's `types`

const require = createRequire(import.meta.url);

/** The folder of an installed package. @throws BackendError if it is not installed */
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

/** Makes the bundle on first use, and keeps it under node_modules until a version or this code changes. @returns its path */
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
  renameSync(part, file); // atomic, since another process may read it
  return file;
}

let loaded: Promise<Float64Tf> | undefined;

/** tfjs with all gradients and chained ops, in double precision, on its cpu backend. */
export function loadFloat64(): Promise<Float64Tf> {
  loaded ??= (async () => {
    const tf: Float64Tf = require(await bundle());
    // without PROD, the cpu backend prints an advertisement. IS_TEST prevents that too, but adds checks that reject some of tfjs's losses
    tf.env().set('PROD', true);
    await tf.setBackend('cpu');
    await tf.ready();
    return tf;
  })();
  return loaded;
}
