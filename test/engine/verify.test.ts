/** The verifier: what it finds in nodes that no builder makes, and that passes leave nothing for it to find. */
import { expect } from 'chai';
import { cpu } from '../../backends/cpu/module.ts';
import { NullBackend } from '../../backends/null/module.ts';
import { wasm } from '../../backends/wasm/module.ts';
import {
  defineComposite,
  defineOp,
  type Fn,
  Graph,
  GraphError,
  makeFn,
  map,
  Node,
  NodeTable,
  optimizeOpen,
  type PlacedPass,
  RewriteError,
  rewriteProgram,
  Sum,
  type Sym,
  type TensorType,
  toDim,
  verify,
  ZERO,
} from '../../engine/index.ts';
import { type Matched, pattern } from '../../engine/optimize/pattern.ts';
import { add, cast, matMul, sum, Tanh, tanh } from '../../ops/index.ts';
import { buildKind, KINDS, runBuilt } from '../support/graphs.ts';
import { caught, lineHere } from '../support/values.ts';

const symbols = () => {
  const g = new Graph();
  return { g, x: g.placeholder('x', ['$b', 2]) };
};

/** A node that no builder would make: that of `good` with other parts, and the value that it gives. */
function corrupt(good: Sym, parts: Partial<ConstructorParameters<typeof Node>[0]>): Sym {
  const { id, op, attrs, inputs, arity, outputs, graph, checks } = good.node;
  const fields = { id, op, attrs, inputs, arity, types: outputs, graph, origin: good.node, checks, ...parts };
  return new Node(fields).outputs[0]!;
}

describe('the verifier', () => {
  const finds = (sym: Sym, what: string) => expect(() => verify([sym])).to.throw(GraphError, what);

  it('takes what builders make', () => {
    const { x } = symbols();
    expect(() => verify([tanh(matMul(x, x, false, true)), map(x, tanh)])).to.not.throw();
  });

  it('names the node and its line', () => {
    const { x } = symbols();
    const [y, line] = [tanh(x), lineHere()];
    const bad = corrupt(y, { types: [{ dtype: 'int32', shape: x.shape }] });
    const error = caught(() => verify([bad]));
    expect(error.message).to.contain(`verify: '${bad.label}' (Tanh): output 0 is int32[$b, 2]`);
    expect(error).to.have.property('site').that.contains(line);
  });

  it('finds types that shape inference does not give', () => {
    const { x } = symbols();
    finds(
      corrupt(tanh(x), { types: [{ dtype: 'float32', shape: ['$b', 3].map(toDim) }] }),
      'shape inference gives float32[$b, 2]',
    );
    finds(corrupt(tanh(x), { types: [{ dtype: 'float32', shape: [2] }] }), 'output 0 is float32[2]');
    finds(corrupt(tanh(x), { types: [x, x] }), 'has 2 outputs; shape inference gives 1');
  });

  it('finds inputs that shape inference refuses', () => {
    const { g, x } = symbols();
    finds(corrupt(tanh(x), { inputs: [g.constant([1], 'int32')], id: 9 }), 'x is int32, not float32');
  });

  it('finds attributes that the schema refuses', () => {
    const { x } = symbols();
    const sum = Sum.node({ x }, { axis: [0] });
    finds(corrupt(sum, { attrs: { axis: 'all', keepDims: false } }), "attribute 'axis': expected a list of integers");
    finds(corrupt(sum, { attrs: { axis: [0], keepDims: false, colour: 1 } }), "no attribute 'colour'");
  });

  it('finds inputs that come later, and inputs of other graphs', () => {
    const { x } = symbols();
    const later = add(tanh(x), x);
    finds(corrupt(tanh(x), { inputs: [later] }), 'comes after its user');
    finds(corrupt(tanh(x), { inputs: [symbols().x] }), 'belongs to another graph');
  });

  it('finds values that are no output of their node', () => {
    const { x } = symbols();
    const double = corrupt(x, {});
    finds(
      corrupt(tanh(x), { inputs: [Object.assign(Object.create(double), { node: x.node })] }),
      "'x' is not an output of its node",
    );
  });

  describe('in Functions', () => {
    const mapped = (change: (fn: Fn) => Partial<Fn>): Sym => {
      const { x } = symbols();
      const y = map(x, tanh);
      const body = y.node.attrs.body as Fn;
      return corrupt(y, { attrs: { ...y.node.attrs, body: { ...body, key: 'changed', ...change(body) } } });
    };

    it('finds parameters that are none, or there twice', () => {
      finds(
        mapped((fn) => ({ parameters: fn.results })),
        'which is a Tanh',
      );
      finds(
        mapped(({ parameters: [p] }) => ({ parameters: [p!, p!] })),
        'a parameter twice',
      );
    });

    it('finds parameters that are not among its own', () => {
      finds(
        mapped(() => ({ parameters: [] })),
        'is used outside of its Function',
      );
    });

    it('finds leaves that are not closed', () => {
      const { x, g } = symbols();
      const row = g.placeholder('row', [2]);
      finds(
        corrupt(map(x, tanh), { attrs: { body: makeFn(g, [], [row]), count: x.shape[0], stacked: 1 } }),
        "not closed: 'row'",
      );
    });

    it('finds faults in nodes of bodies, at any depth', () => {
      const inner = (fn: Fn) => ({ results: [corrupt(fn.results[0]!, { types: [{ dtype: 'float32', shape: [5] }] })] });
      finds(mapped(inner), '(Tanh): output 0 is float32[5]');
      const { g } = symbols();
      const deep = map(g.placeholder('z', [2, 2, 2]), (m) => map(m, tanh));
      const outer = deep.node.attrs.body as Fn;
      const middle = outer.results[0]!;
      const body = middle.node.attrs.body as Fn;
      const bad = corrupt(middle, { attrs: { ...middle.node.attrs, body: { ...body, ...inner(body) } } });
      finds(corrupt(deep, { attrs: { ...deep.node.attrs, body: { ...outer, results: [bad] } } }), '(Tanh): output 0');
    });
  });
});

