/** What all commands have in common: help, version, wrong usage, colours. */
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { ANSI, retrograph } from './cli.ts';

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
    const names = ['train', 'gradcheck', 'print', 'backends', 'ops'];
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

  const wrong: Record<string, readonly [args: readonly string[], message: RegExp]> = {
    'a command that is not there': [['trian', 'digits'], /unknown command 'trian'[\s\S]*train/],
    'an option that is not there': [['print', 'auddy', '--stag', 'plan'], /unknown option '--stag'[\s\S]*--stage/],
    'a value that is refused': [['train', 'digits', '--epochs', 'many'], /--epochs.*'many'.*whole number/],
    'a choice that is none': [['print', 'auddy', '--stage', 'middle'], /middle.*graph, gradient, optimized, plan/],
    'a missing argument': [['print'], /missing required argument 'graph'/],
    'a plugin that is not there': [
      ['ops', '--plugin', './nothing-there.ts'],
      /'\.\/nothing-there\.ts' cannot be loaded: there is no such file/,
    ],
    'a backend that is not there': [
      ['print', 'auddy', '--stage', 'plan', '--backend', 'wsam'],
      /no backend 'wsam'; available: .*wasm.*\n.*Did you mean wasm/,
    ],
  };
  for (const [what, [args, message]] of Object.entries(wrong)) {
    it(`refuses ${what}: exit code 2, one message, no stack`, async () => {
      const { code, stdout, stderr } = await retrograph(args);
      expect(stderr).to.match(message);
      expect(stderr).to.not.match(/^\s+at /m);
      expect(stdout).to.equal('');
      expect(code).to.equal(2);
    });
  }

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
      retrograph(['ops', 'Tanh']),
      retrograph(['ops', 'Tanh'], { env: { FORCE_COLOR: '1' } }),
      retrograph(['ops', 'Tanh'], { env: { FORCE_COLOR: '1', NO_COLOR: '1' } }),
      retrograph(['ops', 'Tanh', '--no-color'], { env: { FORCE_COLOR: '1' } }),
    ]);
    expect(outcomes.map(({ stdout }) => stdout.includes(ANSI))).to.deep.equal([false, true, false, false]);
  });
});
