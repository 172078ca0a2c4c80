import commonjs from '@rollup/plugin-commonjs';
import resolve from '@rollup/plugin-node-resolve';

const output = (dir) => ({ dir, format: 'es', sourcemap: true });
export default [
  { input: 'page.js', output: output('out/rollup-page'), plugins: [resolve({ browser: true }), commonjs()] },
  { input: 'script.js', output: output('out/rollup-server'), plugins: [resolve(), commonjs()] },
];
