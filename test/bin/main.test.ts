/** What all commands have in common: help, version, wrong usage, colours. */
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { FULL } from '../support/effort.ts';
import { ANSI, expectRefusals, retrograph } from './cli.ts';

describe('retrograph', () => {
  it('says what it can do, and how', async () => {
    const { code, stdout } = await retrograph(['--help']);
    expect(code).to.equal(0);
    for (const name of ['train', 'gradcheck', 'print', 'backends', 'ops'])
      expect(stdout).to.match(new RegExp(`^  ${name} `, 'm'));
    expect(stdout).to.include('Examples:');
  });

  it('shows its help, as wrong usage, where no command is given', async () => {
    const { code, stdout, stderr } = await retrograph([]);
    expect(code).to.equal(2);
    expect(stdout).to.equal('');
    expect(stderr).to.include('Usage: retrograph');
  });

  it('has help with examples for each command', async () => {
    const names = FULL ? ['train', 'gradcheck', 'print', 'backends', 'ops'] : ['train', 'gradcheck'];
    const outcomes = await Promise.all(names.map((name) => retrograph([name, '--help'])));
    outcomes.forEach(({ code, stdout }, i) => {
      expect(code).to.equal(0);
      expect(stdout).to.include(`$ retrograph ${names[i]}`);
      for (const option of ['--backend', '--seed', '--plugin', '--json', '--no-color'])
        expect(stdout).to.include(option);
    });
  });

  it('tells its version', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    expect(await retrograph(['--version'])).to.deep.equal({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  it('refuses wrong usage', () =>
    expectRefusals([
      [['trian', 'digits'], /unknown command 'trian'[\s\S]*train/],
      [['print', 'auddy', '--stag', 'plan'], /unknown option '--stag'[\s\S]*--stage/],
      [['train', 'digits', '--epochs', 'many'], /--epochs.*'many'.*whole number/],
      [['print', 'auddy', '--stage', 'middle'], /middle.*graph, gradient, optimized, plan/],
      [['print'], /missing required argument 'graph'/],
      [['ops', '--plugin', './none.ts'], /'\.\/none\.ts' cannot be loaded: there is no such file/],
      [['backends', '--backend', 'wsam'], /no backend 'wsam'; available: .*wasm.*\n.*Did you mean wasm/],
    ]));

  it('shows the stack for --debug and DEBUG', async () => {
    const outcomes = await Promise.all([
      retrograph(['print', 'nothing', '--debug']),
      retrograph(['print', 'nothing'], { env: { DEBUG: '1' } }),
    ]);
    for (const { code, stderr } of outcomes) {
      expect(code).to.equal(2);
      expect(stderr).to.match(/^\s+at /m);
    }
  });

  it('has colours on terminals only, unless asked', async () => {
    const outcomes = await Promise.all([
      retrograph(['--help']),
      retrograph(['--help'], { env: { FORCE_COLOR: '1' } }),
      retrograph(['--help'], { env: { FORCE_COLOR: '1', NO_COLOR: '1' } }),
      retrograph(['--help', '--no-color'], { env: { FORCE_COLOR: '1' } }),
    ]);
    expect(outcomes.map(({ stdout }) => stdout.includes(ANSI))).to.deep.equal([false, true, false, false]);
  });
});
