/** Exporting from the command line, and going on with what was exported. */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { readSavedModel } from '../../backends/node/saved-model/index.ts';
import { EXAMPLES } from '../../bin/examples.ts';
import { openVariables } from '../../index.node.ts';
import { FULL } from '../support/effort.ts';
import { requireNative } from '../support/missing-native.ts';
import { expectRefusals, retrograph, temporaryFolder } from './cli.ts';

const TINY = ['--limit', '256', '--hidden', '16'];

describe('retrograph export', () => {
  if (!requireNative()) return;

  const folder = temporaryFolder();

  // each takes a process: where time is short, one of the notes and one of the data sets
  for (const name of FULL ? EXAMPLES : ['auddy', 'languages'])
    it(`${name}: a network to be used and trained`, async () => {
      const path = join(folder, name);
      const { code, stdout, stderr } = await retrograph(['export', name, '-o', path, '--json', '--seed', '5']);
      expect(code, stderr).to.equal(0);
      const { example, output, signatures, variables } = JSON.parse(stdout);
      expect({ example, output }).to.deep.equal({ example: name, output: path });
      expect(signatures).to.have.all.keys('serve', 'serving_default', 'train');
      expect(Object.keys(signatures.serve.inputs)).to.have.lengthOf(1);
      expect(Object.keys(signatures.train.inputs)).to.have.lengthOf(2);
      expect(signatures.train.outputs).to.deep.equal({ loss: { dtype: 'float32', shape: [] } });
      const { tensors } = await readSavedModel(path);
      expect([...tensors.keys()].sort()).to.deep.equal((variables as { name: string }[]).map((v) => v.name).sort());
    });

  (FULL ? it : it.skip)(
    'digits, trained before; train goes on from there, and says the same of the test digits',
    async () => {
      const path = join(folder, 'trained');
      const exported = await retrograph([
        'export',
        'digits',
        ...TINY,
        '--steps',
        '20',
        '-o',
        path,
        '--learning-rate',
        '0.01',
      ]);
      expect(exported.code, exported.stderr).to.equal(0);
      expect(exported.stderr).to.match(/training 100 % {2}loss \d/);
      expect(exported.stdout)
        .to.match(/^serve +images float32\[\?, 784\] +probabilities float32\[\?, 10\]$/m)
        .and.match(/^train +images float32\[\?, 784\], labels float32\[\?, 10\] +loss float32\[\]$/m)
        .and.contain(path);
      const { tensors } = await readSavedModel(path);
      expect(tensors.get('W1')!.shape).to.deep.equal([784, 16]);
      expect(tensors.get('adam/step')!.data[0]).to.equal(20);
      expect(tensors.get('learningRate')!.data[0]).to.be.closeTo(0.01, 1e-9);

      const weights = join(folder, 'trained.safetensors');
      const variables = await openVariables({ backend: 'cpu' });
      await variables.restore({ tensors }, { strict: false });
      await variables.save(weights);
      variables.dispose();
      const tested = await Promise.all(
        [path, weights].map((from) =>
          retrograph(['train', 'digits', ...TINY, '--epochs', '0', '--load', from, '--no-report', '--json']),
        ),
      );
      expect(tested.map(({ stderr }) => stderr)).to.deep.equal(['', '']);
      const [bySavedModel, byFile] = tested.map(({ stdout }) => JSON.parse(stdout));
      expect(bySavedModel.metrics['test accuracy']).to.be.greaterThan(0.3);
      expect(bySavedModel).to.deep.equal(byFile);
    },
  );

  (FULL ? it : it.skip)('replaces a SavedModel where it is told to, and nothing else ever', async () => {
    const [path, other] = [join(folder, 'again'), join(folder, 'other')];
    mkdirSync(other);
    writeFileSync(join(other, 'notes.txt'), 'mine');
    expect((await retrograph(['export', 'rhodes', '-o', path])).code).to.equal(0);
    await expectRefusals([
      [['export', 'rhodes', '-o', path], /there is a SavedModel in '.*again' already\n--force replaces it/],
      [['export', 'rhodes', '-o', other, '--force'], /has other files, and is no SavedModel/],
      [['export', 'rhodes', '-o', join(other, 'notes.txt')], /is a file; give the path of a folder/],
      [['export', 'rhodes', '-o', join(other, 'notes.txt', 'below')], /cannot be written/],
    ]);
    expect((await retrograph(['export', 'rhodes', '-o', path, '--force'])).code).to.equal(0);
    expect(readdirSync(path).sort()).to.deep.equal(['saved_model.pb', 'variables']);
    expect(readdirSync(other)).to.deep.equal(['notes.txt']);
    expect(readdirSync(folder).filter((name) => name.startsWith('.'))).to.deep.equal([]);
  });

  it('refuses what an example does not take, before any work', () =>
    expectRefusals([
      [['export', 'rhodes'], /required option '-o, --output <folder>'/],
      [
        ['export', 'rhodes', '-o', join(folder, 'x'), '--steps', '3'],
        /'rhodes' has no --steps: it takes --load, --learning-rate/,
      ],
      [
        ['export', 'auddy', '-o', join(folder, 'x'), '--learning-rate', '3'],
        /'auddy' has no --learning-rate: it takes --load/,
      ],
      [['export', 'languages', '-o', join(folder, 'x'), '--hidden', '3'], /'languages' has no --hidden/],
      [['export', 'rhodes', '-o', join(folder, 'x'), '--format', 'onnx'], /Allowed choices are savedmodel/],
      [['export', 'rhodes', '-o', join(folder, 'x'), '--load', join(folder, 'none')], /there is no file '.*none'/],
      [['export', 'rhodes', '-o', join(folder, 'x'), '--load', folder], /is a folder, and no SavedModel/],
    ]));

  it('says what is missing where variables do not fit, and leaves nothing', async () => {
    const from = join(folder, 'auddy');
    const { code, stderr } = await retrograph(['export', 'rhodes', '-o', join(folder, 'misfit'), '--load', from]);
    expect(code).to.equal(1);
    expect(stderr).to.match(/'W3' is missing/);
    expect(readdirSync(folder).filter((name) => name.includes('misfit'))).to.deep.equal([]);
  });
});