describe('passes', () => {
  /** Few kernels, so that composites are expanded. */
  const bare = new NullBackend({
    supports: (kernel) => !['Softmax', 'Mean', '_FusedMatMul', 'SquaredDifference'].includes(kernel),
    outputs: (kernel, attrs) => (kernel === 'SplitV' ? (attrs.numOrSizeSplits as readonly number[]).length : 1),
  });

  for (const name of Object.keys(KINDS)) {
    it(`leave ${name} verified`, async () => {
      for (const backend of [cpu, wasm, bare])
        await runBuilt(buildKind(name), { backend, verify: true, passes: backend === bare ? { fuse: false } : {} });
    });
  }

  const run = (pass: PlacedPass, verify: boolean) => {
    const { x } = symbols();
    return runBuilt(
      { graph: new Graph(), outputs: { y: tanh(x) }, updates: [] },
      { backend: cpu, verify, dims: { b: 3 }, extraPasses: [pass] },
    );
  };
  const failing = async (pass: PlacedPass, verify = true): Promise<Error> =>
    run(pass, verify).then(
      () => expect.fail('nothing was thrown'),
      (e: Error) => e,
    );

  const replacing = (name: string, replace: (y: Sym) => Sym): PlacedPass => ({
    name,
    reason: 'to be found',
    run: (program) =>
      rewriteProgram(
        program,
        (node) => {
          const y = node.op === Tanh ? replace(node.outputs[0]!) : undefined;
          return y === node.outputs[0] ? undefined : y;
        },
        new NodeTable(),
      ),
  });

  it('that corrupt a node are found', async () => {
    const error = await failing(
      replacing('corrupting', (y) => (y.node.inputs.length > 0 ? corrupt(y, { inputs: [] }) : y)),
    );
    expect(error).to.be.instanceOf(GraphError);
    expect(error.message).to.contain('(Tanh): ');
  });

  it('that change the type of a node are found, verified or not', async () => {
    for (const verify of [true, false]) {
      const error = await failing(
        replacing('retyping', (y) =>
          y.dtype === 'float32' ? corrupt(y, { types: [{ dtype: 'int32', shape: [] }] }) : y,
        ),
        verify,
      );
      expect(error).to.be.instanceOf(RewriteError);
      expect(error.message).to.match(
        /^internal error: a rewrite replaced '.*' \(Tanh\) float32\[\$b, 2\] by int32\[\]/,
      );
      expect(error).to.have.property('site').that.contains('verify.test.ts');
    }
  });

  it('that a simplify, a rule, a fusion or a composite makes another type of is found, with its name', () => {
    const infer = ({ x }: { readonly x: TensorType }) => [x];
    const Wrong = defineOp({
      name: 'Wrong',
      inputs: ['x'],
      infer,
      lowering: [{ kind: 'kernel' }],
      simplify: ({ x }) => sum(x),
      gradient: { x: ZERO },
    });
    const Half = defineComposite({
      name: 'Half',
      inputs: ['x'],
      infer,
      lowering: [{ kind: 'composite', expand: ({ x }) => cast(x, 'int32') }],
      gradient: { x: ZERO },
    });
    const rewrite = ({ inputs }: Node) => sum(inputs[0]!);
    const wrong = { name: 'a-wrong-one', reason: 'to be found', op: 'Tanh', rewrite };
    const cases: Readonly<Record<string, readonly [op: (x: Sym) => Sym, target: object]>> = {
      'Wrong.simplify': [(x) => Wrong.node({ x }), {}],
      'the composite of Half': [(x) => Half.node({ x }), {}],
      "the rule 'a-wrong-one'": [tanh, { rules: [wrong, ...cpu.target.rules] }],
      "the fusion 'a-wrong-one'": [
        tanh,
        { fusions: [{ ...wrong, pattern: pattern('Tanh'), rewrite: (_: Matched, node: Node) => rewrite(node) }] },
      ],
    };
    for (const [by, [op, target]] of Object.entries(cases)) {
      const { g, x } = symbols();
      const program = { graph: g, outputs: { y: op(x) }, updates: [], kept: [] };
      const faulty = { ...cpu.target, ...target };
      const error = caught(() => optimizeOpen(program, faulty, { verify: false }));
      expect(error, by).to.be.instanceOf(RewriteError);
      expect(error.message).to.contain(`internal error: ${by} replaced '`);
    }
  });

  it('that change the type of a result are found, with their name, in both stages', async () => {
    for (const [place, rows] of [
      [{ before: 'bind' }, '$b'],
      [{ after: 'bind' }, '3'],
    ] as const) {
      const error = await failing({
        name: 'casting',
        reason: 'to be found',
        ...place,
        run: (program) => ({ ...program, outputs: { y: cast(program.outputs.y!, 'int32') } }),
      });
      expect(error).to.be.instanceOf(RewriteError);
      expect(error.message).to.contain(`the pass 'casting' changed 'y' from float32[${rows}, 2] to int32[${rows}, 2]`);
    }
  });
});
