/** The layout of the sources: who may import whom, and that the lists of ops are those of the files. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';

const root = fileURLToPath(new URL('..', import.meta.url));

function node(...args: string[]): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  return { status, output: stdout + stderr };
}

describe('the sources', () => {
  it('import what their layer may import', () => {
    const layers = ['engine', 'ops', 'plugins', 'backends', 'bin', 'bench', 'test', 'examples'];
    const faces = ['index.node.ts', 'index.browser.ts', 'engine.ts'];
    const { status, output } = node(
      'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
      '--config',
      '.dependency-cruiser.cjs',
      ...[...layers, ...faces].filter((path) => existsSync(`${root}/${path}`)),
    );
    expect(status, output).to.equal(0);
    expect(output).to.match(/no dependency violations found \(\d{3} modules/);
  });

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

  it('are all in the lists of ops', () => {
    const { status, output } = node('scripts/catalogue.mjs', '--check');
    expect(status, output).to.equal(0);
  });
});
