/** What reduces, chooses or moves values, over the whole range of float32: held to double precision. */
import { expect } from 'chai';
import { compile, Graph } from '../../engine/index.ts';
import { maxPool } from '../../ops/index.ts';
import { loadJudge, toDouble } from '../../plugins/gradcheck/judge.ts';
import { mapNames, type Subject } from '../../plugins/gradcheck/subject.ts';
import { run } from '../browser/row.ts';
import { EFFORT } from '../support/effort.ts';
import { extremeFaults, isChecked } from '../support/extremes.ts';
import { HERE } from '../support/here.ts';
import { SEED } from '../support/seed.ts';
import { sweep } from '../support/swept-rows.ts';

/** A window of negative infinities, on node. */
const isConvention = (path: string, backend: string, fault: string): boolean =>
  backend === 'node' && path.startsWith('pooling/') && fault.includes('infinit');

describe('over the whole range of float32', () => {
  before(() => Promise.all(HERE.map((b) => b.start())));

  const inDouble = async (subject: Subject) => {
    const feeds = mapNames(subject.feeds, (v) => (v.dtype === 'float32' ? { ...v, data: toDouble(v.data) } : v));
    return run({ ...subject, feeds }, 1, (await loadJudge()).backend);
  };

  // one op in eight, where time is short
  const swept = sweep(EFFORT, SEED, 'extremes').filter((own) => isChecked(own.entry));
  for (const { entry, rows } of swept.filter((_, i) => EFFORT !== 'quick' || i % 8 === 0))
    it(`${entry.path}: rows ${rows.join(', ')}`, async () => {
      const faults: string[] = [];
      for (const backend of HERE)
        for (const row of rows) {
          const found = await extremeFaults(entry, row, inDouble, (subject) => run(subject, 1, backend));
          const own = found.filter((fault) => !isConvention(entry.path, backend.name, fault));
          faults.push(...own.map((fault) => `${backend.name}: ${fault}`));
        }
      expect(faults, faults.join('\n')).to.deep.equal([]);
    });

  it('the largest of negative infinities alone is one of them, but on node', async () => {
    const y = maxPool(new Graph().placeholder('x', [1, 2, 2, 1]), 2, 2, 'valid');
    for (const backend of HERE) {
      const program = await compile({ y }, { backend });
      const x = { data: new Float32Array(4).fill(-Infinity), shape: [1, 2, 2, 1], dtype: 'float32' } as const;
      const expected = backend.name === 'node' ? -(2 - 2 ** -23) * 2 ** 127 : -Infinity;
      expect((await program.run({ x })).y.item(), backend.name).to.equal(expected);
      program.dispose();
    }
  });
});
