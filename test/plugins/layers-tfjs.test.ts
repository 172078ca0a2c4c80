/**
 * Every layer that tf.layers has too, called with the same arguments, on the same weights: the values are tf's. What differs by
 * default is listed here, whole, and each entry is held to be a difference.
 */
import { expect } from 'chai';
import { Variable } from '../../engine/index.ts';
import { compile, Graph, type Initializer, type Sym } from '../../index.node.ts';
import { elu, hardSigmoid, relu, selu, sigmoid, softmax, softplus, softsign, tanh } from '../../ops/index.ts';
import * as layers from '../../plugins/layers/index.ts';
import { drawPoint, runAt } from '../support/judged.ts';
import { tf, useTf } from '../support/tfjs.ts';
import { expectClose } from '../support/values.ts';

type Args = Readonly<Record<string, unknown>>;

interface Kind {
  readonly x: readonly (number | string)[];
  readonly ids?: readonly number[];
  /** Our variables, in tf's order of weights; what `weightsOf` leaves out by the arguments is not there. */
  readonly weights?: readonly string[];
  readonly required?: Args;
  /** Other values of each argument that both have. */
  readonly options?: Readonly<Record<string, readonly unknown[]>>;
  /** Arguments that tfjs refuses, or gets wrong. */
  readonly except?: (args: Args) => boolean;
}

const ACTIVATIONS: Readonly<Record<string, (x: Sym) => Sym>> = {
  elu, hardSigmoid, linear: (x) => x, relu, selu, sigmoid, softmax, softplus, softsign, tanh,
}; // biome-ignore format: a list
const names = Object.keys(ACTIVATIONS);

const BIAS = { useBias: [false], activation: names };
const IMAGE = { padding: ['same'], strides: [2, [1, 2]] };
const FORMATS = { dataFormat: ['channelsFirst'] };
const strided = ({ strides, dilationRate }: Args): boolean => strides !== undefined && dilationRate !== undefined;
const KERNEL = ['kernel', 'bias'];
const CELL = ['kernel', 'recurrentKernel', 'bias'];
const NORM = { center: [false], scale: [false], epsilon: [0.1] };
const SEQUENCE = { returnSequences: [true], goBackwards: [true] };
const GATED = { ...BIAS, ...SEQUENCE, recurrentActivation: ['sigmoid', 'tanh'] };
const POOL = { strides: [1], padding: ['same'] };
const halves = (names: readonly string[]) => ['forward', 'backward'].flatMap((d) => names.map((n) => `${d}/${n}`));

