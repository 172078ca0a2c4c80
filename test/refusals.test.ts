/**
 * Wrong arguments, to every function that users get: right ones are made of the samples of ops and of the kinds of parameters, then
 * spoiled one at a time. Each such call either makes sense, or is refused by an error of the library's own that says what was called,
 * with which operands, and on which line. Nobody has to write anything for a new function, unless no right call of it is found.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import fc from 'fast-check';
import { NullBackend } from '../backends/null/module.ts';
import {
  assign,
  constant,
  DimExpr,
  formatType,
  formatValue,
  Graph,
  isSym,
  RetrographError,
  type Sym,
} from '../engine/index.ts';
import * as face from '../face/index.ts';
import * as ops from '../ops/index.ts';
import type { SampleInput } from '../ops/sample.ts';
import { sampled } from '../ops/samples.ts';
import * as initializers from '../plugins/initializers/index.ts';
import * as layers from '../plugins/layers/index.ts';
import * as optimizers from '../plugins/optimizers/index.ts';
import * as regularizers from '../plugins/regularizers/index.ts';
import * as training from '../plugins/training/index.ts';
import { FULL } from './support/effort.ts';

type Call = (...args: readonly unknown[]) => unknown;
type Exports = Readonly<Record<string, unknown>>;

/** A parameter, as `expose` reads it. */
interface Parameter {
  readonly name: string;
  readonly optional: boolean;
  readonly rest: boolean;
  readonly kinds: string;
  readonly options: readonly Parameter[] | undefined;
}
interface Function {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly call: Call;
  /** Its file, without extension: `ops/activation/relu`. */
  readonly path: string | undefined;
}

const read = (path: string): string => readFileSync(fileURLToPath(new URL(`../${path}`, import.meta.url)), 'utf8');
const parse = (signature: string): readonly Parameter[] =>
  [...signature.matchAll(/(\.\.\.)?(\w+)(\?)?:(?:\{([^}]*)\}|([^\s,]+))/g)].map(
    ([, rest, name, optional, options, kinds = 'o']) => ({
      name: name!,
      optional: optional !== undefined,
      rest: rest !== undefined,
      kinds: kinds.replaceAll('v', 'ynba'),
      options: options === undefined ? undefined : parse(options),
    }),
  );

/** The file that each export comes from, by its name. */
function filesIn(folder: string): ReadonlyMap<string, string> {
  const listed = [...read(`${folder}/exports.ts`).matchAll(/export (?:\{([^}]*)\}|\*) from '\.\/(.*)\.ts'/g)];
  return new Map(
    listed.flatMap(([, names, path]) => {
      const file = `${folder}/${path}`;
      const all =
        names?.split(',') ?? [...read(`${file}.ts`).matchAll(/^export (?:const|function) (\w+)/gm)].map((m) => m[1]!);
      return all.map((name) => [name.trim().split(' ').at(-1)!, file] as const);
    }),
  );
}

/** The functions of a folder, as its index has them: with parameters that TypeScript told. */
function functionsIn(folder: string, module: Exports): readonly Function[] {
  const exposed = new Map(
    [...read(`${folder}/index.ts`).matchAll(/expose\(\s*'([\w.]+)',\s*'([^']*)'/g)].map(([, name, signature]) => [
      name!.split('.').at(-1)!,
      { name: name!, parameters: parse(signature!) },
    ]),
  );
  const files = filesIn(folder);
  return Object.entries(module).flatMap(([key, value]) => {
    // classes, and the definitions of ops, have capitals
    if (typeof value !== 'function' || /^[A-Z]/.test(key)) return [];
    const known = exposed.get(key);
    if (known === undefined) throw new Error(`${folder}/index.ts does not expose ${key}`);
    return [{ ...known, call: value as Call, path: files.get(key) }];
  });
}

