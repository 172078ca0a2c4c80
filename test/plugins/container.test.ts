/** Plugins, the container that binds them, and the example of one. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { sumAxes } from '../../engine/index.ts';
import { lion } from '../../examples/plugin/lion.ts';
import * as logCoshModule from '../../examples/plugin/log-cosh.ts';
import { Repeat, repeat } from '../../examples/plugin/repeat.ts';
import {
  compile,
  customGradient,
  Graph,
  GraphError,
  gradients,
  hvp,
  type PlacedPass,
  PluginError,
  print,
  ShapeError,
} from '../../index.node.ts';
import { concat, greater, Multiply, mul, sin, square, sum } from '../../ops/index.ts';
import { createContainer, definePlugin, loadPlugin, type Plugin, TOKENS } from '../../plugins/index.ts';
import { NAMED } from '../support/here.ts';
import { expectClose } from '../support/values.ts';

const { LogCosh, logCosh } = logCoshModule;

describe('container', () => {
  it('binds what is built in', () => {
    const container = createContainer();
    expect(container.plugins().map((p) => p.name)).to.deep.equal(['retrograph']);
    expect(container.findOp('Tanh').doc.forward).to.equal('y = \\tanh(x)');
    expect(container.ops().length).to.be.greaterThan(50);
    expect(container.backends().map((b) => b.name)).to.include.members(['cpu', 'wasm']);
    expect(container.findBackend('cpu').name).to.equal('cpu');
    expect(Object.keys(container.optimizers())).to.include.members([
      'sgd',
      'momentum',
      'adam',
      'adamW',
      'rmsprop',
      'adagrad',
    ]);
    expect(container.findOptimizer('adam')({ learningRate: 0.1 }).name).to.equal('adam');
    expect(container.findInitializer('glorotUniform')({ seed: 1 }).config).to.deep.equal({ seed: 1 });
    expect(container.passes()).to.deep.equal([]);
  });

  it('binds many under one token', () => {
    const { container } = createContainer([definePlugin({ name: 'a', optimizers: { lion } })]);
    expect(container.getAll(TOKENS.optimizer)).to.have.length.greaterThan(6);
    expect(container.getAll(TOKENS.plugin)).to.have.lengthOf(2);
  });

  it('finds what plugins bring', () => {
    const pass: PlacedPass = { name: 'mine', reason: 'none', run: (program) => program, after: 'simplify' };
    const container = createContainer([
      definePlugin({ name: 'a', ops: [logCoshModule], passes: [pass] }),
      definePlugin({ name: 'b', optimizers: { lion } }),
    ]);
    expect(container.findOp('LogCosh').op).to.equal(LogCosh);
    expect(container.passes()).to.deep.equal([pass]);
    expect(container.findOptimizer('lion')).to.equal(lion);
  });

  it('a name that nobody has is an error that lists those that are there', () => {
    expect(() => createContainer().findOptimizer('admm')).to.throw(
      PluginError,
      /no optimizer 'admm'; there are sgd, .*adam/,
    );
    expect(() => createContainer().findOp('Nope')).to.throw(PluginError, "no op 'Nope'");
  });

  const two = (a: Partial<Plugin>, b: Partial<Plugin>) => () =>
    createContainer([definePlugin({ name: 'first', ...a }), definePlugin({ name: 'second', ...b })]);
  const pass: PlacedPass = { name: 'mine', reason: 'none', run: (program) => program };
  const clashes: Record<string, readonly [() => unknown, string]> = {
    op: [
      two(
        { ops: [{ op: LogCosh, doc: logCoshModule.doc, samples: [] }] },
        { ops: [{ op: LogCosh, doc: logCoshModule.doc, samples: [] }] },
      ),
      "op 'LogCosh': 'first' and 'second'",
    ],
    pass: [two({ passes: [pass] }, { passes: [pass] }), "pass 'mine': 'first' and 'second'"],
    "pass of the engine's": [
      two({}, { passes: [{ ...pass, name: 'simplify' }] }),
      "pass 'simplify': 'retrograph' and 'second'",
    ],
    optimizer: [two({ optimizers: { lion } }, { optimizers: { lion } }), "optimizer 'lion': 'first' and 'second'"],
    'optimizer that is built in': [
      two({}, { optimizers: { adam: lion } }),
      "optimizer 'adam': 'retrograph' and 'second'",
    ],
    backend: [
      two({ backends: createContainer().backends().slice(0, 1) }, {}),
      "backend 'wasm': 'retrograph' and 'first'",
    ],
    initializer: [
      two({ initializers: { zeros: () => undefined as never } }, {}),
      "initializer 'zeros': 'retrograph' and 'first'",
    ],
    plugin: [
      () => createContainer([definePlugin({ name: 'same' }), definePlugin({ name: 'same' })]),
      "'same' is loaded twice",
    ],
  };
  for (const [kind, [make, message]] of Object.entries(clashes)) {
    it(`two of one name are an error that names both plugins: ${kind}`, () =>
      expect(make).to.throw(PluginError, message));
  }
});

describe('definePlugin', () => {
  it('refuses what is no definition', () => {
    expect(() => definePlugin({} as never)).to.throw(PluginError, 'name');
    expect(() => definePlugin({ name: 'a', op: [] } as never)).to.throw(PluginError, "'op'");
    expect(() => definePlugin({ name: 'a', ops: [{ doc: logCoshModule.doc, samples: [] }] })).to.throw(
      PluginError,
      'ops[0] has 0 ops',
    );
    expect(() => definePlugin({ name: 'a', ops: [{ LogCosh } as never] })).to.throw(
      PluginError,
      "'LogCosh' needs 'doc'",
    );
  });
});

describe('loadPlugin', () => {
  const folder = mkdtempSync(join(tmpdir(), 'retrograph-plugin-'));
  const write = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return `./${name}`;
  };
  const failure = async (path: string): Promise<Error> => {
    const error = await loadPlugin(path, folder).catch((e: unknown) => e);
    expect(error).to.be.instanceOf(PluginError);
    return error as Error;
  };
  const data = "{ name: 'x', ops: [], passes: [], optimizers: {}, backends: [], initializers: {} }";
  after(() => rmSync(folder, { recursive: true }));

  it('takes a folder, a file, a default export or an export named plugin', async () => {
    expect((await loadPlugin('examples/plugin')).name).to.equal('example-plugin');
    expect((await loadPlugin('./examples/plugin/index.ts')).name).to.equal('example-plugin');
    expect((await loadPlugin(write('a.mjs', `export default ${data}`), folder)).name).to.equal('x');
    expect((await loadPlugin(write('b.mjs', `export const plugin = ${data}`), folder)).name).to.equal('x');
  });

  it('says what to do when it is not there, does not load, or is no plugin', async () => {
    expect((await failure('./missing.mjs')).message).to.match(
      /'\.\/missing\.mjs' cannot be loaded: there is no such file/,
    );
    expect((await failure('no-such-package-here')).message).to.include('npm install no-such-package-here');
    expect((await failure(write('c.mjs', 'export const x = 1'))).message).to.match(
      /is no plugin: it exports x\. Export definePlugin/,
    );
    expect((await failure(write('d.mjs', "throw new Error('broken inside')"))).message).to.include('broken inside');
    expect((await failure(write('e.mjs', "import './gone.mjs'"))).message).to.include('gone.mjs');
    expect((await failure('.')).message).to.include('has none of index.ts');
  });
});

/** x w^3, of two columns. */
function repeated() {
  const g = new Graph();
  const [x, w] = [g.placeholder('x', ['$n', 2]), g.variable('w', [2], [2, -1])];
  return { g, x, w, y: repeat(3, (v) => mul(v, w), x) };
}

