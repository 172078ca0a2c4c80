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