const KINDS: Readonly<Record<string, Kind>> = {
  dense: { x: ['$n', 3], weights: KERNEL, required: { units: 4 }, options: BIAS },
  conv1d: {
    x: ['$n', 7, 2],
    weights: KERNEL,
    required: { filters: 3, kernelSize: 3 },
    options: { ...BIAS, padding: ['same', 'causal'], strides: [2], dilationRate: [2] },
    // tfjs has not implemented causal padding where there is a bias, and its dilated one is cut short without
    except: (args) => strided(args) || args.padding === 'causal',
  },
  conv2d: {
    x: ['$n', 5, 5, 5],
    weights: KERNEL,
    required: { filters: 3, kernelSize: [3, 2] },
    options: { ...BIAS, ...IMAGE, ...FORMATS, dilationRate: [2, [1, 2]] },
    except: (args) => strided(args),
  },
  conv3d: {
    x: ['$n', 4, 4, 3, 2],
    weights: KERNEL,
    required: { filters: 2, kernelSize: 2 },
    options: { ...BIAS, padding: ['same'], strides: [2] },
  },
  depthwiseConv2d: {
    x: ['$n', 5, 5, 2],
    weights: ['depthwiseKernel', 'bias'],
    required: { kernelSize: 3 },
    // tfjs takes dilationRate here, and does nothing by it
    options: { ...BIAS, padding: ['same'], strides: [2], depthMultiplier: [3] },
  },
  separableConv2d: {
    x: ['$n', 5, 5, 3],
    weights: ['depthwiseKernel', 'pointwiseKernel', 'bias'],
    required: { filters: 4, kernelSize: [3, 2] },
    options: { ...BIAS, padding: ['same'], strides: [2], depthMultiplier: [2], dilationRate: [2] },
    except: strided,
  },
  conv2dTranspose: {
    x: ['$n', 3, 3, 3],
    weights: KERNEL,
    required: { filters: 2, kernelSize: 3 },
    options: { ...BIAS, ...IMAGE, ...FORMATS },
  },
  embedding: { x: ['$n', 2], ids: [0, 4, 4, 2, 1, 0], weights: ['embeddings'], required: { inputDim: 5, outputDim: 3 } },
  simpleRNN: { x: ['$n', 3, 2], weights: CELL, required: { units: 2 }, options: { ...BIAS, ...SEQUENCE } },
  lstm: { x: ['$n', 3, 2], weights: CELL, required: { units: 2 }, options: GATED },
  gru: { x: ['$n', 3, 2], weights: CELL, required: { units: 2 }, options: GATED },
  bidirectional: {
    x: ['$n', 3, 2],
    weights: halves(CELL),
    required: { units: 2, layer: 'lstm' },
    options: { ...SEQUENCE, mergeMode: ['concat', 'sum', 'mul', 'ave'], layer: ['simpleRNN', 'gru'], useBias: [false] },
  },
  batchNormalization: {
    x: ['$n', 2, 3],
    weights: ['gamma', 'beta', 'movingMean', 'movingVariance'],
    options: NORM,
  },
  layerNormalization: { x: ['$n', 2, 4], weights: ['gamma', 'beta'], options: { ...NORM, axis: [-1, 2, [1, 2]] } },
  dropout: { x: ['$n', 4], required: { rate: 0.5 } },
  flatten: { x: ['$n', 2, 3] },
  repeatVector: { x: ['$n', 3], required: { n: 4 } },
  upSampling2d: { x: ['$n', 2, 3, 2], options: { ...FORMATS, size: [[3, 2], [1, 4]] } },
  maxPooling1d: { x: ['$n', 6, 2], options: { ...POOL, poolSize: [3] } },
  averagePooling1d: { x: ['$n', 6, 2], options: { ...POOL, poolSize: [3] } },
  maxPooling2d: { x: ['$n', 5, 5, 5], options: { ...POOL, ...FORMATS, poolSize: [3, [2, 3]] } },
  averagePooling2d: { x: ['$n', 5, 5, 5], options: { ...POOL, ...FORMATS, poolSize: [3, [2, 3]] } },
  maxPooling3d: { x: ['$n', 4, 4, 4, 2], options: { strides: [1], padding: ['same'] } },
  averagePooling3d: { x: ['$n', 4, 4, 4, 2], options: { strides: [1], padding: ['same'] } },
  globalMaxPooling1d: { x: ['$n', 3, 2] },
  globalAveragePooling1d: { x: ['$n', 3, 2] },
  globalMaxPooling2d: { x: ['$n', 3, 2, 2], options: FORMATS },
  globalAveragePooling2d: { x: ['$n', 3, 2, 2], options: FORMATS },
}; // biome-ignore format: a table

/** What differs by default: [tf's, ours]; the values of both where they matter are then given to both. */
const GLOROT = ['glorotNormal', 'glorotUniform'] as const;
const DIFFERENCES: Readonly<Record<string, Readonly<Record<string, readonly [theirs: unknown, ours: unknown]>>>> = {
  dense: { kernelInitializer: GLOROT },
  conv1d: { kernelInitializer: GLOROT },
  conv2d: { kernelInitializer: GLOROT },
  conv3d: { kernelInitializer: GLOROT },
  conv2dTranspose: { kernelInitializer: GLOROT },
  depthwiseConv2d: { depthwiseInitializer: GLOROT },
  simpleRNN: { kernelInitializer: GLOROT },
  lstm: {
    kernelInitializer: GLOROT,
    unitForgetBias: [false, true],
    recurrentActivation: ['hardSigmoid', 'sigmoid'],
  },
  gru: { kernelInitializer: GLOROT, recurrentActivation: ['hardSigmoid', 'sigmoid'], resetAfter: [false, true] },
};
/** Pooling of sequences: tf.layers wants these to be given. */
const WANTED: Args = { poolSize: 2 };

/** Differences that values show, on the same weights. */
const differing = (kind: string): [string, readonly [unknown, unknown]][] =>
  Object.entries(DIFFERENCES[kind] ?? {}).filter(([option]) => !/Initializer$|^unitForgetBias$/.test(option));

// biome-ignore lint/suspicious/noExplicitAny: called by name with any arguments
const tfLayers = (): Record<string, (args: any) => InstanceType<typeof tf.layers.Layer>> => tf.layers as never;
// biome-ignore lint/suspicious/noExplicitAny: called by name with any arguments
const ourLayers = layers as unknown as Record<string, (x: Sym, options?: any) => Sym | { readonly y: Sym }>;

const inner = (kind: string, args: Args): string => (kind === 'bidirectional' ? (args.layer as string) : kind);

