/** What docs/architecture.md shows of its step is what the stages make of it. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { print } from '../engine/index.ts';
import { assign, compile, Graph, gradients, type Program, type Sym } from '../index.node.ts';
import { matMul, mean, mul, square, sub } from '../ops/index.ts';

const text = readFileSync(new URL('../docs/architecture.md', import.meta.url), 'utf8');
const blocks = (language: string): readonly string[] =>
  [...text.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, block]) => block!);

const USED = { Graph, assign, compile, gradients, matMul, mean, mul, square, sub };

/** The code as it stands there, but for what is TypeScript's. */
async function runCode(): Promise<{ readonly loss: Sym; readonly dw: Sym; readonly program: Program }> {
  const [code] = blocks('ts');
  const AsyncFunction = (async () => {}).constructor as FunctionConstructor;
  const run = new AsyncFunction(...Object.keys(USED), `${code!.replaceAll('!', '')}; return { loss, dw, program };`);
  return run(...Object.values(USED));
}

/** Without the user's lines. */
const nodes = (printed: string): string => printed.replace(/ +# .*$/gm, '').trimEnd();
/** The steps alone. */
const steps = (printed: string): string => printed.split('\n\n')[0]!;

describe('the architecture', () => {
  it('shows each stage as it is', async () => {
    const { loss, dw, program } = await runCode();
    const shown = blocks('text').map((block) => block.trimEnd());
    expect(shown).to.deep.equal([
      nodes(print({ loss })),
      nodes(print({ dw })),
      nodes(print(program.optimized)),
      steps(print(program.planFor({ n: 2 }))),
    ]);
    program.dispose();
  });

  it('has one file that knows Map by name: its own', () => {
    const root = new URL('..', import.meta.url);
    const sources = ['engine', 'backends'].flatMap((folder) =>
      readdirSync(new URL(folder, root), { recursive: true })
        .map((file) => `${folder}/${String(file).replaceAll('\\', '/')}`)
        .filter((file) => file.endsWith('.ts')),
    );
    const naming = sources.filter((file) => readFileSync(new URL(file, root), 'utf8').includes("'Map'"));
    expect(naming).to.deep.equal(['engine/primitives/map.ts']);
  });
});