const { image, linalg, losses, signal, sparse, spectral, string } = ops;
const NAMESPACES = { image, linalg, losses, signal, sparse, spectral, string };
const FUNCTIONS: readonly Function[] = [
  ...functionsIn('ops', ops),
  ...Object.entries(NAMESPACES).flatMap(([name, module]) => functionsIn(`ops/${name}`, module)),
  ...functionsIn('plugins/initializers', initializers),
  ...functionsIn('plugins/layers', layers),
  ...functionsIn('plugins/optimizers', optimizers),
  ...functionsIn('plugins/optimizers/schedules', optimizers.schedules),
  ...functionsIn('plugins/regularizers', regularizers),
  ...functionsIn('plugins/training', training),
  ...functionsIn('plugins/training/graph-metrics', training.metrics),
  ...functionsIn('face', face),
];

// ---- right arguments

type Candidates = Readonly<Record<string, readonly unknown[]>>;

/** What arguments and options of these names may be. */
function byName(g: Graph, w: Sym): Candidates {
  return {
    poolingType: ['max'],
    mode: ['reflect'],
    method: ['binary', 'bilinear'],
    equation: ['ij,jk->ik', 'ij->ji', 'i->'],
    values: [[1, 2], [w]],
    boundaries: [[1]],
    data: [{ x: [[1], [2]] }],
    program: [{ run: async () => ({}) }],
    optimizer: [optimizers.adam()],
    updates: [[assign(w, w)]],
    outputs: [{ w }],
    subject: [{ w }],
    backend: [backend],
    graph: [g],
    rules: [[() => undefined]],
    lstmCells: [[(_: Sym, c: Sym, h: Sym) => [c, h]]],
    f: [(x: Sym) => x],
  };
}
const BY_KIND: Candidates = {
  n: [1, 2, 0, 0.5, 4],
  b: [true],
  s: ['same', 'valid', 'NHWC', 'NDHWC', 'float32', 'linear', 'xy'],
  a: [
    [2],
    [1],
    [0],
    [1, 1],
    [2, 2],
    [1, 1, 1],
    [3, 3],
    [[0, 0]],
    [
      [0, 0],
      [0, 0],
    ],
    [],
    [
      [0, 0],
      [0, 0],
      [0, 0],
    ],
    [
      [0, 0],
      [0, 0],
      [0, 0],
      [0, 0],
    ],
  ],
  z: [null],
};

/** Values of every rank, for functions without samples. */
const anyOperands = (g: Graph, w: Sym): readonly Sym[] => [
  ops.sum(ops.square(w)),
  w,
  ...[
    ['$n', 3],
    ['$n', 4, 3],
    ['$n', 8, 8, 2],
    ['$n', 4, 4, 4, 2],
  ].map((shape, i) => g.placeholder(`any${i}`, shape)),
  g.placeholder('ids', ['$n', 2], 'int32'),
];

