/** A program that uses tfjs itself, in the same process: tfjs's engine and registry are one for all. Each case has a process of its own. */
import { expect } from 'chai';
import { runNode } from '../bin/cli.ts';
import { builtPackage } from '../support/built.ts';

/** What the code gives as `told`, with tfjs and our backends at hand. */
async function toldBy(code: string): Promise<unknown> {
  const program = `
    import * as tf from '@tensorflow/tfjs-core';
    import { cpu } from 'retrograph/backends/cpu';
    import { wasm } from 'retrograph/backends/wasm';
    import { compile, Graph } from 'retrograph';
    import { square } from 'retrograph/ops';
    const ours = async (backend) => {
      const program = await compile({ y: square(new Graph().placeholder('x', [2])) }, { backend });
      const { y } = await program.run({ x: [3, 4] });
      return [...y.data];
    };
    const theirs = () => [...tf.mul(tf.tensor([3, 4]), 2).dataSync()];
    ${code}
    console.log('told', JSON.stringify(told));`;
  const {
    code: exit,
    stdout,
    stderr,
  } = await runNode(['--input-type=module', '-e', program], {
    cwd: await builtPackage(),
  });
  expect(exit, stderr).to.equal(0);
  return JSON.parse(/^told (.*)$/m.exec(stdout)![1]!);
}

describe('beside tfjs', () => {
  const CASES: Readonly<Record<string, readonly [code: string, told: unknown]>> = {
    'its backend stays its current one': [
      `await import('@tensorflow/tfjs-backend-cpu');
       const first = await ours(wasm);
       const told = [first, theirs(), tf.getBackend()];`,
      [[9, 16], [6, 8], 'cpu'],
    ],
    'it computes while ours starts': [
      `await import('@tensorflow/tfjs-backend-cpu');
       const starting = ours(wasm);
       const meanwhile = [];
       const timer = setInterval(() => meanwhile.push(...theirs()), 1);
       const told = [await starting, theirs()];
       clearInterval(timer);
       told.push([...new Set(meanwhile)]);`,
      [
        [9, 16],
        [6, 8],
        [6, 8],
      ],
    ],
    'it may use the backend that we have started, on the same instance': [
      `const before = await ours(wasm);
       const instance = tf.findBackend('wasm');
       const told = [before, theirs(), tf.getBackend(), tf.findBackend('wasm') === instance, await ours(wasm)];`,
      [[9, 16], [6, 8], 'wasm', true, [9, 16]],
    ],
    'it may ask for a backend while we start it': [
      `await import('@tensorflow/tfjs-backend-wasm');
       const starting = ours(wasm);
       await new Promise(setImmediate);
       const told = [await tf.setBackend('wasm'), await starting, theirs(), await ours(wasm)];`,
      [true, [9, 16], [6, 8], [9, 16]],
    ],
    'several of ours start side by side': [
      `const told = [...await Promise.all([ours(wasm), ours(cpu)]), await tf.setBackend('cpu'), theirs()];`,
      [[9, 16], [9, 16], true, [6, 8]],
    ],
  };
  for (const [title, [code, told]] of Object.entries(CASES))
    it(title, async () => expect(await toldBy(code)).to.deep.equal(told));
});
