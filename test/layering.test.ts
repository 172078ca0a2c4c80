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

  it('are quoted as they are where CONTRIBUTING walks through an op', () => {
    const text = readFileSync(`${root}/CONTRIBUTING.md`, 'utf8').split('## Adding an op')[1]!.split('\n## ')[0]!;
    const source = readFileSync(`${root}/ops/activation/softsign.ts`, 'utf8');
    const quotes = [...text.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code!);
    expect(quotes.length).to.equal(4);
    for (const code of quotes) expect(source).to.include(code);
  });

  it('are all in the lists of ops', () => {
    const { status, output } = node('scripts/catalogue.mjs', '--check');
    expect(status, output).to.equal(0);
  });
});