/** Right arguments, of functions for which none are found. */
function byHand(g: Graph, w: Sym): Readonly<Record<string, readonly unknown[]>> {
  const [image, volume] = [
    [1, 4, 4, 2],
    [1, 4, 4, 4, 2],
  ].map((shape) => g.placeholder(`of${shape.length}`, shape));
  const window = { filterSize: [1, 1], strides: [1, 1], pad: 'valid', dilations: [1, 1] };
  const window3d = {
    filterSize: [1, 1, 1],
    strides: [1, 1, 1],
    pad: 'valid',
    dilations: [1, 1, 1],
    dataFormat: 'NDHWC',
  };
  const filter = (shape: number[]): Sym => ops.zeros(shape);
  return {
    avgPoolGrad: [image, image, window],
    maxPoolGrad: [image, image, image, window],
    maxPoolGradGrad: [image, image, window],
    avgPool3dGrad: [volume, volume, window3d],
    maxPool3dGrad: [volume, volume, volume, window3d],
    maxPool3dGradGrad: [volume, volume, window3d],
    basicLSTMCell: [1, filter([4, 4]), filter([4]), filter([1, 3]), filter([1, 1]), filter([1, 1])],
    concat4d: [[image, image], 0],
    conv2DBackpropInput: [[1, 4, 4, 2], image, filter([1, 1, 2, 2]), 1, 'valid'],
    conv2dTranspose: [image, filter([1, 1, 2, 2]), [1, 4, 4, 2], 1, 'valid'],
    conv3DBackpropInput: [[1, 4, 4, 4, 2], volume, filter([1, 1, 1, 2, 2]), 1, 'valid'],
    conv3dTranspose: [volume, filter([1, 1, 1, 2, 2]), [1, 4, 4, 4, 2], 1, 'valid'],
    depthwiseConv2dNativeBackpropInput: [[1, 4, 4, 2], image, filter([1, 1, 2, 1]), 1, 'valid'],
    isSym: [w],
    reduceLROnPlateau: [{ learningRate: g.variable('rate', []) }],
    'layers.groupNormalization': [g.placeholder('grouped', [2, 4]), { groups: 2 }],
    'layers.variablesOf': [layers.dense(g.placeholder('rows', [2, 4]), { units: 2 })],
    'layers.bidirectional': [g.placeholder('sequences', [2, 3, 4]), { layer: layers.lstm, units: 2 }],
    multiRNNCell: [[(_: Sym, c: Sym, h: Sym) => [c, h]], w, [w], [w]],
    movingAverage: [w, w, 0.9, 1],
    tensor3d: [[[[1]]]],
    tensor4d: [[[[[1]]]]],
    tensor5d: [[[[[[1]]]]]],
    tensor6d: [[[[[[[1]]]]]]],
    makeOptimizer: [
      {
        kind: 'own',
        settings: { learningRate: optimizers.settings.learningRate(0.1) },
        shared: () => 0,
        update: (x: Sym) => x,
      },
      {},
    ],
  };
}

interface Row {
  readonly operands: readonly unknown[];
  readonly attrs: Readonly<Record<string, unknown>>;
}

/** The inputs of an op's samples, as placeholders. */
function rowsOf({ path }: Function, g: Graph): readonly Row[] {
  const samples = sampled.find((entry) => `ops/${entry.path}` === path)?.samples ?? [];
  return samples.slice(0, 8).map(({ inputs, attrs = {} }, k) => {
    const operand = (input: SampleInput, name: string): Sym =>
      input.kind === 'values'
        ? constant(input.values, input.dtype)
        : g.placeholder(`${name}_${k}`, input.shape, input.kind === 'distinct' ? 'float32' : input.dtype);
    const operands = Object.entries(inputs).map(([name, input]) =>
      Array.isArray(input) ? input.map((one, i) => operand(one, `${name}${i}`)) : operand(input as SampleInput, name),
    );
    return { operands, attrs };
  });
}

/** All choices of one item of each list, the first ones first. */
function* choices(lists: readonly (readonly unknown[])[]): Generator<readonly unknown[]> {
  const [first, ...rest] = lists;
  if (first === undefined) yield [];
  else for (const items of choices(rest)) for (const item of first) yield [item, ...items];
}

const takesOperands = ({ kinds }: Parameter): boolean => /[yYr]/.test(kinds);
const MOST_TRIES = 4_000;

