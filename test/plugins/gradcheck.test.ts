/** The gradient check itself: that it catches what is wrong, and says where; and what it writes. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { cpu } from '../../backends/cpu/module.ts';
import { wasm } from '../../backends/wasm/module.ts';
import { defineOp } from '../../engine/index.ts';
import { add } from '../../ops/elementwise/add.ts';
import { type Sample, type SampleOptions, sample, uniform } from '../../ops/sample.ts';
import { Tile, tile } from '../../ops/shape/tile.ts';
import { gradcheck, loadJudge, type Matrix } from '../../plugins/gradcheck/index.ts';
import { retrograph } from '../bin/cli.ts';

const WRONG = 'test/support/wrong-gradient-plugin.ts';

describe('the gradient check', () => {
  it('reports a wrong gradient with the input, the numbers and the line of the rule', async () => {
    const text = await retrograph(['gradcheck', 'Cube', '--plugin', WRONG]);
    expect(text.code).to.equal(1);
    const found = text.stdout.match(
      /the gradient by x is off by (\S+): element \d \(where it is (\S+)\) is (\S+), and should be (\S+); its rule is at (\S+)/,
    );
    expect(found, text.stdout).to.not.equal(null);
    const [error, x, actual, expected] = found!.slice(1, 5).map(Number);
    expect(error).to.be.greaterThan(0.1);
    expect(actual! / expected!).to.be.closeTo(2 / 3, 1e-3);
    expect(x).to.be.within(0.5, 1);
    const line =
      readFileSync(WRONG, 'utf8')
        .split('\n')
        .findIndex((l) => l.includes('it is 3 x^2')) + 1;
    expect(found![5]).to.match(new RegExp(`^${WRONG}:${line}:\\d+$`));
  });

  it('reports it as data, for every backend', async () => {
    const { code, stdout } = await retrograph(['gradcheck', 'Cube', '--plugin', WRONG, '--json']);
    expect(code).to.equal(1);
    const { rows, totals } = JSON.parse(stdout);
    expect(totals).to.deep.equal({ rows: 2, ok: 0, failed: 2, skipped: 0 });
    for (const row of rows) {
      expect(row).to.include({ op: 'Cube', status: 'failed' });
      expect(row.faults.map(({ what }: { what: string }) => what)).to.include('the gradient by x');
      expect(row.faults[0]).to.include.keys('element', 'actual', 'expected', 'input', 'rule');
    }
  });

  /** The identity, with what is wrong about it. */
  const identity = (name: string, derivative: number, rows: readonly Sample[]) => ({
    op: defineOp({
      name,
      inputs: ['x'],
      infer: ({ x }) => [x],
      lowering: [{ kind: 'composite', expand: ({ x }) => add(x, 0) }],
      gradient: { x: (_inputs, { dy }) => add(dy, derivative) },
    }),
    samples: rows,
  });
  const faultsOf = async (entry: ReturnType<typeof identity>): Promise<readonly string[]> => {
    const { rows } = await gradcheck({ ops: [entry], backends: [cpu] });
    return rows.flatMap(({ faults }) => faults.map(({ what }) => what));
  };

  it('catches a gradient that is not linear in its cotangent', async () => {
    await Promise.all([cpu.start(), wasm.start()]);
    expect(await faultsOf(identity('Shifted', 0.5, [sample({ x: uniform([2]) }, { reference: null })]))).to.include(
      'the gradient, differentiated by its cotangent,',
    );
  });

  it('holds what a sample says about tf.grad to be so', async () => {
    const reference: NonNullable<Sample['reference']> = (tf, [x]) => tf.add(x!, 0);
    const claims = [sample({ x: uniform([2]) }, { reference, tfGradIsWrong: 'throws' })];
    expect(await faultsOf(identity('Claimed', 0, claims))).to.deep.equal([
      'tf.grad is right, though the sample says: throws',
    ]);
    const doubled: NonNullable<Sample['reference']> = (tf, [x]) =>
      tf.customGrad((t) => ({ value: tf.clone(t as never), gradFunc: (dy) => tf.mul(dy, 2) }))(x!);
    expect(await faultsOf(identity('Silent', 0, [sample({ x: uniform([2]) }, { reference: doubled })]))).to.deep.equal([
      'tf.grad is wrong, and the sample does not say so',
    ]);
  });

  it('asks tfjs as it runs for users: under test, it refuses gradients that it has', async () => {
    const { tf } = await loadJudge();
    const gradient = tf.grad((z) => tf.losses.softmaxCrossEntropy([[0, 1]], z));
    expect(gradient(tf.tensor([[1, 1]])).dataSync()[0]).to.be.closeTo(0.5, 1e-12);
  });

  it("asks tfjs's own function where the reference is another formula", async () => {
    const never = (): never => {
      throw new Error('it does not return');
    };
    const rowOf = async (options: SampleOptions) => {
      const samples = [sample({ x: uniform([2, 3]) }, { reference: (tf, [x]) => tf.add(x!, 0), ...options })];
      const { rows } = await gradcheck({ ops: [identity('Asked', 0, samples)], backends: [cpu] });
      return rows[0]!;
    };
    expect((await rowOf({})).tfjs).to.deep.equal({ forward: 'right', first: 'right', second: 'throws' });
    expect((await rowOf({ tfjs: (tf, [x]) => tf.add(x!, 1) })).tfjs!.forward).to.equal('wrong');
    expect((await rowOf({ tfjs: never, tfGradIsWrong: 'throws' })).tfjs!.forward).to.equal('throws');
    const flat = await rowOf({ tfjs: (tf, [x]) => tf.reshape(x!, [6]) });
    expect(flat.tfjs!.forward, 'the elements of another shape').to.equal('wrong');
    const none = await rowOf({ tfjs: null });
    expect(none).to.deep.include({ status: 'ok', tfjs: { forward: 'none', first: 'none', second: 'none' } });
    expect(none.reasons).to.deep.equal(['tfjs-core has no such function']);
    const endless = await rowOf({ tfjs: 'hangs', tfGradHangs: 'its value never ends' });
    expect(endless).to.deep.include({ status: 'ok', tfjs: { forward: 'hangs', first: 'hangs', second: 'hangs' } });
    expect(endless.reasons).to.deep.equal(['tfjs does not return', 'tf.grad: its value never ends']);
  });

  it("gives a sample's reference the attributes, defaults included and dims as numbers", async () => {
    const given: unknown[] = [];
    const reference: NonNullable<Sample['reference']> = (tf, [x], attrs) => {
      given.push(attrs);
      return tf.tile(x!, attrs.reps);
    };
    const row = sample({ x: uniform(['$n', 2]) }, { reference, attrs: { reps: [2, '$n'] } });
    const tiled = { op: Tile, samples: [row, sample({ x: uniform([3]) }, { reference, attrs: { reps: [1] } })] };
    const { rows } = await gradcheck({ ops: [tiled], backends: [cpu] });
    expect(rows.flatMap(({ faults }) => faults)).to.deep.equal([]);
    expect(given[0]).to.deep.equal({ reps: [2, 2] });

    const built = sample({ x: uniform([3]) }, { reference, build: ({ x }) => tile(x!, [2]), attrs: { reps: [2] } });
    const { totals } = await gradcheck({ ops: [{ op: undefined, samples: [built] }], backends: [cpu] });
    expect(totals).to.include({ ok: 1, failed: 0 });
  });

  it('says of an error in a reference which row it is of, and where it is thrown', async () => {
    const reference: NonNullable<Sample['reference']> = (tf, [x]) =>
      tf.add(x!, (undefined as never as number[]).length);
    const rows = [sample({ x: uniform([2]) }, { reference: null }), sample({ x: uniform([2]) }, { reference })];
    const report = await gradcheck({ ops: [identity('Thrown', 0, rows)], backends: [cpu] });
    const { row, op, status, faults } = report.rows[1]!;
    expect({ row, op, status }).to.deep.equal({ row: 1, op: 'Thrown', status: 'failed' });
    expect(faults[0]!.what).to.match(
      /^SampleError: the reference of Thrown's row 1 throws TypeError: .*'length'.*, at test\/plugins\/gradcheck\.test\.ts:\d+:\d+$/,
    );
  });

  it('writes the matrix, and of given ops their rows of one that is there', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'retrograph-'));
    const read = (): Matrix => JSON.parse(readFileSync(join(folder, 'ops.json'), 'utf8'));
    const write = (...names: readonly string[]) => retrograph(['gradcheck', ...names, '--matrix', folder]);
    try {
      expect((await write('Prod', 'Floor')).code).to.equal(0);
      const matrix = read();
      expect(matrix.backends).to.deep.equal(['cpu', 'wasm']);
      const [prod, floor] = matrix.ops;
      const right = { status: 'right', error: '1e-7' };
      expect(prod!.backends.wasm).to.deep.equal({
        forward: right,
        first: right,
        second: { status: 'right', error: '1e-6' },
        right: prod!.rows,
        skipped: 0,
      });
      expect(prod!.tfjs.second).to.not.have.property('right');
      expect(floor!.file).to.equal('ops/elementwise/floor.ts');
      expect(readFileSync(join(folder, 'ops.md'), 'utf8')).to.match(/\| \[Prod\]\(\S+\) \| \d+ \| ✓ 1e-7 \|/);

      // a row that is out of date, one that stays as it is, and one that is gone
      const old = [
        { ...floor, rows: 0 },
        { ...prod, file: 'as it is' },
        { ...floor, op: 'Gone' },
      ];
      writeFileSync(join(folder, 'ops.json'), JSON.stringify({ ...matrix, ops: old }));
      expect((await write('Floor', 'Ceil')).code).to.equal(0);
      const { ops, totals } = read();
      expect(ops.map(({ op }) => op)).to.deep.equal(['Ceil', 'Floor', 'Prod']); // in the catalogue's order
      expect(ops.slice(1)).to.deep.equal([floor, old[1]]);
      const rows = ops.reduce((sum, row) => sum + row.rows, 0);
      expect(totals).to.deep.include({ ops: 3, rows, right: { cpu: rows, wasm: rows } });

      const refused = await retrograph(['gradcheck', 'Floor', '--matrix', folder, '--backend', 'cpu']);
      expect(refused.code).to.equal(2);
      expect(refused.stderr).to.match(/ops\.json' is of other backends\n.*--backend cpu,wasm/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
