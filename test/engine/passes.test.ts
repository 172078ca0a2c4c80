/** The passes: what each does to a graph, that it can be switched off, and that no value changes. */
import { expect } from 'chai';
import { cpu } from '../../backends/cpu/module.ts';
import { NullBackend } from '../../backends/null/module.ts';
import { wasm } from '../../backends/wasm/module.ts';
import {
  attr,
  type Backend,
  type CompileOptions,
  compile,
  customGradient,
  defineComposite,
  defineOp,
  evaluate,
  fill,
  Graph,
  GraphError,
  gradients,
  type HostResults,
  type LegalizeRule,
  map,
  type Node,
  PIPELINE,
  type PlacedPass,
  type ProgramGraph,
  print,
  RetrographError,
  RewriteError,
  rewriteProgram,
  rootsOf,
  Sum,
  type Sym,
  stopGradient,
  toposort,
  UnsupportedOpError,
  zeroCotangent,
} from '../../engine/index.ts';
import {
  abs,
  add,
  addN,
  cast,
  conv2d,
  div,
  exp,
  greater,
  log,
  Multiply,
  matMul,
  maximum,
  mul,
  neg,
  pow,
  randomUniform,
  reciprocal,
  relu,
  reshape,
  silu,
  sin,
  softmax,
  split,
  sqrt,
  square,
  sub,
  sum,
  tanh,
  tensor,
  transpose,
  where,
} from '../../ops/index.ts';
import { expectClose, lineHere } from '../support/values.ts';

const symbols = () => {
  const g = new Graph();
  return {
    g,
    x: g.placeholder('x', ['$b', 2]),
    w: g.variable(
      'w',
      [2, 2],
      [
        [1, 2],
        [3, 4],
      ],
    ),
  };
};

/** Two kernels of their own, made of one that they share. */
const sharing = ['First', 'Second'].map((name, i) =>
  defineComposite({
    name,
    inputs: ['x'],
    infer: ({ x }) => [x],
    lowering: [{ kind: 'composite', expand: ({ x }) => mul(exp(x), i + 2) }],
  }),
);
const only = (...kernels: string[]) => new NullBackend({ supports: (kernel) => kernels.includes(kernel) });
const without = (...kernels: string[]) => new NullBackend({ supports: (kernel) => !kernels.includes(kernel) });

/** The ops of a program's kernels and leaves, sorted. */
const opsOf = (program: ProgramGraph): string[] =>
  toposort(rootsOf(program))
    .map((n) => n.op.name)
    .filter((name) => !['Placeholder', 'Variable', 'Fill'].includes(name))
    .sort();

