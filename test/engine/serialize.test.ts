/** The serialized form: what is written is read back, and nothing else is. */
import { expect } from 'chai';
import { cpu } from '../../backends/cpu/module.ts';
import {
  type AnyOp,
  compile,
  Graph,
  type GraphDocument,
  gradients,
  map,
  print,
  SerializationError,
} from '../../engine/index.ts';
import { catalogue } from '../../ops/catalogue.ts';
import { add, matMul, mul, randomUniform, sum, tanh } from '../../ops/index.ts';
import { initializers } from '../../plugins/initializers/index.ts';
import { type Built, buildKind, KINDS, runBuilt } from '../support/graphs.ts';
import { caught, expectClose } from '../support/values.ts';

const OPS: readonly AnyOp[] = catalogue.flatMap(({ op }) => op ?? []);
const OPTIONS = { ops: OPS, initializers };

type NodeDocument = GraphDocument['nodes'][number];

const write = ({ graph, outputs, updates }: Built): GraphDocument =>
  JSON.parse(JSON.stringify(graph.toJSON(outputs, updates)));
const read = (document: unknown): Built => Graph.fromJSON(document, OPTIONS);

/** A graph's text, without lines, and with the nodes of each part numbered in the order in which they appear. */
function textOf({ graph, outputs, updates }: Built): string {
  const text = print({ graph, outputs, updates, kept: [] });
  const parts = text
    .replaceAll(/ +# .*$/gm, '')
    .replaceAll(/ +/g, ' ')
    .split('\n\n');
  const renumbered = parts.map((part) => {
    const ids = [...new Set(part.match(/%\d+/g))];
    return part.replaceAll(/%\d+/g, (id) => `%${ids.indexOf(id)}`);
  });
  return renumbered.join('\n\n');
}

const valuesOf = (built: Built) => runBuilt(built, { backend: cpu });

describe('a document', () => {
  for (const name of Object.keys(KINDS)) {
    it(`holds ${name}`, async () => {
      const built = buildKind(name);
      const document = write(built);
      const again = read(document);
      expect(textOf(again)).to.equal(textOf(built));
      expect(write(again)).to.deep.equal(document);
      expect(await valuesOf(again)).to.deep.equal(await valuesOf(built));
    });
  }

  it('keeps names, and the graph can be built on', () => {
    const { graph } = read(write(buildKind('several outputs')));
    expect(graph.find('last').output).to.equal(2);
    expect(() => graph.placeholder('x', [])).to.throw("the name 'x' is taken");
    expect(add(graph.find('first'), graph.find('last')).shape.join()).to.equal('$batch,2');
  });

  it('has, by default, all that has a name', () => {
    const { graph } = buildKind('variables with initializers');
    expect(Object.keys(graph.toJSON().outputs)).to.deep.equal(['w', 'b', 'n']);
  });

  it('gives random ops that are added later streams of their own', () => {
    const { graph, outputs } = read(write(buildKind('random ops')));
    const streams = [outputs.y!, outputs.z!, add(outputs.y!, randomUniform([4]))].map(
      (s) => s.node.inputs[1]!.node.attrs.stream,
    );
    expect(streams).to.deep.equal([0, 1, 2]);
    expect(graph.op('RandomUniform')).to.not.equal(undefined);
  });

  it('may be written by hand: ids are names, defaults are left out', () => {
    const { outputs, graph } = read({
      format: 'retrograph',
      version: 1,
      nodes: [
        { id: 'x', op: 'Placeholder', attrs: { dtype: 'float32', shape: ['$batch', 2] } },
        { id: 'W', op: 'Variable', attrs: { shape: [2, 3], init: { name: 'glorotUniform', seed: 1 } } },
        { id: 'h', op: 'BatchMatMul', inputs: { a: 'x', b: 'W' } },
        { id: 's', op: 'SplitV', inputs: { x: 'h' }, attrs: { numOrSizeSplits: [1, 2], axis: 1 } },
        { id: 'c', op: 'Concat', inputs: { inputs: ['s:1', 's:0'] }, attrs: { axis: 1 } },
      ],
      outputs: { c: 'c' },
    });
    expect(outputs.c!.shape.join()).to.equal('$batch,3');
    expect(graph.find('W').node.attrs.trainable).to.equal(true);
  });
});

describe('reading refuses', () => {
  const valid = (): GraphDocument => write(buildKind('several outputs'));
  const error = (document: unknown, options: Parameters<typeof Graph.fromJSON>[1] = OPTIONS): SerializationError => {
    const e = caught(() => Graph.fromJSON(document, options));
    expect(e).to.be.instanceOf(SerializationError);
    return e as SerializationError;
  };
  /** The error of a valid document with other nodes. */
  const withNodes = (change: (nodes: NodeDocument[]) => void, functions = {}): SerializationError => {
    const document = valid();
    change(document.nodes);
    return error({ ...document, functions });
  };
  const split = (nodes: NodeDocument[]): NodeDocument => nodes.find((n) => n.op === 'SplitV')!;
  const joined = (nodes: NodeDocument[]): NodeDocument => nodes.find((n) => n.op === 'Concat')!;

  it('what is no graph', () => {
    for (const nothing of [null, undefined, 3, 'text', [], {}, { format: 'onnx' }])
      expect(error(nothing).message).to.contain('not a graph');
  });

  it('newer versions', () => {
    expect(error({ ...valid(), version: 2 }).message).to.contain('version 2; this library reads versions up to 1');
  });

  it('unknown fields, and fields of another kind: the message says where', () => {
    expect(error({ ...valid(), extra: 1 }).message).to.contain("malformed at 'extra'");
    expect(withNodes((nodes) => Object.assign(split(nodes), { id: 7 })).message).to.match(
      /malformed at 'nodes\.\d\.id'/,
    );
  });

  it('ops that it may not use', () => {
    const e = error(valid(), { ops: [] });
    expect(e.message).to.contain("node 'first' (SplitV): there is no op 'SplitV'");
    expect(e.node).to.equal('first');
  });

  it('initializers that it may not use', () => {
    const document = write(buildKind('variables with initializers'));
    for (const name of ['nowhere', 'toString', 'constructor']) {
      Object.assign(document.nodes[0]!.attrs!.init as object, { name });
      expect(error(document).message).to.contain(`node 'w' (Variable): there is no initializer '${name}'`);
    }
  });

  it('unknown, missing and wrong attributes', () => {
    const e = withNodes((nodes) => Object.assign(split(nodes).attrs!, { colour: 'red' }));
    expect(e.message).to.contain("node 'first' (SplitV): SplitV has no attribute 'colour'");
    expect(e.node).to.equal('first');
    expect(withNodes((nodes) => Object.assign(split(nodes).attrs!, { toString: 1 })).message).to.contain(
      "no attribute 'toString'",
    );
    expect(withNodes((nodes) => delete split(nodes).attrs!.axis).message).to.contain("attribute 'axis'");
    expect(withNodes((nodes) => Object.assign(split(nodes).attrs!, { axis: '1' })).message).to.contain(
      "expected an integer, got '1'",
    );
  });

  it('inputs that are unknown, missing or of another kind', () => {
    expect(withNodes((nodes) => Object.assign(split(nodes).inputs!, { z: 'x' })).message).to.contain("no input 'z'");
    expect(withNodes((nodes) => delete split(nodes).inputs!.x).message).to.contain("input 'x' is missing");
    expect(withNodes((nodes) => Object.assign(split(nodes).inputs!, { x: ['x'] })).message).to.contain(
      "'x' takes one value",
    );
    expect(withNodes((nodes) => Object.assign(joined(nodes).inputs!, { inputs: 'x' })).message).to.contain(
      'takes a list',
    );
  });

  it('references to what is not there, or comes later', () => {
    for (const reference of ['nowhere', 'first:3', 'first:-1', 'n2', '__proto__'])
      expect(withNodes((nodes) => Object.assign(split(nodes).inputs!, { x: reference })).message).to.contain(
        `node 'first' (SplitV): it refers to '${reference}', which is not defined before it`,
      );
    expect(error({ ...valid(), outputs: { y: 'x:1' } }).message).to.contain(
      "output 'y' refers to 'x:1', which does not exist",
    );
    expect(error({ ...valid(), updates: { x: 'x' } }).message).to.contain("'x' is not a variable");
    expect(error({ ...valid(), updates: { w: 'x' } }).message).to.contain(
      "an update refers to 'w', which does not exist",
    );
  });

  it('ids and names that are taken, and names of outputs that are not there', () => {
    expect(withNodes((nodes) => nodes.push(nodes[0]!)).message).to.contain("node 'x' (Placeholder): the id is taken");
    expect(withNodes((nodes) => Object.assign(nodes.at(-1)!, { names: ['x'] })).message).to.contain(
      "the name 'x' is taken",
    );
    const twin = { id: 'twin', op: 'Placeholder', attrs: { name: 'x', shape: [] } };
    expect(withNodes((nodes) => nodes.push(twin)).message).to.contain(
      "node 'twin' (Placeholder): the name 'x' is taken",
    );
    expect(withNodes((nodes) => Object.assign(split(nodes), { outputNames: { 9: ['far'] } })).message).to.contain(
      'no output 9',
    );
  });

  it('shapes and dtypes that do not fit', () => {
    expect(withNodes((nodes) => Object.assign(nodes[0]!.attrs!, { shape: ['$batch', 7] })).message).to.match(
      /node 'first' .*7 and 6 differ/s,
    );
    expect(withNodes((nodes) => Object.assign(nodes[0]!.attrs!, { shape: [-1, 6] })).message).to.contain(
      "node 'x' (Placeholder)",
    );
    const document = write(buildKind('updates'));
    expect(error({ ...document, updates: { w: 'nothing' } }).message).to.contain('nothing');
    document.nodes.push({ id: 'one', op: 'Fill', attrs: { shape: [], value: 1 } });
    expect(error({ ...document, updates: { w: 'one' } }).message).to.contain("its new value 'Fill_");
  });

  it('two updates of one variable, under two names', () => {
    const document = write(buildKind('updates'));
    document.nodes.find((n) => n.id === 'w')!.names!.push('alias');
    document.updates!.alias = 'w';
    expect(error(document).message).to.contain("two updates of the variable 'w'");
  });

  it('data that is none, or does not fill its shape', () => {
    const document = write(buildKind('data'));
    const constant = document.nodes[0]!;
    document.nodes.push({ id: 'half', op: 'Fill', attrs: { shape: [], value: 1.5, dtype: 'int32' } });
    expect(error(document).message).to.contain("node 'half' (Fill): Fill: 1.5 is not a value of int32");
    for (const [data, message] of [
      [{ type: 'float32', base64: 'AAA=' }, 'whole float32 elements'],
      [{ type: 'float32', base64: '?' }, 'base64'],
      [{ type: 'float32', base64: 'AAAAAA==' }, '1 values do not fill the shape [4]'],
      [{ type: 'float16', base64: '' }, 'expected a typed array'],
      [{ type: 'int32', base64: btoa('\0'.repeat(16)) }, 'Int32Array'],
    ] as const) {
      constant.attrs!.data = data;
      expect(error(document).message).to.contain(`node '${constant.id}' (Constant)`).and.contain(message);
    }
  });

  it('dims that would multiply out beyond all bounds', () => {
    const factors = Array.from({ length: 40 }, (_, i) => `($a${i} + $b${i})`).join(' * ');
    const e = withNodes((nodes) => Object.assign(nodes[0]!.attrs!, { shape: [factors, 6] }));
    expect(e.message).to.contain("node 'x' (Placeholder)").and.contain('more than 1000 terms and factors');
  });

  describe('Functions', () => {
    const mapped = (change: (fn: NonNullable<GraphDocument['functions']>[string], map: NodeDocument) => void) => {
      const document = write(buildKind('maps with several results'));
      change(document.functions!.f0!, document.nodes.at(-1)!);
      return error(document).message;
    };

    it('that are not there', () => {
      for (const name of ['f9', 'constructor', '__proto__'])
        expect(mapped((_, node) => Object.assign(node.attrs!, { body: { function: name } }))).to.contain(
          `(Map): there is no function '${name}'`,
        );
    });

    it('that contain themselves, at any distance', () => {
      expect(
        mapped((fn, node) => fn.nodes.push({ ...node, id: 'inner', inputs: { mapped: [fn.parameters[0]!] } })),
      ).to.contain("node 'inner' (Map): function 'f0' contains itself");
      const document = write(buildKind('nested maps'));
      const { f0, f1 } = document.functions!;
      f1!.nodes.push({ ...f0!.nodes.at(-1)!, id: 'back', inputs: {}, attrs: { body: { function: 'f0' } } });
      expect(error(document).message).to.contain("function 'f0' contains itself");
    });

    it('of parameters that are none, or of other types than the arguments', () => {
      expect(mapped((fn) => Object.assign(fn, { parameters: [] }))).to.contain(
        'a Function of 0 parameters got 1 arguments',
      );
      expect(mapped((fn) => Object.assign(fn, { parameters: [fn.results[0]] }))).to.contain('which is a');
      expect(mapped((fn) => Object.assign(fn.nodes[0]!.attrs!, { shape: [5] }))).to.contain(
        'dimension 0 of argument 0 of a Function: 2 and 5 differ',
      );
      expect(mapped((fn) => Object.assign(fn.nodes[0]!.attrs!, { dtype: 'int32' }))).to.contain("node '");
      expect(mapped((_, node) => Object.assign(node.attrs!, { stacked: 3 }))).to.contain('3 of 2 results stacked');
    });

    it('that are no rules for the arguments of a call', () => {
      const document = write(buildKind('calls with rules of their own'));
      Object.assign(document.functions!.f1!, { results: [] });
      expect(error(document).message).to.contain('a rule for 1 arguments gives 0 cotangents');
    });

    it('that are not closed', () => {
      const leak: NodeDocument = {
        id: 'leak',
        op: 'Placeholder',
        attrs: { name: 'leak', dtype: 'float32', shape: [] },
      };
      expect(
        mapped((fn) => {
          fn.nodes.push(leak);
          fn.results[1] = 'leak';
        }),
      ).to.contain("its Function is not closed: 'leak'");
    });

    it('whose parameters are used outside of them', () => {
      const document = valid();
      document.nodes.push({ id: 'p', op: 'Parameter', attrs: { index: 0, dtype: 'float32', shape: [] } });
      expect(error({ ...document, outputs: { p: 'p' } }).message).to.contain('outside of its Function');
    });

    it('nested so that a copy of each would be exponentially many, are read in time', () => {
      const document = write(buildKind('maps with several results'));
      const f = document.functions!.f0!;
      const map = document.nodes.at(-1)!;
      const depth = 40;
      for (let i = 0; i <= depth; i++) {
        const shape = Array.from({ length: i + 1 }, () => 2);
        const parameter = { id: 'p', op: 'Parameter', attrs: { index: 0, dtype: 'float32', shape } };
        const inner = (id: string, from: string): NodeDocument => ({
          id,
          op: 'Map',
          inputs: { mapped: [from] },
          attrs: { body: { function: `g${i - 1}` }, count: 2, stacked: 1 },
        });
        const nodes = i === 0 ? [parameter] : [parameter, inner('a', 'p'), inner('b', 'a')];
        document.functions![`g${i}`] = { nodes, parameters: ['p'], results: [nodes.at(-1)!.id] };
      }
      document.nodes[0]!.attrs!.shape = Array.from({ length: depth + 2 }, () => 2);
      Object.assign(map.attrs!, { body: { function: `g${depth}` }, count: 2, stacked: 1 });
      expect(f.results).to.have.lengthOf(2);
      expect(() => read({ ...document, outputs: { y: map.id } })).to.not.throw();
    });
  });

  it('what is not plain data, at any depth, and what holds itself', () => {
    const hostile: readonly ((document: GraphDocument) => unknown)[] = [
      (document) => new Proxy(document, {}),
      (document) => new Proxy(document, { get: () => expect.fail('asked') }),
      (document) => ({ ...document, nodes: new Proxy(document.nodes, {}) }),
      (document) => ({ ...document, nodes: new Proxy([], { get: (_, key) => (key === 'length' ? 2 ** 32 : {}) }) }),
      (document) => ({
        ...document,
        get nodes() {
          throw new TypeError('a trap');
        },
      }),
      (document) => {
        split(document.nodes).attrs!.axis = () => 1;
        return document;
      },
      (document) => {
        document.nodes[0]!.attrs!.shape = new Array(2 ** 32 - 1);
        return document;
      },
      (document) => {
        document.nodes[0]!.attrs!.shape = document;
        (document as unknown as Record<string, unknown>).functions = document;
        return document;
      },
    ];
    for (const make of hostile) error(make(valid()));
  });

  it('names of dims that objects have already, and sizes that no memory holds', () => {
    for (const name of ['$__proto__', '$constructor', '$toString + 1', 'min($valueOf, 2)'])
      expect(withNodes((nodes) => Object.assign(nodes[0]!.attrs!, { shape: [name, 6] })).message).to.contain(
        'a dim cannot be named',
      );
    const unstacked = (size: number, times: number): GraphDocument => ({
      format: 'retrograph',
      version: 1,
      nodes: [
        { id: 'x', op: 'Placeholder', attrs: { shape: [size, 2] } },
        ...Array.from({ length: times }, (_, axis) => ({
          id: `u${axis}`,
          op: 'Unpack',
          inputs: { value: 'x' },
          attrs: { axis: 0 },
        })),
      ],
      outputs: { x: 'x' },
    });
    for (const size of [2 ** 31, 2 ** 40, 2 ** 53 - 1])
      expect(error(unstacked(size, 1)).message).to.contain('more than 100000 results');
    expect(() => read(unstacked(1000, 1))).to.not.throw();
    const twice = unstacked(60_000, 2);
    twice.nodes[1]!.id = 'first';
    twice.nodes.splice(2, 0, { id: 'z', op: 'Placeholder', attrs: { shape: [60_000] } });
    twice.nodes[3]!.inputs = { value: 'z' };
    expect(error(twice).message).to.contain('too many values');
  });
});

describe('a graph read back', () => {
  it('differentiates as the one that was written', async () => {
    const g = new Graph();
    const [x, w] = [
      g.placeholder('x', ['$batch', 2]),
      g.variable(
        'w',
        [2, 2],
        [
          [1, 2],
          [3, 4],
        ],
      ),
    ];
    const loss = g.name('loss', sum(map(tanh(matMul(x, w)), (row) => sum(mul(row, row)))));
    const { graph } = read(write({ graph: g, outputs: { loss }, updates: [] }));
    const [ours, theirs] = [gradients(loss, w), gradients(graph.find('loss'), graph.find('w'))];
    const feeds = {
      x: [
        [0.1, -0.2],
        [0.3, 0.5],
      ],
    };
    const results = await Promise.all(
      [ours, theirs].map(async (dw) => {
        const program = await compile({ dw }, { backend: cpu });
        const { dw: result } = await program.run(feeds);
        program.dispose();
        return result.data;
      }),
    );
    expectClose(results[1]!, results[0]!, 0);
  });
});
