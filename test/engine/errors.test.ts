/** Mistakes in users' code: the error's class, the nodes it names, and the line. */
import { expect } from 'chai';
import { NullBackend } from '../../backends/null/module.ts';
import {
  AddN,
  AttributeError,
  assign,
  attr,
  broadcastTo,
  compile,
  DTypeError,
  defineComposite,
  defineOp,
  GradientRuleError,
  Graph,
  GraphError,
  gradients,
  map,
  NOT_DIFFERENTIABLE,
  NotDifferentiableError,
  RetrographError,
  ShapeError,
  Sum,
  type Sym,
} from '../../engine/index.ts';
import { add, concat, matMul, mul, sum, Tanh, tanh } from '../../ops/index.ts';
import { caught, lineHere } from '../support/values.ts';

const graph = () => {
  const g = new Graph();
  return { g, x: g.placeholder('x', ['$b', 3]), w: g.variable('w', [2, 4]) };
};

describe('a shape error', () => {
  it("names op and nodes, their types and lines, and the user's line", () => {
    const g = new Graph();
    const [x, made] = [g.placeholder('x', ['$b', 3]), lineHere()];
    const w = g.variable('w', [2, 4]);
    const [error, line] = [caught(() => matMul(x, w)), lineHere()];
    expect(error).to.be.instanceOf(ShapeError).and.include({ call: 'matMul', name: 'ShapeError' });
    expect(error.message).to.match(/^matMul: /);
    expect(error.message).to.match(new RegExp(`a = 'x' \\(Placeholder\\) float32\\[\\$b, 3\\], made at .*${made}`));
    expect(error.message).to.contain("b = 'w' (Variable) float32[2, 4]");
    expect(error.message).to.match(new RegExp(`\n {2}at .*${line}:\\d+$`));
  });

  it('names each of many inputs by its place', () => {
    const { x, w } = graph();
    expect(caught(() => concat([x, w, x], 0)).message).to.match(
      /tensors\[0\] = 'x'.*\n.*tensors\[1\] = 'w'.*\n.*tensors\[2\] = 'x'/,
    );
  });

  it('says which dimensions of a broadcast do not fit', () => {
    const { g, x } = graph();
    expect(() => add(x, g.constant([1, 2]))).to.throw(
      ShapeError,
      'dimension 1 of the broadcast of [$b, 3] and [2]: 3 and 2 differ',
    );
  });

  it('of a variable says that its shape must be known', () => {
    expect(() => new Graph().variable('v', ['$b'])).to.throw(ShapeError, "variable 'v' needs a known shape, got [$b]");
  });

  it('of a constant counts its values', () => {
    expect(() => new Graph().constant([1, 2, 3], 'float32', [2])).to.throw(
      ShapeError,
      '3 values do not fill the shape [2]',
    );
    expect(() => new Graph().constant([[1, 2], [3]])).to.throw(ShapeError, 'a ragged array');
  });

  it('of an update names variable and value', () => {
    const { x, w } = graph();
    expect(() => assign(w, tanh(w))).to.not.throw();
    expect(() => assign(w, x)).to.throw(ShapeError, "'w' is float32[2, 4], its new value 'x' float32[$b, 3]");
    expect(() => assign(x, x)).to.throw(GraphError, "'x' is not a variable");
  });
});

describe('a dtype error', () => {
  it('says what is taken, and names the node', () => {
    const { g } = graph();
    const i = g.placeholder('i', [2], 'int32');
    const error = caught(() => Tanh.node({ x: i }));
    expect(error).to.be.instanceOf(DTypeError);
    expect(error.message).to.match(/x is int32, not float32\n {2}x = 'i' \(Placeholder\) int32\[2\]/);
  });

  it('is what a gradient of integers is', () => {
    const { g } = graph();
    const i = g.placeholder('i', [2], 'int32');
    expect(() => gradients(tanh(i), i)).to.throw(DTypeError, "no gradient with respect to 'i', which is int32");
  });

  it('tells terms of a sum apart', () => {
    const { g } = graph();
    expect(() => AddN.node({ inputs: [g.constant([1]), g.constant([1], 'int32')] })).to.throw(
      DTypeError,
      'float32 and int32',
    );
    expect(() => AddN.node({ inputs: [g.constant([true]), g.constant([true])] })).to.throw(DTypeError, 'terms of bool');
  });
});