/** Each gets a copy of its own: tfjs adds to what it is given. */
function makeTf(kind: string, given: Args) {
  const args = { ...given };
  if (kind !== 'bidirectional')
    return tfLayers()[kind]!(/Pooling1d/.test(kind) && !/global/.test(kind) ? { ...WANTED, ...args } : { ...args });
  const { layer, mergeMode = 'concat', ...own } = args;
  return tfLayers().bidirectional!({ layer: tfLayers()[layer as string]!(own), mergeMode });
}

function makeOurs(kind: string, x: Sym, args: Args): Sym {
  const own = Object.entries(args).map(([option, value]) => {
    if (/[aA]ctivation$/.test(option)) return [option, ACTIVATIONS[value as string]!];
    return [option, option === 'layer' ? ourLayers[value as string] : value];
  });
  const given = own.length === 0 ? ourLayers[kind]!(x) : ourLayers[kind]!(x, Object.fromEntries(own));
  return 'y' in given ? given.y : given;
}

/** The values of both for the same arguments and weights. */
async function both(
  kind: string,
  theirs: Args,
  ours: Args,
): Promise<readonly [number[], number[], number[], number[]]> {
  const { x: shape, ids, weights = [] } = KINDS[kind]!;
  const g = new Graph();
  const x = g.placeholder('x', shape, ids === undefined ? 'float32' : 'int32');
  const y = makeOurs(kind, x, ours);
  const given = ids && { x: { data: Int32Array.from(ids), shape: [3, ids.length / 3], dtype: 'int32' as const } };
  const point = drawPoint(g, { n: 3 }, given);
  const program = await compile({ y }, { backend: 'cpu' });
  const value = (await runAt(program, point)).y;
  program.dispose();
  const expected = tf.tidy(() => {
    const layer = makeTf(kind, theirs);
    const input = tf.tensor(point.x!.data as Float32Array, [...point.x!.shape], point.x!.dtype as 'float32');
    layer.apply(input);
    const named = weights.flatMap((w) => point[`${kind}/${w}`] ?? []);
    layer.setWeights(named.map(({ data, shape }) => tf.tensor(data as Float32Array, [...shape])));
    const result = layer.apply(input) as import('@tensorflow/tfjs').Tensor;
    return { data: [...result.dataSync()], shape: result.shape };
  });
  return [[...value.data], expected.data, [...value.shape], expected.shape];
}