describe('the example of a plugin', () => {
  it('its op runs, and is differentiated by its own rule, twice', async () => {
    const g = new Graph();
    const x = g.placeholder('x', [4]);
    const y = logCosh(x);
    const { d } = gradients(y, { d: x });
    const { dd } = gradients(d, { dd: x });
    const program = await compile({ y, d, dd }, { backend: 'cpu' });
    const xs = [-200, -1, 0, 0.5];
    const out = await program.run({ x: xs });
    xs.forEach((v, i) => {
      expect(out.y.data[i]).to.be.closeTo(Math.abs(v) > 50 ? Math.abs(v) - Math.LN2 : Math.log(Math.cosh(v)), 2e-5);
      expect(out.d.data[i]).to.be.closeTo(Math.tanh(v), 1e-6);
      expect(out.dd.data[i]).to.be.closeTo(1 - Math.tanh(v) ** 2, 1e-6);
    });
    program.dispose();
  });

  it('its op is read from a document, with its container', async () => {
    const container = createContainer([await loadPlugin('examples/plugin')]);
    const g = new Graph();
    g.name('y', logCosh(g.variable('w', [2, 2], container.findInitializer('glorotUniform')({}))));
    const document = JSON.parse(JSON.stringify(g.toJSON()));
    const { outputs } = Graph.fromJSON(document, {
      ops: container.ops().map(({ op }) => op),
      initializers: container.initializers(),
    });
    expect(outputs.y!.node.op).to.equal(LogCosh);
  });

  it('its op of a Function is one node, printed with its body', async () => {
    const { y } = repeated();
    const text = print({ y });
    expect(text).to.match(/Repeat\(x=x, captured=\[w\], body=(fn\d+), times=3\)[\s\S]*function \1\(/);
    const program = await compile({ y }, { backend: 'null' });
    expect(program.planFor({ n: 2 }).steps.map((step) => step.kind)).to.deep.equal(['kernel', 'kernel', 'kernel']);
    program.dispose();
  });

  for (const backend of NAMED)
    it(`its op of a Function is differentiated through its body, and reads back from a document, on ${backend}`, async () => {
      const { g, x, w, y } = repeated();
      const read = Graph.fromJSON(JSON.parse(JSON.stringify(g.toJSON({ y }))), { ops: [Multiply, Repeat] });
      expect(read.outputs.y!.node.op).to.equal(Repeat);
      const written = { x, w, y };
      const again = { x: read.graph.find('x'), w: read.graph.find('w'), y: read.outputs.y! };
      for (const { x, w, y } of [written, again]) {
        const { x: dx, w: dw } = gradients(y, { x, w });
        const program = await compile({ y, dx, dw, ddw: hvp(sum(y), w, [1, 1]) }, { backend, verify: true });
        const results = await program.run({
          x: [
            [1, 2],
            [3, 4],
          ],
        });
        expectClose(results.y.data, [8, -2, 24, -4]); // x w^3
        expectClose(results.dx.data, [8, -1, 8, -1]);
        expectClose(results.dw.data, [48, 18]); // 3 w^2 sum(x)
        expectClose(results.ddw.data, [48, -36]);
        program.dispose();
      }
    });

  it('its op of a Function keeps the gradient that a function within has', async () => {
    const x = new Graph().placeholder('x', [1]);
    const f = customGradient((v) => sin(v), [(_args, { dy }) => mul(dy, 2)]);
    const dx = gradients(repeat(3, f, x), x);
    const program = await compile({ dx }, { backend: 'cpu' });
    expect((await program.run({ x: [1] })).dx.array()).to.deep.equal([8]);
    program.dispose();
  });

  it('its op of a Function refuses one whose result it cannot take', () => {
    const x = new Graph().placeholder('x', [2]);
    expect(() => repeat(2, (v) => concat([v, v]), x)).to.throw(ShapeError);
    expect(() => repeat(2, (v) => greater(v, 0), x)).to.throw(GraphError, 'bool[2], not float32[2]');
    expect(() => repeat(-1, sin, x)).to.throw(GraphError, '-1 times');
  });

  it('its optimizer takes steps of one size', async () => {
    const g = new Graph();
    const w = g.variable('w', [3], [1, -2, 0]);
    const loss = sumAxes(square(w), [0]);
    const program = await compile(
      { loss },
      { backend: 'cpu', updates: lion({ learningRate: 0.25, weightDecay: 0.1 }).minimize(loss) },
    );
    await program.run();
    const after = (await program.variables.get('w')).data;
    for (const [i, v] of [1, -2, 0].entries()) {
      expect(after[i]).to.be.closeTo(v - 0.25 * (Math.sign(v) + 0.1 * v), 1e-6);
    }
    expect(program.variables.names()).to.deep.equal(['w', 'w/lion/m']);
    program.dispose();
  });
});
