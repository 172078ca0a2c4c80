/** Ops and their checks, and backends, as the command line shows them. */
import { expect } from 'chai';
import { retrograph } from './cli.ts';

describe('retrograph ops', () => {
  it('lists them by family', async () => {
    const [text, json] = await Promise.all([retrograph(['ops']), retrograph(['ops', '--json'])]);
    expect(text.stdout)
      .to.match(/^matrix +\w+/m)
      .and.match(/ BatchMatMul +Matrix product/);
    const ops = JSON.parse(json.stdout) as { name: string; family: string; differentiable: string[] }[];
    expect(ops.length).to.be.greaterThan(100);
    expect(ops.find(({ name }) => name === 'BatchMatMul'))
      .to.include({ family: 'matrix' })
      .and.deep.include({ differentiable: ['a', 'b'] });
    expect(ops.find(({ name }) => name === 'Floor')?.differentiable).to.deep.equal([]);
  });

  it('shows one: by name in any case, by file, of a plugin', async () => {
    const [text, json, plugin] = await Promise.all([
      retrograph(['ops', 'batchmatmul']),
      retrograph(['ops', 'matrix/mat-mul', '--json']),
      retrograph(['ops', 'LogCosh', '--plugin', 'examples/plugin']),
    ]);
    expect(text.stdout)
      .to.include('A^\\top \\bar Y')
      .and.include('transposeA: true or false (default: false)')
      .and.include('Auddy');
    expect(JSON.parse(json.stdout)).to.deep.include({
      name: 'BatchMatMul',
      lowering: ['kernel', 'composite'],
      attributes: ['transposeA', 'transposeB'].map((name) => ({ name, expects: 'true or false', default: false })),
    });
    expect(plugin.stdout).to.include('example-plugin/LogCosh').and.include('\\ln \\cosh x');
  });

  it('lists a family', async () => {
    const { stdout } = await retrograph(['ops', 'losses']);
    expect(stdout).to.include('SoftmaxCrossEntropyWithLogits').and.not.include('BatchMatMul');
  });

  it('an op that is not there: near names', async () => {
    const { code, stderr } = await retrograph(['ops', 'Sofmax']);
    expect(code).to.equal(2);
    expect(stderr).to.equal("error: there is no op 'Sofmax'\nDid you mean Softmax?\n");
  });
});

describe('retrograph gradcheck', () => {
  it('checks one op on cpu and wasm', async () => {
    const { code, stdout } = await retrograph(['gradcheck', 'Tanh', '--json']);
    const { rows, totals } = JSON.parse(stdout) as {
      rows: { op: string; backend: string; status: string }[];
      totals: { rows: number; ok: number; failed: number };
    };
    expect(code).to.equal(0);
    expect(totals).to.include({ failed: 0, ok: rows.length, rows: rows.length });
    expect([...new Set(rows.map(({ backend }) => backend))].sort()).to.deep.equal(['cpu', 'wasm']);
    expect(rows.every(({ op, status }) => op === 'Tanh' && status === 'ok')).to.equal(true);
  });

  it('checks an op of a plugin, on the backend asked for', async () => {
    const { code, stdout } = await retrograph([
      'gradcheck',
      'LogCosh',
      'Pinball',
      '--plugin',
      'examples/plugin',
      '--backend',
      'cpu',
    ]);
    expect(stdout)
      .to.match(/✓ +LogCosh +cpu +\d+/)
      .and.match(/✓ +Pinball +cpu +\d+/)
      .and.match(/0 failed/);
    expect(code).to.equal(0);
  });
});

describe('retrograph gradcheck --range', () => {
  it('checks an op over the whole range of float32', async () => {
    const { code, stdout } = await retrograph(['gradcheck', '--range', 'Step', 'Sum', '--json']);
    const { rows, totals } = JSON.parse(stdout);
    expect(code).to.equal(0);
    expect(totals).to.deep.equal({ rows: 4, ok: 4, failed: 0 });
    for (const row of rows) expect(row).to.include({ op: 'Step', status: 'ok' });
  });

  it('tells where an op of a plugin is wrong', async () => {
    const plugin = 'test/support/wrong-gradient-plugin.ts';
    const { code, stdout } = await retrograph(['gradcheck', '--range', 'Cube', '--plugin', plugin, '--backend', 'cpu']);
    expect(code).to.equal(1);
    expect(stdout)
      .to.match(/✗ +Cube +cpu/)
      .and.match(/on cpu \d+ elements, such as the gradient by x at \S+ is \S+, and should be \S+:/)
      .and.not.include('the value');
  });
});

describe('retrograph backends', () => {
  it('tells what runs here, and how fast', async () => {
    const { code, stdout } = await retrograph(['backends', '--json'], { env: { RETROGRAPH_BACKEND: 'cpu' } });
    expect(code).to.equal(0);
    const report = JSON.parse(stdout) as {
      default: string;
      backends: {
        name: string;
        available: boolean;
        default: boolean;
        version?: string;
        reason?: string;
        matMul?: { gflops: number };
      }[];
    };
    expect(report.default).to.equal('cpu');
    for (const name of ['wasm', 'cpu']) {
      const backend = report.backends.find((b) => b.name === name)!;
      expect(backend).to.include({ available: true, default: name === 'cpu', version: '4.22.0' });
      expect(backend.matMul!.gflops).to.be.greaterThan(0);
    }
    for (const { available, reason } of report.backends) expect(available || reason !== undefined).to.equal(true);
  });

  it('examines one', async () => {
    const { stdout } = await retrograph(['backends', '--backend', 'null']);
    expect(stdout)
      .to.match(/✓ +null +- +- +- +computes nothing/)
      .and.not.include('wasm');
  });
});
