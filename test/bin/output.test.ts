/** Tables of the command line: as wide as the terminal, and no wider. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { expect } from 'chai';
import fc from 'fast-check';
import { confusionMatrix } from '../../bin/charts.ts';
import { table } from '../../bin/output.ts';
import { table as resultTable } from '../../examples/table.ts';
import { command, retrograph, runNode, temporaryFolder } from './cli.ts';

const WIDTHS = [40, 60, 80, 120];

const linesOf = (text: string): readonly string[] => stripVTControlCharacters(text).split('\n');
/** What a text says, however it is broken into lines. */
const lettersOf = (text: string): string => [...stripVTControlCharacters(text).replace(/\s/g, '')].sort().join('');

function expectFits(text: string, width: number): void {
  for (const line of linesOf(text)) expect(line.length, line).to.be.at.most(width);
}

describe('tables', () => {
  const folder = temporaryFolder();
  const word = fc.string({ unit: fc.constantFrom(...'abcdefghij/.-'), minLength: 1, maxLength: 45 });
  const words = fc.array(word, { maxLength: 9 }).map((list) => list.join(' '));
  const number = fc.integer({ min: 0, max: 99_999 }).map(String);
  const row = fc.tuple(word, words, words, number);
  const head = ['NAME', 'WHAT', 'WHERE', 'COUNT'];

  it('fit any terminal, and leave nothing out', () => {
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 6 }), fc.constantFrom(...WIDTHS), (rows, width) => {
        const text = table(head, rows, { right: [3], width });
        expectFits(text, width);
        expect(lettersOf(text.replace(/[A-Z]/g, ''))).to.equal(lettersOf(rows.flat().join('')));
      }),
    );
  });

  it('are as wide as they need in files and for other programs', async () => {
    const { stdout } = await retrograph(['ops', 'losses']);
    expect(stdout).to.match(/^losses +absoluteDifference +Absolute errors\. +labels, predictions$/m);
  });

  it('of counts have all columns, some below others', () => {
    const classes = Array.from({ length: 10 }, (_, i) => `${i}`);
    const counts = classes.map((_, i) => classes.map((_c, k) => 1000 + 10 * i + k));
    for (const width of [...WIDTHS, Number.POSITIVE_INFINITY]) {
      const text = confusionMatrix(counts, classes, width);
      expectFits(text, width);
      for (const n of counts.flat()) expect(text).to.include(`${n}`);
    }
  });

  it('of results cut cells, and leave columns out before they cut names', () => {
    const result = {
      id: '(12), a and b',
      what: 'the derivative of the loss by the weights of the first layer, of which there are many',
      computed: 0.123_456_789,
      expected: 0.123_456_789,
      error: 1e-9,
      differences: 1e-10,
      ok: true,
      tolerance: 1e-6,
      slip: { printed: 'd W = X^T d Z, as it stands in the notes', wrong: 'the sum over examples is missing there' },
    };
    for (const width of WIDTHS) {
      const text = resultTable([result], width);
      expectFits(text, width);
      expect(text)
        .to.match(width === 40 ? /^✓ {2}\(12\), a.*… {2}the der.*… {2}/m : /^✓ {2}\(12\), a and b {2}the deriv/m)
        .and.include('0.1235');
    }
    expect(resultTable([result]).split('\n')).to.have.length(5);
  });

  it('fit the terminal that the command is run in', async () => {
    const path = join(folder, 'terminal.mjs');
    writeFileSync(path, 'Object.assign(process.stdout, { isTTY: true, columns: Number(process.env.WIDTH) });');
    const args = [`--import=${pathToFileURL(path)}`, await command(), 'ops', 'losses', '--no-color'];
    for (const width of [40, 80]) {
      const { code, stdout } = await runNode(args, { env: { WIDTH: `${width}` } });
      expect(code).to.equal(0);
      expect(stdout).to.include('cosineDistance').and.not.include('…');
      expectFits(stdout, width);
    }
  });
});
