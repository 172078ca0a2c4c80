/** What consoles show of the things that users hold: a line or a summary, whatever can be reached from them. */
import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { expect } from 'chai';
import { primitives, RetrographError, trace } from '../../engine/index.ts';
import { compile, dim, Graph, type Program, type Sym } from '../../index.node.ts';
import { losses, matMul, split, tanh } from '../../ops/index.ts';
import { builtin } from '../../plugins/builtin.ts';
import { sgd } from '../../plugins/optimizers/index.ts';

const LINES = 8;
const LETTERS = 800;

/** A network of many layers: what can be reached from any of its parts is long. */
function network(depth: number) {
  const g = new Graph();
  const x = g.placeholder('x', ['$batch', 4]);
  const labels = g.placeholder('labels', ['$batch', 4]);
  let h: Sym = x;
  for (let i = 0; i < depth; i++) h = tanh(matMul(h, g.variable(`layer${i}/kernel`, [4, 4], 0.1)));
  return { g, x, h: g.name('h', h), loss: losses.meanSquaredError(labels, h) };
}

describe('consoles', () => {
  const { g, x, h, loss } = network(60);
  const optimizer = sgd({ learningRate: 0.1 });
  const updates = optimizer.minimize(loss);
  let program: Program<{ loss: Sym }>;
  before(async () => {
    program = await compile({ loss, h }, { backend: 'cpu', updates });
  });
  after(() => program.dispose());
  const { fn } = trace(g, [x], ([p]) => [matMul(p!, g.find('layer0/kernel'))]);

  const STORED: Record<string, () => unknown> = {
    graph: () => g,
    'empty graph': () => new Graph(),
    'free value': () => tanh([1, 2]),
    Sym: () => h,
    'one of several outputs': () => split(x, 2, 1)[1],
    Node: () => h.node,
    placeholder: () => x,
    dim: () => dim.add(x.shape[0]!, 3),
    Fn: () => fn,
    updates: () => updates[0],
    optimizer: () => optimizer,
    program: () => program,
    variables: () => program.variables,
    source: () => program.source,
    optimized: () => program.optimized,
    plan: () => program.planFor({ batch: 2 }),
    backend: () => program.backend,
  };
  for (const [name, get] of Object.entries(STORED)) {
    it(`show a ${name} in ${LINES} lines at most`, () => {
      const text = inspect(get());
      const own = text.split('\n');
      expect(own.length, text).to.be.at.most(LINES);
      expect(text.length, text).to.be.at.most(2 * LETTERS);
    });
  }

  it('show results in short, with their type', async () => {
    const values = await program.run({ x: new Float32Array(40), labels: new Float32Array(40) });
    expect(inspect(values.loss)).to.equal('HostTensor float32[] [0]');
    const { h: last } = values as unknown as Record<string, unknown>;
    expect(inspect(last)).to.match(/^HostTensor float32\[10, 4\] \[(0, ){16}\.\.\. 40 in all\]$/);
  });

  it('golden: what they show', () => {
    const { g, x, h, loss } = network(1);
    expect(inspect(x)).to.match(/^Sym x float32\[\$batch, 4\] = Placeholder\(\), made at .*inspect\.test\.ts:\d+:\d+$/);
    expect(inspect(h)).to.match(/^Sym h float32\[\$batch, 4\] = Tanh\(BatchMatMul_\d+\), made at/);
    expect(inspect(h.node)).to.equal(inspect(h).replace('Sym', 'Node'));
    expect([String(x), String(g), `${program}`]).to.deep.equal(['x float32[$batch, 4]', inspect(g), inspect(program)]);
    expect(inspect({ loss })).to.match(/^\{\s+loss: Sym \w+ float32\[\] = /);
    expect(inspect(dim.mul(x.shape[0]!, 2))).to.equal('Dim $batch * 2');
    expect(inspect(h.node.op)).to.equal('Op Tanh(x)');
    expect(inspect(program.optimized)).to.match(/^ProgramGraph of \d+ nodes\n {2}outputs: loss float32\[\]/);
    const [first, ...others] = inspect(g).split('\n');
    expect(first).to.match(/^Graph of \d+ nodes$/);
    expect(others).to.deep.equal([
      '  placeholders: x float32[$batch, 4], labels float32[$batch, 4]',
      '  variables: layer0/kernel float32[4, 4]',
      '  other names: h float32[$batch, 4]',
    ]);
    expect(
      inspect(program)
        .replace(/\d+ nodes/, 'N nodes')
        .split('\n'),
    ).to.deep.equal([
      'Program on cpu, of N nodes',
      '  outputs: loss float32[], h float32[$batch, 4]',
      `  updates: ${Array.from({ length: 8 }, (_, i) => `layer${i}/kernel`).join(', ')}, ... 52 more`,
      '  feeds: labels float32[$batch, 4], x float32[$batch, 4]',
    ]);
    expect(inspect(program.variables)).to.match(
      /^Variables on cpu: layer0\/kernel float32\[4, 4\], .*, \.\.\. 52 more$/,
    );
  });

  it('show a store that is closed, and a program over it', async () => {
    const closed = await compile({ h: network(1).h }, { backend: 'cpu' });
    closed.dispose();
    expect(inspect(closed.variables)).to.equal('Variables on cpu: none');
    expect(inspect(closed)).to.include('Program on cpu');
  });

  // an exported class that is new has to say what consoles show of it
  const { exports } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    exports: Record<string, string | Record<string, string>>;
  };
  const entries = Object.entries(exports).filter(
    ([name, to]) => typeof to === 'object' && !/\/serve$|\*|\.js$/.test(name),
  );
  for (const [name] of entries) {
    it(`show every class of '${name}' in short, with its tag`, async () => {
      const module = (await import(name.replace('.', 'retrograph'))) as Record<string, unknown>;
      const classes = Object.entries(module).filter(
        (entry): entry is [string, { prototype: object }] =>
          typeof entry[1] === 'function' && /^class\b/.test(Function.prototype.toString.call(entry[1])),
      );
      for (const [exported, { prototype }] of classes) {
        if (prototype instanceof RetrographError || prototype === RetrographError.prototype) continue;
        expect(prototype, exported).to.have.property(Symbol.toStringTag);
        expect(Symbol.for('nodejs.util.inspect.custom') in prototype, exported).to.equal(true);
        expect(inspect(prototype).split('\n').length, exported).to.equal(1);
      }
    });
  }

  it('show every op, and every backend, in a line', () => {
    for (const held of [...primitives, ...builtin.backends, ...builtin.ops.map(({ op }) => op)])
      expect(inspect(held).split('\n'), inspect(held)).to.have.lengthOf(1);
  });
});