/** What the program is before and after each pass of a name, as text. */
async function passes(outputs: Record<string, Sym>, options: CompileOptions) {
  const texts: { name: string; before: string; after: string }[] = [];
  const show = (p: ProgramGraph) =>
    print(p)
      .replaceAll(/ +# .*$/gm, '')
      .replaceAll(/ +/g, ' ');
  const program = await compile(outputs, {
    verify: true,
    onPass: ({ name }, before, after) => texts.push({ name, before: show(before), after: show(after) }),
    ...options,
  });
  const ops = opsOf(program.optimized);
  program.dispose();
  return {
    ops,
    first: (name: string) => texts.find((t) => t.name === name)!,
    second: (name: string) => texts.filter((t) => t.name === name)[1]!,
    last: (name: string) => texts.findLast((t) => t.name === name)!,
    texts,
  };
}

describe('the pass', () => {
  const backend = new NullBackend();

  it('dead-code leaves out what no result needs', async () => {
    const { x } = symbols();
    const [y] = [tanh(x), sin(x)];
    expect((await passes({ y }, { backend })).ops).to.deep.equal(['Tanh']);
    expect((await passes({ y }, { backend, passes: { 'dead-code': false } })).ops).to.deep.equal(['Sin', 'Tanh']);
  });

  it('dead-code, switched off, keeps nothing of what exists in bodies of maps only', async () => {
    const { x } = symbols();
    const y = map(x, (row) => mul(row, 3));
    expect((await passes({ y }, { backend, passes: { 'dead-code': false } })).ops).to.deep.equal(['Map']);
  });

  it('interning makes what several composites need once', async () => {
    const { x } = symbols();
    const y = add(sharing[0]!.node({ x }), sharing[1]!.node({ x }));
    const target = without('First', 'Second');
    expect((await passes({ y }, { backend: target })).ops).to.deep.equal(['Add', 'Exp', 'Multiply', 'Multiply']);
    expect((await passes({ y }, { backend: target, passes: { interning: false } })).ops).to.deep.equal([
      'Add',
      'Exp',
      'Exp',
      'Multiply',
      'Multiply',
    ]);
  });

  it('interning leaves the graph of the user as it was', async () => {
    const { g, x } = symbols();
    const y = softmax(x);
    const count = g.nodes.length;
    await passes({ y }, { backend: without('Softmax') });
    expect(g.nodes).to.have.lengthOf(count);
  });

  it('inline puts functions in the place of their calls', async () => {
    const { x } = symbols();
    const f = customGradient((v: Sym) => mul(v, 2), [(_, { dy }) => dy]);
    const y = stopGradient(f(x));
    const { ops, first } = await passes({ y }, { backend });
    expect(ops).to.deep.equal(['Multiply']);
    expect(first('inline').before).to.contain('Call(').and.contain('StopGradient(');
    expect(first('inline').after).to.not.contain('Call(').and.not.contain('StopGradient(');
    const off = await passes({ y }, { backend: cpu, passes: { inline: false } });
    expect(off.first('simplify').before).to.contain('Call(');
    expect(off.ops, 'legalizing does it then').to.deep.equal(['Multiply']);
  });

  it('interning makes one node of a + b and b + a, and of no difference', () => {
    const { g, x } = symbols();
    const y = g.placeholder('y', ['$b', 2]);
    expect(add(x, y)).to.equal(add(y, x));
    expect(mul(x, y)).to.equal(mul(y, x));
    expect(sub(x, y)).to.not.equal(sub(y, x));
  });

  it('simplify makes one product of all rows that one matrix multiplies, forward and backward', async () => {
    const g = new Graph();
    const [x, w] = [g.placeholder('x', ['$b', 5, 3]), g.variable('w', [3, 2])];
    const loss = sum(square(matMul(x, w)));
    const { first } = await passes({ loss, dx: gradients(loss, [x])[0]!, dw: gradients(loss, [w])[0]! }, { backend });
    const products = first('simplify').after.match(/BatchMatMul.*/g)!;
    expect(products.map((line) => /float32\[.*\]/.exec(line)![0])).to.have.members([
      'float32[$b * 5, 2]',
      'float32[$b * 5, 3]',
      'float32[3, 2]',
    ]);
  });

  it('simplify removes what changes nothing', async () => {
    const { x, w } = symbols();
    const same = Sum.node({ x: mul(x, 1) }, { axis: [] });
    const y = matMul(neg(neg(reshape(reshape(same, [-1]), ['$b', 2]))), transpose(w));
    const { ops, first } = await passes({ y }, { backend });
    expect(ops).to.deep.equal(['BatchMatMul']);
    expect(first('simplify').before).to.contain('Transpose(').and.contain('Neg(');
    expect(first('simplify').after).to.contain('BatchMatMul(a=x, b=w, transposeB=true)');
    const off = await passes({ y }, { backend, passes: { simplify: false } });
    expect(off.ops.join()).to.equal('BatchMatMul,Multiply,Neg,Neg,Reshape,Reshape,Sum,Transpose');
  });

  it('simplify runs again on what legalizing made, as far as it stays legal', async () => {
    const { x } = symbols();
    const y = sharing[0]!.node({ x: mul(x, 0.5) });
    const rule: LegalizeRule = {
      name: 'log',
      reason: 'to have something to simplify',
      op: 'Exp',
      rewrite: ({ inputs }) => mul(mul(inputs[0]!, 2), 1),
    };
    const target = new NullBackend({ supports: (k) => k !== 'First', rules: [rule] });
    const { ops, second } = await passes({ y }, { backend: target });
    expect(second('simplify').before.match(/Multiply\(/g)).to.have.lengthOf(4);
    expect(ops).to.deep.equal(['Multiply']);
    const again = await passes({ y }, { backend: target, passes: { simplify: false } });
    expect(again.ops).to.have.lengthOf(4);
  });

  it('simplify makes nothing that the target has taken apart', async () => {
    const { x, w } = symbols();
    const rule: LegalizeRule = {
      name: 'no-flags',
      reason: 'a target without transposed products',
      op: 'BatchMatMul',
      rewrite: ({ inputs: [a, b], attrs }) => (attrs.transposeB ? matMul(a!, transpose(b!)) : undefined),
    };
    const { ops } = await passes({ y: matMul(x, transpose(w)) }, { backend: new NullBackend({ rules: [rule] }) });
    expect(ops).to.deep.equal(['BatchMatMul', 'Transpose']);
  });

  it('fold-constants computes what needs no device', async () => {
    const { x } = symbols();
    const y = mul(x, exp(add(tensor([1, 2]), 0.5)));
    const { ops, first } = await passes({ y }, { backend });
    expect(ops).to.deep.equal(['Constant', 'Multiply']);
    expect(first('fold-constants').before).to.contain('Exp(');
    expect(first('fold-constants').after).to.contain(
      `Constant(data=[${[Math.exp(1.5), Math.exp(2.5)].map((v) => Number(v.toPrecision(4))).join(', ')}])`,
    );
    expect((await passes({ y }, { backend, passes: { 'fold-constants': false } })).ops).to.deep.equal([
      'Add',
      'Constant',
      'Exp',
      'Multiply',
    ]);
  });

  it('fold-constants keeps one value for what is one value everywhere, of any size', async () => {
    const { g, x } = symbols();
    const y = mul(x, sqrt(g.constant(16, 'float32', [10_000, 1, 2])));
    const { ops, last } = await passes({ y }, { backend });
    expect(ops).to.deep.equal(['Multiply']);
    expect(last('fold-constants').after).to.contain('Fill(value=4)');
  });
  it('fold-constants adds up what several uses of a value give its gradient', async () => {
    const { x } = symbols();
    const { ops } = await passes({ dx: gradients(sum(add(x, x)), x) }, { backend });
    expect(ops).to.deep.equal([]); // nothing but a Fill
  });

  it('fold-constants makes no program large', async () => {
    const { g } = symbols();
    const outer = (n: number) => {
      const data = new Float32Array(n).fill(1);
      return add(g.constant(data), g.constant(data, 'float32', [n, 1]));
    };
    expect((await passes({ y: outer(100) }, { backend })).ops).to.include('Add');
    expect((await passes({ y: outer(10) }, { backend })).ops).to.deep.equal(['Constant']);
  });

  it('fold-constants broadcasts as the kernels do', async () => {
    const { g } = symbols();
    const y = sub(g.constant([[[1, 2, 3]], [[4, 5, 6]]]), g.constant([[10], [20]]));
    expect((await passes({ y }, { backend })).ops).to.deep.equal(['Constant']);
    const rows = (a: number) => [
      [a - 10, a - 9, a - 8],
      [a - 20, a - 19, a - 18],
    ];
    expect((await evaluate(y, {}, { backend: cpu })).array()).to.deep.equal([rows(1), rows(4)]);
  });

  it('fold-constants runs again on what legalizing made', async () => {
    const { g, x } = symbols();
    const y = mul(x, sharing[0]!.node({ x: g.constant([0, 0]) }));
    const { ops, second } = await passes({ y }, { backend: without('First') });
    expect(second('fold-constants').before).to.contain('Exp(');
    expect(ops).to.deep.equal(['Constant', 'Multiply']);
  });

  it('any hands on the names of the values whose nodes it replaces', async () => {
    const { g, x } = symbols();
    const gated = g.name('gated', silu(exp(x)));
    const same = g.name('same', mul(gated, 1));
    const { texts } = await passes({ y: tanh(g.name('halves', sub(same, 0.5))) }, { backend });
    const [last] = texts.slice(-1);
    for (const line of ['gated = Multiply(', 'halves = Sub(a=gated,']) expect(last!.after).to.contain(line);
    expect(x.node.names).to.deep.equal(['x']);
  });
  it('legalize expands what the target has no kernel for, until it has all', async () => {
    const { x } = symbols();
    const y = softmax(x);
    const target = only('Exp', 'Sub', 'Max', 'RealDiv', 'Sum');
    const { ops, first } = await passes({ y }, { backend: target });
    expect(first('legalize').before).to.contain('Softmax(');
    expect(ops).to.deep.equal(['Exp', 'Max', 'RealDiv', 'Sub', 'Sum']);
    expect((await passes({ y }, { backend: target, passes: { legalize: false } })).ops).to.deep.equal(['Softmax']);
    expect((await passes({ y }, { backend })).ops, 'a kernel comes before the expansion').to.deep.equal(['Softmax']);
  });

  it("legalize replaces by the target's rules, in bodies of maps too", async () => {
    const { x } = symbols();
    const rule: LegalizeRule = {
      name: 'tanh-by-sin',
      reason: 'to be seen',
      op: 'Tanh',
      rewrite: ({ inputs }) => sin(inputs[0]!),
    };
    const target = new NullBackend({ rules: [rule] });
    const { last } = await passes({ y: tanh(x), z: map(x, tanh) }, { backend: target });
    expect(last('legalize').after).to.not.contain('Tanh(');
    expect(last('legalize').after.match(/Sin\(/g)).to.have.lengthOf(2);
  });

  it('fuse makes one kernel of several, where nothing else needs what lies between', async () => {
    const { g, x, w } = symbols();
    const b = g.variable('b', [2]);
    const sums = add(matMul(x, w), b);
    const y = relu(sums);
    const { ops, first } = await passes({ y }, { backend: wasm });
    expect(first('fuse').before).to.contain('BatchMatMul(').and.contain('Relu(');
    expect(ops).to.include('_FusedMatMul').and.not.include.oneOf(['BatchMatMul', 'Add', 'Relu']);
    const off = await passes({ y }, { backend: wasm, passes: { fuse: false } });
    expect(off.ops).to.include.members(['BatchMatMul', 'Add', 'Relu']).and.not.include('_FusedMatMul');
    const other = await passes({ y: relu(add(b, matMul(x, w))) }, { backend: wasm });
    expect(other.ops, 'the bias first').to.deep.equal(ops);
    expect((await passes({ y, sums }, { backend: wasm })).ops, 'the sums are a result').to.include('Relu');
    expect((await passes({ y, product: matMul(x, w) }, { backend: wasm })).ops, 'the product is a result').to.include(
      'BatchMatMul',
    );
  });

  it('fuse joins what is in a body, as far as the body needs nothing that lies between', async () => {
    const { g, w } = symbols();
    const [xs, b] = [g.placeholder('xs', ['$n', 3, 2]), g.variable('b', [2])];
    const kernels = async (f: (x: Sym) => Record<string, Sym>) => {
      const program = await compile(map(xs, f), { backend: wasm, verify: true });
      const bodies = program.planFor({ n: 4 }).steps.flatMap((step) => (step.kind === 'loop' ? step.body.steps : []));
      program.dispose();
      return bodies.map((step) => (step.kind === 'kernel' ? step.kernel : step.kind));
    };
    const product = (x: Sym) => matMul(x, w);
    const sums = (x: Sym) => add(product(x), b);
    expect(await kernels((x) => ({ y: relu(sums(x)) }))).to.deep.equal(['_FusedMatMul']);
    expect(await kernels((x) => ({ y: relu(sums(x)), z: sums(x) })), 'the sums are a result').to.deep.equal([
      '_FusedMatMul',
      'Relu',
    ]);
    expect(await kernels((x) => ({ y: sums(x), z: product(x) })), 'the product is a result').to.deep.equal([
      'BatchMatMul',
      'Add',
    ]);
    const nested = await compile(
      { y: map([xs], (x) => map(x, (row) => relu(sums(reshape(row, [1, 2]))))) },
      { backend: wasm },
    );
    expect(print(nested.planFor({ n: 4 })), 'in a body within')
      .to.contain('_FusedMatMul(')
      .and.not.contain('Relu');
    nested.dispose();
  });
});

describe('each pass', () => {
  const backend = new NullBackend();
  for (const backend of [cpu, wasm] as Backend[]) {
    for (const name of new Set(PIPELINE.map((p) => p.name))) {
      if (name === 'legalize') continue; // without it a program need not run at all
      it(`${name} can be switched off on ${backend.name}, and no value changes`, async () => {
        const { g, x, w } = symbols();
        const h = relu(add(matMul(x, w), g.variable('b', [2], [0.5, -9])));
        const loss = sum(mul(softmax(h), stopGradient(exp(g.constant([0.1, 0.2])))));
        const outputs = { loss, ...gradients(loss, { x, w }) };
        const run = async (off: Record<string, boolean>) => {
          const program = await compile(outputs, { backend, passes: off, verify: true });
          const results = await program.run({
            x: [
              [1, 2],
              [-1, 0.5],
              [3, 1],
            ],
          });
          program.dispose();
          return Object.values(results).flatMap((t) => [...t.data]);
        };
        const [on, off] = [await run({}), await run({ [name]: false })];
        expectClose(off, on);
      });
    }
  }

  it('stays off when dims are bound', async () => {
    const { g, x } = symbols();
    const rule: LegalizeRule = { name: 'sin', reason: 'to bind something', op: 'Tanh', rewrite: () => undefined };
    const backend = new NullBackend({ boundRules: [rule] });
    const y = tanh(mul(x, mul(exp(g.constant([0, 1])), 1)));
    const kernels = async (off: Record<string, boolean>) => {
      const program = await compile({ y }, { backend, passes: off, dims: { b: 3 } });
      const { steps } = program.plan;
      program.dispose();
      return steps.map((s) => (s.kind === 'kernel' ? s.kernel : s.kind)).join();
    };
    expect(await kernels({})).to.equal('Multiply,Tanh');
    expect(await kernels({ simplify: false })).to.equal('Multiply,Tanh');
    expect(await kernels({ 'fold-constants': false })).to.equal('Exp,Multiply,Tanh');
    expect(await kernels({ simplify: false, 'fold-constants': false })).to.equal('Exp,Multiply,Multiply,Tanh');
  });

  it('of the bound stage runs for each set of sizes, seen, verified and told the sizes', async () => {
    const { x, w } = symbols();
    const seen: string[] = [];
    const program = await compile(
      { y: tanh(matMul(x, w)) },
      {
        backend,
        verify: true,
        onPass: ({ name }, _, after) => seen.push(`${name} ${after.outputs.y!.shape[0]}`),
        extraPasses: [
          {
            name: 'told',
            reason: 'to be seen',
            after: 'bind',
            run: (program, { dims }) => {
              seen.push(`b=${dims?.b}`);
              return program;
            },
          },
        ],
      },
    );
    expect(seen.at(-1), 'of the open stage').to.equal('fuse $b');
    seen.length = 0;
    for (const b of [3, 4, 3]) program.prepare({ b });
    const bound = ['bind', 'told', 'fuse'];
    const expected = [3, 4].flatMap((b) =>
      bound.flatMap((name) => [...(name === 'told' ? [`b=${b}`] : []), `${name} ${b}`]),
    );
    expect(seen).to.deep.equal(expected);
    program.dispose();
  });

  it('of the bound stage is verified', async () => {
    const { x } = symbols();
    const pass: PlacedPass = {
      name: 'casting',
      reason: 'to be found',
      after: 'bind',
      run: (p) => ({ ...p, outputs: { y: cast(p.outputs.y!, 'int32') } }),
    };
    const program = await compile({ y: tanh(x) }, { backend, extraPasses: [pass] });
    expect(() => program.prepare({ b: 3 })).to.throw(
      RewriteError,
      "the pass 'casting' changed 'y' from float32[3, 2] to int32[3, 2]",
    );
    program.dispose();
  });

  it('fuse joins what legalizing by numbers made, as far as it stays legal', async () => {
    const kernels = async (make: (g: Graph) => Sym, dims: Record<string, number>) => {
      const program = await compile({ y: make(new Graph()) }, { backend: wasm });
      const { steps } = program.planFor(dims);
      program.dispose();
      return steps.map((s) => (s.kind === 'kernel' ? s.kernel : s.kind));
    };
    const convolution = (g: Graph) =>
      add(
        conv2d(g.placeholder('x', [1, '$h', 5, 1]), g.placeholder('w', [1, 1, 1, 2]), 3, 'same'),
        g.placeholder('b', [2]),
      );
    expect(await kernels(convolution, { h: 5 }), 'with padding in numbers').to.deep.equal(['FusedConv2D']);
    const product = (inner: number) => (g: Graph) =>
      add(matMul(g.placeholder('x', ['$b', inner]), g.placeholder('w', [inner, 8])), g.placeholder('bias', [8]));
    expect(await kernels(product(64), { b: 64 })).to.deep.equal(['_FusedMatMul']);
    expect(await kernels(product(5000), { b: 64 }), 'sums of many terms are taken apart').to.deep.equal([
      'BatchMatMul',
      'Add',
    ]);
  });

  it('has a reason for its place', () => {
    for (const { name, reason } of PIPELINE) expect(reason, name).to.not.equal('');
  });
});

describe('passes of plugins', () => {
  const nothing = (name: string, place: Partial<PlacedPass> = {}): PlacedPass => ({
    name,
    reason: 'to be seen',
    run: (p) => p,
    ...place,
  });
  const order = async (...extraPasses: PlacedPass[]): Promise<string[]> => {
    const { texts } = await passes({ y: symbols().x }, { backend: new NullBackend(), extraPasses, dims: { b: 3 } });
    return texts.map((t) => t.name);
  };
  const names = PIPELINE.map((p) => p.name);

  it('run before the first, after the last of a name, or at the end of the open stage', async () => {
    const all = await order(nothing('a', { before: 'fuse' }), nothing('b', { after: 'fuse' }), nothing('c'));
    const at = names.indexOf('fuse');
    const [bind, last] = [names.indexOf('bind'), names.lastIndexOf('fuse')];
    expect(all).to.deep.equal([
      ...names.slice(0, at),
      'a',
      ...names.slice(at, bind),
      'c',
      ...names.slice(bind, last + 1),
      'b',
      ...names.slice(last + 1),
    ]);
  });

  it('may be placed by each other', async () => {
    const all = await order(nothing('a', { before: 'legalize' }), nothing('b', { after: 'a' }));
    expect(all.slice(all.indexOf('a'), all.indexOf('legalize'))).to.deep.equal(['a', 'b']);
  });

  it('change the program, and can be switched off', async () => {
    const { x } = symbols();
    const pass = nothing('tanh-by-sin', {
      before: 'simplify',
      run: (program) => rewriteProgram(program, (node) => (node.op.name === 'Tanh' ? sin(node.inputs[0]!) : undefined)),
    });
    const options = { backend: new NullBackend(), extraPasses: [pass] };
    expect((await passes({ y: tanh(x) }, options)).ops).to.deep.equal(['Sin']);
    expect((await passes({ y: tanh(x) }, { ...options, passes: { 'tanh-by-sin': false } })).ops).to.deep.equal([
      'Tanh',
    ]);
  });

  it('of an unknown name are an error which lists those that are there', async () => {
    const fails = async (options: Partial<CompileOptions>) =>
      compile({ y: symbols().x }, { backend: new NullBackend(), ...options }).then(
        () => expect.fail('nothing was thrown'),
        (e: unknown) => e,
      );
    for (const options of [{ passes: { simplfy: false } }, { extraPasses: [nothing('a', { after: 'simplfy' })] }]) {
      const error = await fails(options);
      expect(error).to.be.instanceOf(GraphError);
      expect((error as Error).message).to.contain("there is no pass 'simplfy'; passes: dead-code, interning,");
    }
  });

  it('may add random ops: they get streams that no other op has', async () => {
    const { x } = symbols();
    const y = add(x, randomUniform([2]));
    const pass = nothing('noise', {
      run: (program) => ({ ...program, outputs: { y: add(program.outputs.y!, randomUniform([2])) } }),
    });
    const program = await compile({ y }, { backend: new NullBackend(), extraPasses: [pass] });
    const draws = toposort(rootsOf(program.optimized)).filter((n) => n.op.traits.random);
    expect(draws.map((n) => n.attrs.stream)).to.deep.equal([0, 1]);
    program.dispose();
  });

  describe('that never end are found:', () => {
    const RULES: Record<string, (node: Node) => Sym | undefined> = {
      'what is replaced by itself': (node) => node.outputs[0],
      'what is replaced by its like, again and again': ({ inputs: [a, b] }) => mul(a!, mul(b!, 1.5)),
      'what is replaced by its like in turn': ({ inputs: [a, b] }) => mul(b!, a!),
      'what is replaced by what is made of it': (node) => sin(node.outputs[0]!),
    };
    for (const [name, rule] of Object.entries(RULES)) {
      it(name, async () => {
        const { g, x } = symbols();
        const pass = nothing('endless', {
          run: (program) => rewriteProgram(program, (node) => (node.op === Multiply ? rule(node) : undefined)),
        });
        const y = mul(x, g.constant([3, 5]));
        const error = await passes({ y }, { backend: new NullBackend(), extraPasses: [pass] }).catch((e: unknown) => e);
        expect(error).to.be.instanceOf(RetrographError);
        expect((error as Error).message).to.match(/rewriting '.*' \(Multiply\) does not end/);
      });
    }
  });
});

describe('an op that a target can neither run nor have replaced', () => {
  it('is an error of compile, which names op, dtypes, backend and line', async () => {
    const { g, x } = symbols();
    const [y, line] = [g.name('h', tanh(x)), lineHere()];
    const error = await compile({ y: neg(y) }, { backend: without('Tanh') }).catch((e: unknown) => e);
    expect(error)
      .to.be.instanceOf(UnsupportedOpError)
      .and.include({ node: 'h' })
      .with.property('site')
      .that.contains(line);
    expect((error as Error).message).to.contain("null cannot run Tanh on float32, and nothing replaces it there ('h')");
  });

  it('is found where only an expansion needs it, and blamed on the line of the composite', async () => {
    const { x } = symbols();
    const [y, line] = [softmax(x), lineHere()];
    const error = await compile({ y }, { backend: without('Softmax', 'Exp') }).catch((e: unknown) => e);
    expect(error).to.be.instanceOf(UnsupportedOpError).with.property('site').that.contains(line);
    expect((error as Error).message).to.contain('null cannot run Exp');
  });

  it('is no error where nothing needs it', async () => {
    const { x } = symbols();
    tanh(x);
    (await compile({ y: sin(x) }, { backend: without('Tanh') })).dispose();
  });
});

describe('simplifying', () => {
  const SPECIAL = [Number.NaN, Infinity, -Infinity, 0, -0, 1, -1, 1e-40, -1e-40, 3e38, 1e-20, 1e20, 0.1, 1 / 3];

  it("keeps every bit, a user's 0 * NaN too", async () => {
    const g = new Graph();
    const x = g.placeholder('x', [SPECIAL.length]);
    const n = x.shape[0] as number;
    const expressions: Record<string, Sym> = {
      'x * 0': mul(x, 0),
      '0 * x': mul(0, x),
      'x * 1': mul(x, 1),
      'x + 0': add(x, 0),
      'x + -0': add(x, -0),
      'x - 0': sub(x, 0),
      '0 - x': sub(0, x),
      'x / 1': div(x, 1),
      'x / x': div(x, x),
      'x - x': sub(x, x),
      'x^0': pow(x, 0),
      'x^1': pow(x, 1),
      'x^2': pow(x, 2),
      '-(-x)': neg(neg(x)),
      '1/(1/x)': reciprocal(reciprocal(x)),
      '| |x| |': abs(abs(x)),
      'max(x, x)': maximum(x, x),
      'where(x > 0, x, x)': where(greater(x, 0), x, x),
      'where(true, x, 1)': where(g.constant(true), x, 1),
      'where(false, 1, x)': where(g.constant(false), x, add(x, 0)),
      '2 (0.5 x)': mul(2, mul(0.5, x)),
      '3 (0.1 x)': mul(3, mul(0.1, x)),
      '2^60 (1e30 x)': mul(2 ** 60, mul(1e30, x)),
      '2^-60 (1e-30 x)': mul(2 ** -60, mul(1e-30, x)),
      'sqrt(x^2)': sqrt(square(x)),
      'log(exp(x))': log(exp(x)),
      'x + zeros + x': addN([x, g.constant(0, 'float32', [n]), x]),
      'float(int(x))': cast(cast(x, 'int32'), 'float32'),
    };
    const run = async (simplify: boolean) => {
      const program = await compile(expressions, {
        backend: cpu,
        passes: { simplify, 'fold-constants': simplify },
        verify: true,
      });
      const results = await program.run({ x: SPECIAL });
      program.dispose();
      return results;
    };
    const [on, off] = [await run(true), await run(false)];
    for (const name of Object.keys(expressions))
      SPECIAL.forEach((v, i) => {
        const [a, b] = [on[name]!.data[i]!, off[name]!.data[i]!];
        expect(Object.is(a, b), `${name} at ${v} is ${a}, not ${b}`).to.equal(true);
      });
    expect(on['x * 0']!.data[0]).to.be.NaN;
  });

  it('sees the values that a dtype holds, not those that it was given', async () => {
    const { g, x } = symbols();
    const outputs = Object.fromEntries(
      [
        fill([], 1.7, 'int32'),
        fill([], -(2 ** 31) - 1, 'int32'),
        fill([], 5, 'bool'),
        fill([], Number.NaN, 'int32'),
      ].map((s, i) => [`y${i}`, g.adopt(cast(s, 'float32'))]),
    );
    for (const simplify of [true, false]) {
      const program = await compile(
        { ...outputs, x },
        { backend: cpu, passes: { simplify, 'fold-constants': simplify } },
      );
      const { x: _, ...results } = await program.run({ x: [[0, 0]] });
      program.dispose();
      expect(Object.values(results as HostResults<typeof outputs>).map((t) => t.item())).to.deep.equal(
        [1, 2 ** 31 - 1, 1, 0].map(Math.fround),
      );
    }
  });

  it("lets the engine's zero cotangents vanish, with all that they are factors of", async () => {
    const { x, w } = symbols();
    const zero = zeroCotangent({ dtype: 'float32', shape: x.shape });
    const y = addN([matMul(mul(zero, exp(x)), w), x]);
    expect((await passes({ y }, { backend: new NullBackend() })).ops).to.deep.equal([]);
  });

  it('leaves nothing of the cotangents of unused outputs', async () => {
    const g = new Graph();
    const x = g.placeholder('x', ['$b', 6]);
    const [a] = split(x, 3, 1) as [Sym, Sym, Sym];
    const dx = gradients(gradients(sum(mul(a, a)), a), x);
    const { last } = await passes({ dx }, { backend: new NullBackend({ outputs: () => 3 }) });
    expect(last('fuse').after).to.not.contain('SplitV(');
  });

  it('undoes an involution only where both have the same attributes', async () => {
    const Flip = defineOp({
      name: 'Flip',
      inputs: ['x'],
      attrs: { axis: attr.int() },
      infer: ({ x }) => [x],
      lowering: [{ kind: 'kernel' }],
      traits: { involution: true },
      gradient: { x: (_, { dy }) => dy },
    });
    const { x } = symbols();
    const twice = (p: number, q: number) => Flip.node({ x: Flip.node({ x }, { axis: p }) }, { axis: q });
    const backend = new NullBackend();
    expect((await passes({ y: twice(0, 0) }, { backend })).ops).to.deep.equal([]);
    expect((await passes({ y: twice(0, 1) }, { backend })).ops).to.deep.equal(['Flip', 'Flip']);
  });
});