/** Each option by itself, then some drawn combinations. */
function variants({ options = {}, except = () => false }: Kind, drawn: number, seed: number): readonly Args[] {
  const singles = Object.entries(options).flatMap(([option, values]) => values.map((v) => ({ [option]: v })));
  let state = seed;
  const next = (n: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
  const mixed = Array.from({ length: singles.length > 1 ? drawn : 0 }, () =>
    Object.fromEntries(
      Object.entries(options).flatMap(([option, values]) => {
        const at = next(values.length + 1);
        return at === values.length ? [] : [[option, values[at]]];
      }),
    ),
  );
  return [{}, ...singles, ...mixed].filter((args) => !except(args));
}

const DRAWN = process.env.FULL ? 40 : 4;
const SEED = Number(process.env.RETROGRAPH_TEST_SEED ?? 1);

describe('layers of the same arguments as in tf.layers', () => {
  before(() => useTf('cpu'));

  for (const [kind, settings] of Object.entries(KINDS)) {
    it(`${kind}: the same values, in every variant`, async () => {
      for (const variant of variants(settings, DRAWN, SEED)) {
        const args = { ...settings.required, ...variant };
        const ours = {
          ...Object.fromEntries(differing(inner(kind, args)).map(([o, [theirs]]) => [o, theirs])),
          ...args,
        };
        const { resetAfter, ...theirs } = ours as Args & { resetAfter?: boolean };
        expect(resetAfter ?? false).to.equal(false); // true is refused by tfjs
        const [value, expected, shape, expectedShape] = await both(kind, theirs, ours);
        const what = JSON.stringify(args);
        expect(shape, what).to.deep.equal(expectedShape);
        try {
          expectClose(value, expected, 1e-4);
        } catch (e) {
          throw new Error(`${what}: ${(e as Error).message}`);
        }
      }
    });
  }

  for (const kind of Object.keys(DIFFERENCES)) {
    const found = differing(kind).filter(([option]) => option !== 'resetAfter');
    for (const [option, [theirs]] of found)
      it(`${kind}: ${option} differs by default, and only as listed`, async () => {
        const { required = {} } = KINDS[kind]!;
        const others = Object.fromEntries(differing(kind).flatMap(([o, [t]]) => (o === option ? [] : [[o, t]])));
        const [value, expected] = await both(kind, required, { ...required, ...others });
        expect(value.some((v, i) => Math.abs(v - expected[i]!) > 1e-3)).to.equal(true);
        const [same] = await both(kind, required, { ...required, ...others, [option]: theirs });
        expectClose(same, expected, 1e-4);
      });
  }

  /** An initializer by our name. */
  function ourName(init: Initializer): string {
    return init.name === 'literal' ? `value of ${JSON.stringify(init.config)}` : init.name;
  }
  function nameOfTheirs({ className, config }: { className: string; config: Args }): string {
    if (className === 'VarianceScaling') {
      expect(config.scale).to.equal(1);
      return config.distribution === 'normal' ? 'glorotNormal' : 'glorotUniform';
    }
    return { RandomUniform: 'randomUniform', Orthogonal: 'orthogonal', Zeros: 'zeros', Ones: 'ones' }[className]!;
  }
  const settled = (name: string): string => {
    const literals: Record<string, string> = {};
    for (const [value, text] of [
      [0, 'zeros'],
      [1, 'ones'],
    ] as const)
      literals[ourName(new Graph().variable('v', [1], value).node.attrs.init as Initializer)] = text;
    return literals[name] ?? name;
  };

  for (const [kind, { x, ids, required = {}, weights }] of Object.entries(KINDS)) {
    if (weights === undefined || kind === 'bidirectional') continue;
    it(`${kind}: first values are tf's, but for those that are listed`, () => {
      const config = makeTf(kind, required).getConfig() as Readonly<Record<string, never>>;
      const g = new Graph();
      makeOurs(kind, g.placeholder('x', x, ids === undefined ? 'float32' : 'int32'), required);
      for (const weight of weights) {
        // unitForgetBias starts a part of the bias elsewhere in both
        if (kind === 'lstm' && weight === 'bias') continue;
        const option = `${weight.replace(/(recurrent|depthwise|pointwise)Kernel/, '$1')}Initializer`;
        const variable = g.find(`${kind}/${weight}`);
        expect(variable.node.op).to.equal(Variable);
        const listed = DIFFERENCES[kind]?.[option];
        const [theirs, ours] = [
          nameOfTheirs(config[option]!),
          settled(ourName(variable.node.attrs.init as Initializer)),
        ];
        if (listed === undefined) expect(ours, option).to.equal(theirs);
        else expect([theirs, ours], option).to.deep.equal(listed);
      }
    });
  }

  for (const [kind, { x, ids, required = {}, weights }] of Object.entries(KINDS)) {
    if (weights === undefined) continue;
    it(`${kind}: variables are in tf's order of weights`, () => {
      const input = new Graph().placeholder('x', x, ids === undefined ? 'float32' : 'int32');
      const own = inner(kind, required) === 'gru' ? { ...required, resetAfter: false } : required;
      expect(Object.keys(layers.variablesOf(makeOurs(kind, input, own)))).to.deep.equal(weights);
    });
  }

  it('lstm: the forget gate starts at 1, in tf only if told to', async () => {
    const startsOf = (args: Args): number[] => {
      const layer = tfLayers().lstm!({ units: 2, ...args });
      layer.apply(tf.zeros([1, 2, 2]));
      return [...layer.getWeights()[2]!.dataSync()];
    };
    const ones = [0, 0, 1, 1, 0, 0, 0, 0];
    const zeros = Array<number>(8).fill(0);
    expect(startsOf({})).to.deep.equal(zeros);
    expect(startsOf({ unitForgetBias: true })).to.deep.equal(ones);
    const g = new Graph();
    const x = g.placeholder('x', ['$n', 2, 2]);
    layers.lstm(x, { units: 2 });
    layers.lstm(x, { units: 2, unitForgetBias: false });
    const program = await compile({ own: g.find('lstm/bias'), told: g.find('lstm_1/bias') }, { backend: 'cpu' });
    const values = await program.run();
    expect([...values.own.data]).to.deep.equal(ones);
    expect([...values.told.data]).to.deep.equal(zeros);
    program.dispose();
  });

  it('cover every layer that tf.layers has by the same name', () => {
    const shared = Object.keys(tf.layers).filter((name) => typeof ourLayers[name] === 'function');
    // other names of the same, and what is not a layer
    const covered = [...Object.keys(KINDS), 'batchNorm', 'layerNorm'];
    expect(shared.filter((name) => !covered.includes(name))).to.deep.equal([]);
  });
});
