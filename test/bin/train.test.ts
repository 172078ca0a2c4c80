/** Training from the command line, briefly. */
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import type { Training } from '../../examples/example.ts';
import { FULL } from '../support/effort.ts';
import { command, expectRefusals, retrograph, runNode, temporaryFolder } from './cli.ts';

const TINY = ['train', 'digits', '--limit', '512', '--epochs', '1', '--batch-size', '64', '--hidden', '32'];

describe('retrograph train', () => {
  const folder = temporaryFolder();

  it('digits, a few steps: JSON, variables, a report', async () => {
    const [report, variables] = [join(folder, 'deep', 'digits.html'), join(folder, 'digits.safetensors')];
    const { code, stdout, stderr } = await retrograph([
      ...TINY,
      '--json',
      '--seed',
      '3',
      '--report',
      report,
      '--save',
      variables,
    ]);
    expect(code, stderr).to.equal(0);
    const result = JSON.parse(stdout) as Record<string, unknown> & {
      losses: number[];
      confusion: number[][];
      metrics: Record<string, number>;
    };
    expect(result).to.deep.include({
      example: 'digits',
      backend: 'wasm',
      seed: 3,
      trained: 512,
      tested: 512,
      report,
      saved: variables,
    });
    expect(result.settings).to.deep.equal({
      model: 'mlp',
      epochs: 1,
      batchSize: 64,
      learningRate: 0.003,
      hidden: [32],
    });
    expect(result.losses).to.have.lengthOf(8);
    expect(result.losses.at(-1)).to.be.lessThan(result.losses[0]!);
    expect(result.confusion.flat().reduce((a, b) => a + b)).to.equal(512);
    const page = readFileSync(report, 'utf8').replace(/"data:[^"]*"/g, '"data:"');
    expect(page)
      .to.match(/^<!doctype html>/)
      .and.include('</html>')
      .and.include('prefers-color-scheme: dark');
    expect(page).to.not.match(/(?:src|href)="(?!data:|#)|url\((?!#|"?data:)|@import|undefined|NaN/);
    expect(page.match(/<svg/g)!.length).to.be.at.least(4);

    const again = await retrograph([
      'train',
      'digits',
      '--limit',
      '512',
      '--epochs',
      '0',
      '--hidden',
      '32',
      '--load',
      variables,
      '--no-report',
      '--json',
    ]);
    expect(JSON.parse(again.stdout)).to.deep.include({ losses: [], confusion: result.confusion });
  });

  it('says in its help what is set by default, of each example and network', async () => {
    const { stdout } = await retrograph(['train', '--help']);
    expect(stdout)
      .to.match(/^ {2}digits +--epochs 5 .*--hidden 128,64$/m)
      .and.match(/^ {2}digits --model cnn +--epochs 4 /m)
      .and.match(/^ {2}languages +--epochs 3 --batch-size 256 --learning-rate 0\.02$/m);
  });

  it('digits in words: lines of progress, a curve, a matrix', async () => {
    const { code, stdout, stderr } = await retrograph([...TINY, '--backend', 'cpu', '--no-report']);
    expect(code).to.equal(0);
    expect(stderr).to.match(/^training 50 % {2}loss \d/m);
    expect(stdout).to.include('loss of 512 training digits').and.include('┤');
    expect(stdout)
      .to.match(/^epoch +step +loss +test accuracy/m)
      .and.match(/\d+\.\d\d % of 512 test digits right, \d+ wrong/);
    expect(stdout).to.not.include('report:');
  });

  (FULL ? it : it.skip)('the convolutional network, for a number of steps: JSON and a report', async () => {
    const report = join(folder, 'cnn.html');
    const args = ['train', 'digits', '--model', 'cnn', '--limit', '256', '--steps', '6', '--batch-size', '32'];
    const { code, stdout, stderr } = await retrograph([...args, '--json', '--report', report]);
    expect(code, stderr).to.equal(0);
    const { settings, network, losses, epochs } = JSON.parse(stdout) as Training;
    expect(settings).to.deep.equal({ model: 'cnn', steps: 6, batchSize: 32, learningRate: 0.004, hidden: [] });
    expect(network).to.match(/^a convolutional network/);
    expect(losses).to.have.lengthOf(6);
    expect(epochs.map(({ step }) => step)).to.deep.equal([6]);
    const page = readFileSync(report, 'utf8');
    expect(page).to.include('A convolutional network').and.include('6 steps on 256 digits').and.include('Conv2D');
    expect(page.replace(/"data:[^"]*"/g, '"data:"')).to.not.match(/undefined|NaN/);
  });

  (FULL ? it : it.skip)('languages: a matrix with names, guesses, variables to go on from, and no report', async () => {
    const variables = join(folder, 'languages.safetensors');
    const tiny = ['train', 'languages', '--limit', '400', '--batch-size', '50'];
    const { code, stdout, stderr } = await retrograph([...tiny, '--steps', '12', '--save', variables]);
    expect(code, stderr).to.equal(0);
    expect(stdout)
      .to.match(/^ +English +French +Spanish +German$/m)
      .and.match(/^word +is +taken for +probability$/m)
      .and.match(/\d+\.\d\d % of 400 test words right/)
      .and.include(`variables: ${variables}`);
    expect(stdout).to.not.include('report:');
    const again = await retrograph([...tiny, '--epochs', '0', '--load', variables, '--json']);
    const { losses, classes, guesses, metrics } = JSON.parse(again.stdout) as Training;
    expect(losses).to.deep.equal([]);
    expect(classes).to.deep.equal(['English', 'French', 'Spanish', 'German']);
    expect(guesses![0]).to.have.all.keys('example', 'is', 'guess', 'probability');
    expect(stdout).to.include(`${(100 * metrics['test accuracy']!).toFixed(2)} % of 400 test words`);
  });

  it('notes: their table, and their training', async () => {
    const [json, text] = await Promise.all([
      retrograph(['train', 'deeplizard', '--json']),
      retrograph(['train', 'auddy', '--seed', '2']),
    ]);
    const { results } = JSON.parse(json.stdout) as { results: { ok: boolean }[] };
    expect(results.length).to.be.greaterThan(10);
    expect(results.every(({ ok }) => ok)).to.equal(true);
    expect(text.stdout)
      .to.match(/all \d+ rows agree with their closed forms/)
      .and.match(/accuracy: \d/);
    expect([json.code, text.code]).to.deep.equal([0, 0]);
  });

  it('says before the training that a report needs packages: an error where one is asked for', async () => {
    const hook = join(folder, 'without-plot.mjs');
    const resolve = `export const resolve = (specifier, context, next) => {
      if (specifier === '@observablehq/plot') throw new Error('it is not there');
      return next(specifier, context);
    };`;
    const url = `data:text/javascript,${encodeURIComponent(resolve)}`;
    writeFileSync(hook, `import { register } from 'node:module'; register(${JSON.stringify(url)});`);
    const without = async (...args: string[]) => runNode([`--import=${pathToFileURL(hook)}`, await command(), ...args]);
    const [asked, unasked] = await Promise.all([
      without(...TINY, '--report', join(folder, 'none.html')),
      without(...TINY),
    ]);
    expect(asked.code).to.equal(1);
    expect(asked.stderr).to.include('npm install @observablehq/plot').and.not.include('training 10 %');
    expect(unasked.code, unasked.stderr).to.equal(0);
    expect(unasked.stderr).to.match(/^no report: .*npm install @observablehq\/plot.*\ntraining \d+ %/);
  });

  it('Ctrl-C: exit code 130, and nothing half-written', async () => {
    const files = join(folder, 'interrupted');
    const args = [
      'train',
      'digits',
      '--report',
      join(files, 'digits.html'),
      '--save',
      join(files, 'digits.safetensors'),
    ];
    let pressed = false;
    const { code, stdout, stderr } = await retrograph(args, {
      onStderr: (text, child) => {
        if (pressed || !text.includes('training 10 %')) return;
        pressed = child.kill('SIGINT');
      },
    });
    expect(code).to.equal(130);
    expect(stdout).to.equal('');
    expect(stderr).to.match(/^interrupted: /m);
    expect(existsSync(files) ? readdirSync(files) : []).to.deep.equal([]);
  });

  it('refuses what it cannot train', () =>
    expectRefusals([
      [['train', 'digts'], /there is no example 'digts'; there are .*\nDid you mean digits\?/],
      [['train', 'auddy', '--epochs', '3'], /'auddy' has no --epochs: it runs as its notes say/],
      [['train', 'languages', '--report', 'words.html'], /'languages' has no --report: it takes --epochs, .*--save/],
      [['train', 'digits', '--model', 'rnn'], /--model.*'rnn'.*mlp, cnn/],
      [['train', 'digits', '--steps', '0'], /--steps.*'0'.*whole number, 1 or more/],
      [['print', 'auddy', '--model', 'cnn'], /'auddy' has no --model\n.*digits/],
      [['train', 'digits', '--load', 'nothing.safetensors'], /no file 'nothing\.safetensors'/],
      [['train', 'digits', '--report', 'examples'], /'examples' is a folder/],
    ]));

  it('variables of another model are refused, and left alone', async () => {
    const variables = join(folder, 'digits.safetensors');
    const { size } = statSync(variables);
    const { code, stderr } = await retrograph([
      ...TINY,
      '--hidden',
      '16',
      '--load',
      variables,
      '--save',
      variables,
      '--no-report',
    ]);
    expect(code).to.equal(1);
    expect(stderr).to.match(
      /the file does not fit the variables: .*'W1' is float32\[784, 16\], not float32\[784, 32\]/,
    );
    expect(statSync(variables).size).to.equal(size);
  });
});
