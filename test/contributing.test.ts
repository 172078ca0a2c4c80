/** What CONTRIBUTING shows of the sources. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';

const root = fileURLToPath(new URL('..', import.meta.url));

describe('the sources', () => {
  it('are quoted as they are where CONTRIBUTING shows them', () => {
    // a section quotes the first file that it links
    const sections = readFileSync(`${root}/CONTRIBUTING.md`, 'utf8').split(/^## /m);
    const quoted = sections.flatMap((text) => {
      const quotes = [...text.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code!);
      const [, file] = /\]\(([^)]+\.ts)\)/.exec(text) ?? [];
      for (const code of quotes) expect(readFileSync(`${root}/${file}`, 'utf8'), file).to.include(code);
      return quotes.length === 0 ? [] : [[file, quotes.length]];
    });
    expect(quoted).to.deep.equal([
      ['ops/activation/softsign.ts', 4],
      ['examples/plugin/pinball.ts', 3],
      ['examples/plugin/lion.ts', 2],
      ['plugins/layers/embedding.ts', 1],
    ]);
  });
});
