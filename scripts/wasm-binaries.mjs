// Writes tfjs's WebAssembly binaries as modules, which every bundler includes: as text, compressed if the runtime can decompress it.
// Imports no package, since it runs when packages have just been installed.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const root = new URL('..', import.meta.url);
const source = new URL('node_modules/@tensorflow/tfjs-backend-wasm/', root);
const target = new URL('backends/wasm/binaries/', root);

const read = (file) => readFileSync(new URL(`wasm-out/${file}`, source));
const base64 = (bytes) => bytes.toString('base64');
const gzip = (bytes) => base64(gzipSync(bytes, { level: 9 }));

/** The script in a worker module of tfjs, with escaped line ends in its strings. */
function workerScript(file) {
  const module = { exports: {} };
  new Function('module', read(file).toString())(module);
  return module.exports.wasmWorkerContents.replaceAll('\n', '\\n');
}

/** The strings of each module. Browsers on processors without SIMD may lack decompression. */
const MODULES = {
  baseline: () => ({ wasm: base64(read('tfjs-backend-wasm.wasm')) }),
  simd: () => ({ wasmGzip: gzip(read('tfjs-backend-wasm-simd.wasm')) }),
  threaded: () => ({ wasmGzip: gzip(read('tfjs-backend-wasm-threaded-simd.wasm')) }),
  'thread-scripts': () => ({
    mainGzip: gzip(read('tfjs-backend-wasm-threaded-simd.js')),
    workerGzip: gzip(Buffer.from(workerScript('tfjs-backend-wasm-threaded-simd.worker.js'))),
  }),
};

/** Does nothing if the modules exist for the installed version. */
export function writeWasmBinaries() {
  const { version } = JSON.parse(readFileSync(new URL('package.json', source), 'utf8'));
  const header = `// made by scripts/wasm-binaries.mjs of @tensorflow/tfjs-backend-wasm ${version} (Apache-2.0), as base64\n`;
  mkdirSync(target, { recursive: true });
  for (const [name, strings] of Object.entries(MODULES)) {
    const path = new URL(`${name}.ts`, target);
    if (existsSync(path) && readFileSync(path, 'utf8').startsWith(header)) continue;
    const lines = Object.entries(strings()).map(([key, text]) => `export const ${key} = '${text}';\n`);
    writeFileSync(path, header + lines.join(''));
  }
}
