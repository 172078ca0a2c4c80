/** Many variables on TensorFlow, for which the first run of each call costs time for all that its session holds: few calls are made. */
import { expect } from 'chai';
import { type HostValue, typedArrayOf } from '../../engine/index.ts';
import { compile, type DType, Graph, type Sym, sizeOf } from '../../index.node.ts';
import { add, sum } from '../../ops/index.ts';
import { cpuSeconds } from '../support/cpu-time.ts';
import { NATIVE } from '../support/here.ts';

const plain = ({ data, shape, dtype }: HostValue) => ({ data: [...data], shape: [...shape], dtype });

for (const backend of NATIVE) {
  it(`the first snapshot and restore of 200 variables on ${backend.name} take no longer for each than those of 40`, async () => {
    const costOf = async (count: number): Promise<number> => {
      const g = new Graph();
      const all = Array.from({ length: count }, (_, i) => g.variable(`w${i}`, [2], i));
      const program = await compile({ y: sum(all.reduce<Sym>((a, w) => add(a, w), all[0]!)) }, { backend });
      await program.run();
      const seconds = await cpuSeconds(async () => {
        const { tensors } = await program.variables.snapshot();
        expect([...tensors.get(`w${count - 1}`)!.data]).to.deep.equal([count - 1, count - 1]);
        for (const name of tensors.keys()) void program.variables.set(name, [1, 2]);
        await program.run();
        expect([...(await program.variables.get('w0')).data]).to.deep.equal([1, 2]);
      });
      program.dispose();
      return seconds;
    };
    await backend.start();
    await costOf(40);
    expect(await costOf(200)).to.be.at.most(0.5 + 10 * (await costOf(40)));
    // what is fed, fetched or compiled for all pairs would show here: 25 times as much for 5 times as many
    expect(await costOf(1000)).to.be.at.most(0.5 + 10 * (await costOf(200)));
  });

  it(`variables of every size and dtype come back from ${backend.name} as they were set, small ones together`, async () => {
    const TYPES: readonly (readonly [DType, readonly number[]])[] = [
      ['float32', [5000]],
      ['float32', [2, 3]],
      ['int32', [4]],
      ['bool', [3, 1]],
      ['float32', []],
      ['float32', [0, 2]],
      ['complex64', [2]],
      ['int32', [70, 70]],
      ['bool', []],
    ];
    const g = new Graph();
    const all = TYPES.map(([dtype, shape], i) => g.variable(`v${i}`, shape, 0, { dtype }));
    const program = await compile(Object.fromEntries(all.map((v, i) => [`v${i}`, v])), { backend });
    await program.run();
    const given = TYPES.map(([dtype, shape], i): HostValue => {
      const data = typedArrayOf(dtype, sizeOf(shape));
      for (let k = 0; k < data.length; k++) data[k] = dtype === 'bool' ? k % 2 : (k % 97) + i;
      return { data, shape, dtype };
    });
    await program.variables.restore({ tensors: new Map(given.map((value, i) => [`v${i}`, value])) });
    const results = await program.run();
    const { tensors } = await program.variables.snapshot();
    for (const [i, value] of given.entries()) {
      expect(plain(results[`v${i}`]!), `v${i}`).to.deep.equal(plain(value));
      expect(plain(tensors.get(`v${i}`)!), `v${i}`).to.deep.equal(plain(value));
    }
    program.dispose();
  });
}