describe('an attribute', () => {
  const Power = defineOp({
    name: 'Power',
    inputs: ['x', 'bias?', '...more'],
    attrs: { n: attr.int(), mode: attr.oneOf(['fast', 'exact'], 'fast') },
    infer: ({ x }) => [x],
    lowering: [{ kind: 'kernel' }],
    gradient: { x: NOT_DIFFERENTIABLE, bias: NOT_DIFFERENTIABLE, more: NOT_DIFFERENTIABLE },
  });
  const make = (attrs: object, inputs: object = { x: graph().x, more: [] }) =>
    Power.node(inputs as never, attrs as never);

  it('that the op does not have is an error which lists those that it has', () => {
    expect(() => make({ n: 2, k: 1 })).to.throw(AttributeError, "Power has no attribute 'k'; it has n, mode");
    expect(() => make({ n: 2, toString: 1 })).to.throw(AttributeError, "no attribute 'toString'");
    expect(() => Sum.node({ x: graph().x }, { axes: [0] } as never)).to.throw(AttributeError, "no attribute 'axes'");
  });

  it('that is missing or refused is an error which says what is expected', () => {
    expect(() => make({})).to.throw(AttributeError, "Power: attribute 'n': expected an integer, got undefined");
    expect(() => make({ n: 1.5 })).to.throw(AttributeError, "'n': expected an integer, got 1.5");
    expect(() => make({ n: 1, mode: 'slow' })).to.throw(AttributeError, "expected one of fast, exact, got 'slow'");
  });

  it('may be left out where it has a default', () => {
    expect(make({ n: 1 }).node.attrs).to.deep.equal({ n: 1, mode: 'fast' });
  });

  it('is not the only thing that may be missing: so may inputs', () => {
    const { x } = graph();
    expect(() => make({ n: 1 }, { more: [] })).to.throw(AttributeError, "Power: input 'x' is missing");
    expect(() => make({ n: 1 }, { x: null, more: [] })).to.throw(AttributeError, "input 'x' is missing");
    expect(() => make({ n: 1 }, { x })).to.throw(AttributeError, "input 'more' is missing");
    expect(() => make({ n: 1 }, { x, more: [] })).to.not.throw();
  });
});

describe('a gradient rule', () => {
  const withRule = (rule: (inputs: { x: Sym }, context: { dy: Sym }) => unknown, name = 'Faulty') =>
    defineOp({
      name,
      inputs: ['x'],
      infer: ({ x }) => [x],
      lowering: [{ kind: 'kernel' }],
      gradient: { x: rule as never },
    });
  const differentiate = (op: ReturnType<typeof withRule>) => {
    const x = new Graph().placeholder('x', [2, 3]);
    const [y, line] = [op.node({ x: tanh(x) }), lineHere()];
    return { error: caught(() => gradients(y, x)), line, node: y.node.label };
  };

  it('that gives another shape is named, with what it gave and the line of its node', () => {
    const { error, line, node } = differentiate(withRule((_, { dy }) => matMul(dy, dy, false, true)));
    expect(error).to.be.instanceOf(GradientRuleError).and.include({ node });
    expect(error.message).to.contain(
      "rule of Faulty for 'x' gave float32[2, 2], which is no gradient of float32[2, 3]",
    );
    expect(error).to.have.property('site').that.contains(line);
  });

  it('that gives another dtype is named', () => {
    const { error } = differentiate(
      withRule(({ x }) => x.node.graph!.adopt(broadcastTo(new Int32Array([1, 2, 3]), x.shape))),
    );
    expect(error).to.be.instanceOf(GradientRuleError);
    expect(error.message).to.contain('its dtype is int32');
  });

  it('that fails is named, and keeps the cause', () => {
    const { error, line } = differentiate(withRule(({ x }) => matMul(x, x)));
    expect(error).to.be.instanceOf(GradientRuleError);
    expect(error.message).to.match(/^the gradient rule of Faulty for 'x' failed: BatchMatMul: /);
    expect(error.cause).to.be.instanceOf(ShapeError);
    expect(error).to.have.property('site').that.contains(line);
  });

  it('of a list of inputs gives as many gradients', () => {
    const Join = defineOp({
      name: 'Join',
      inputs: ['...xs'],
      infer: ({ xs }) => [xs[0]!],
      lowering: [{ kind: 'kernel' }],
      gradient: { xs: (_, { dy }) => [dy] },
    });
    const { x } = graph();
    expect(() => gradients(Join.node({ xs: [x, tanh(x)] }), x)).to.throw(
      GradientRuleError,
      "the rule of 'xs' must give 2 gradients",
    );
  });

  it('may declare an input not differentiable: an error where a path reaches it, and only there', () => {
    const Opaque = defineOp({
      name: 'Opaque',
      inputs: ['x', 'hint'],
      infer: ({ x }) => [x],
      lowering: [{ kind: 'kernel' }],
      gradient: { x: (_, { dy }) => dy, hint: NOT_DIFFERENTIABLE },
    });
    const { g, x } = graph();
    const hint = g.placeholder('hint', ['$b', 3]);
    const [y, line] = [Opaque.node({ x, hint }), lineHere()];
    expect(() => gradients(y, x)).to.not.throw();
    const error = caught(() => gradients(y, hint));
    expect(error).to.be.instanceOf(NotDifferentiableError);
    expect(error.message).to.contain("Opaque is not differentiable in 'hint', which 'hint' reaches");
    expect(error).to.have.property('site').that.contains(line);
  });
});

describe('a composite', () => {
  it('needs a lowering that says what it is made of', () => {
    expect(() =>
      defineComposite({ name: 'Hollow', inputs: ['x'], infer: ({ x }) => [x], lowering: [{ kind: 'kernel' }] }),
    ).to.throw(RetrographError, "Hollow: a composite needs a lowering of kind 'composite'");
  });
});

describe('what belongs to the body of a map', () => {
  it('is an error outside of it, which names the line', async () => {
    const { x, w } = graph();
    let inner: Sym | undefined;
    let line = '';
    map(x, (row) => {
      [inner, line] = [mul(row, 2), lineHere()];
      return inner;
    });
    const error = await compile({ y: sum(inner!), w }, { backend: new NullBackend() }).catch((e: unknown) => e);
    expect(error).to.be.instanceOf(GraphError);
    expect((error as Error).message).to.contain('belongs to a Function and is used outside of it');
    expect(error).to.have.property('site').that.contains(line);
  });
});