/** A call that is not refused. */
function rightArguments(f: Function, g: Graph): readonly unknown[] | undefined {
  const w = g.variable('w', [3]);
  const given = byHand(g, w)[f.path?.startsWith('plugins/layers/') ? `layers.${f.name}` : f.name];
  if (given !== undefined) return given;
  const named = byName(g, w);
  const others = anyOperands(g, w);
  const required = f.parameters.filter(({ optional, rest }) => !optional || rest);
  const leaves = required.flatMap((p) => p.options?.filter(({ optional }) => !optional) ?? [p]);
  for (const { operands, attrs } of [...rowsOf(f, g), { operands: [], attrs: {} }]) {
    let next = 0;
    const lists = leaves.map((p) => {
      const own =
        takesOperands(p) || (p.kinds.includes('[') && Array.isArray(operands[next])) ? operands[next++] : undefined;
      const kinds = [...p.kinds.replace(/\[.*\]/, 'a')].flatMap((kind) => BY_KIND[kind] ?? []);
      if (own !== undefined) return [own];
      return [
        ...(attrs[p.name] === undefined ? [] : [attrs[p.name]]),
        ...(named[p.name] ?? []),
        ...(takesOperands(p) ? [...operands, ...others] : []),
        ...kinds,
      ];
    });
    let tries = 0;
    for (const chosen of choices(lists)) {
      if (++tries > MOST_TRIES) break;
      const values = [...chosen];
      const args = required.map(({ options }) =>
        options === undefined
          ? values.shift()
          : Object.fromEntries(options.flatMap((o) => (o.optional ? [] : [[o.name, values.shift()]]))),
      );
      try {
        f.call(...args);
        return args;
      } catch {}
    }
  }
  return undefined;
}

// ---- wrong ones

const backend = new NullBackend();
const elsewhere = new Graph().placeholder('elsewhere', [2, 3]);
const WRONG: readonly unknown[] = [
  undefined,
  null,
  'text',
  '',
  3,
  -7,
  0.5,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  true,
  {},
  { typo: 1 },
  [],
  [undefined],
  ['text'],
  [[1], [2, 3]],
  [-7],
  [0.5, 0.5],
  () => 0,
  10n,
  Symbol.iterator,
  new Date(0),
  elsewhere,
  [elsewhere],
];
/** Of every rank but 1, of every dtype. */
const wrongSyms = (g: Graph): readonly Sym[] => [
  g.placeholder('scalar', []),
  g.placeholder('deep', [2, 1, 3, 1, 2, 1]),
  g.placeholder('empty', [0]),
  g.placeholder('integers', [2, 7], 'int32'),
  g.placeholder('bools', [7], 'bool'),
  g.placeholder('complex', ['$c', 2], 'complex64'),
];

const KINDS: Readonly<Record<string, (v: unknown) => boolean>> = {
  y: isSym,
  n: (v) => typeof v === 'number',
  b: (v) => typeof v === 'boolean',
  s: (v) => typeof v === 'string',
  f: (v) => typeof v === 'function',
  F: (v) => typeof v === 'function',
  R: (v) => typeof v === 'function',
  a: (v) => Array.isArray(v) || ArrayBuffer.isView(v),
  z: (v) => v === null,
  d: (v) => v instanceof DimExpr,
  r: (v) => isRecord(v) && Object.values(v as object).every(isSym),
  i: (v) => isRecord(v),
  o: (v) => isRecord(v),
};
const isRecord = (v: unknown): boolean => typeof v === 'object' && v !== null && !Array.isArray(v) && !isSym(v);
/** Whether TypeScript would take the value. */
const fits = (kinds: string, value: unknown): boolean =>
  kinds === '*' ||
  [...kinds.matchAll(/\[(.*)\]|./g)].some(([letter, items]) =>
    items === undefined
      ? KINDS[letter]!(value)
      : Array.isArray(value) && Array.from(value).every((v) => fits(items, v)),
  );
const isOfKind = ({ kinds, optional }: Parameter, value: unknown): boolean =>
  (value === undefined && optional) || fits(kinds, value);

interface Spoiled {
  readonly what: string;
  readonly args: readonly unknown[];
  /** Whether it has to be refused. */
  readonly refused: boolean;
  /** In the short suite too. */
  readonly always?: true;
}

