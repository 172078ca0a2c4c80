/** What CONTRIBUTING shows of the sources. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';

const root = fileURLToPath(new URL('..', import.meta.url));

describe('the sources', () => {
  it('are quoted as they are where CONTRIBUTING shows them', () => {
    // of the files that its section links, the first that has it
    const sections = readFileSync(`${root}/CONTRIBUTING.md`, 'utf8').split(/^## /m);
    const quoted = sections.flatMap((text) => {
      const quotes = [...text.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code!);
      const files = [...text.matchAll(/\]\(([^)]+\.ts)\)/g)].map(([, file]) => file!);
      const sources = quotes.map((code) => {
        const source = files.find((file) => readFileSync(`${root}/${file}`, 'utf8').includes(code));
        expect(source, code).to.not.equal(undefined);
        return source!;
      });
      return [...new Set(sources)].map((file) => [file, sources.filter((source) => source === file).length]);
    });
    expect(quoted).to.deep.equal([
      ['ops/activation/log-sigmoid.ts', 3],
      ['ops/activation/log-sigmoid.samples.ts', 1],
      ['examples/plugin/pinball.ts', 3],
      ['examples/plugin/repeat.ts', 2],
      ['examples/plugin/lion.ts', 2],
      ['plugins/layers/embedding.ts', 1],
    ]);
  });
});
