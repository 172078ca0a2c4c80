/** Many variables on TensorFlow, for which the first run of each call costs time for all that its session holds: few calls are made. */
import { expect } from 'chai';
import { compile, Graph, type Sym } from '../../index.node.ts';
import { add, sum } from '../../ops/index.ts';
import { cpuSeconds } from '../support/cpu-time.ts';
import { NATIVE } from '../support/here.ts';

for (const backend of NATIVE)
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
  });