function* spoil({ parameters }: Function, right: readonly unknown[], g: Graph): Generator<Spoiled> {
  const wrong = [...WRONG, ...wrongSyms(g)];
  const withArgument = (i: number, value: unknown): readonly unknown[] =>
    Array.from({ length: Math.max(right.length, i + 1) }, (_, k) => (k === i ? value : right[k]));
  for (const [i, p] of parameters.entries()) {
    for (const value of wrong) {
      const taken =
        p.options === undefined ? isOfKind(p, value) : isRecord(value) || (value === undefined && p.optional);
      yield { what: `${p.name} = ${show(value)}`, args: withArgument(i, value), refused: !taken };
      if (p.options === undefined && isSym(right[i]) && p.kinds.includes('a'))
        yield { what: `${p.name} = [${show(value)}]`, args: withArgument(i, [[value]]), refused: false };
    }
    if (p.options === undefined) continue;
    const given = (right[i] ?? {}) as object;
    yield {
      what: 'an unknown option',
      args: withArgument(i, { ...given, typo: undefined }),
      refused: true,
      always: true,
    };
    for (const o of p.options)
      for (const value of wrong)
        yield {
          what: `${o.name}: ${show(value)}`,
          args: withArgument(i, { ...given, [o.name]: value }),
          refused: !isOfKind(o, value),
        };
  }
  if (!parameters.some(({ rest }) => rest)) {
    const whole = Array.from({ length: parameters.length }, (_, i) => right[i]);
    yield { what: 'an argument too many', args: [...whole, true], refused: true, always: true };
  }
}

const show = (value: unknown): string => (isSym(value) ? formatType(value) : formatValue(value));

// ---- what comes of them

const isSize = (d: unknown): boolean => d instanceof DimExpr || (Number.isSafeInteger(d) && (d as number) >= 0);

function requireSense(result: unknown): void {
  for (const value of Array.isArray(result) ? result : [result])
    if (isSym(value) && !value.shape.every(isSize)) throw new Error(`it gave ${formatType(value)}`);
}

/** What is wrong with a refusal, if anything. */
function faultOf(error: unknown, name: string, args: readonly unknown[]): string | undefined {
  if (!(error instanceof RetrographError)) return `it is no error of ours: ${(error as Error).stack}`;
  const { call, site = '', message } = error;
  const [first = ''] = message.split('\n');
  if (call !== name || !message.startsWith(`${name}: `)) return `it does not say that ${name} was called: ${message}`;
  if (!/\brefusals\.test\.ts:\d+:\d+$/.test(site) || !message.endsWith(site))
    return `it names no line of ours: ${message}`;
  if (/[a-z] of undefined|is not a function|not iterable|\[object|undefined \(/.test(first))
    return `it is not in words: ${message}`;
  const missing = args.find(
    (arg) => isSym(arg) && !message.includes(`'${arg.label}' (${arg.node.op.name}) ${formatType(arg)}`),
  );
  return missing === undefined ? undefined : `it does not name ${String(missing)}: ${message}`;
}

/** Where time is short, one wrong argument of so many is tried, another with another seed. */
const EVERY = FULL ? 1 : 10;

describe('wrong arguments', () => {
  before(() => backend.start());

  for (const f of FUNCTIONS) {
    it(f.name, async () => {
      const g = new Graph();
      const unsupported = f.parameters.length === 1 && f.parameters[0]!.kinds === '*' && f.parameters[0]!.rest;
      const right = unsupported ? [] : rightArguments(f, g);
      expect(right, 'no right call is found: say in byName what arguments of these names may be').to.not.equal(
        undefined,
      );
      const faults: string[] = [];
      let at = fc.sample(fc.nat(EVERY - 1), 1)[0]!;
      for (const { what, args, refused, always } of spoil(f, right!, g)) {
        if (always !== true && at++ % EVERY > 0) continue;
        let fault: string | undefined;
        try {
          requireSense(await f.call(...args));
          if (refused) fault = 'it is taken';
        } catch (e) {
          fault = faultOf(e, f.name, args);
        }
        if (fault !== undefined) faults.push(`${what}: ${fault}`);
      }
      expect(faults, `${faults.length} faults\n${faults.join('\n')}`).to.have.length(0);
    });
  }
});
