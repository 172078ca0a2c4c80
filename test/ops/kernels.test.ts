/** Completeness: every kernel of tfjs is an op here, or has its place taken; every function of tf that builds values is a builder. */
import * as tf from '@tensorflow/tfjs-core';
import * as kernelNames from '@tensorflow/tfjs-core/dist/kernel_names.js';
import { expect } from 'chai';
import { type RetrographError, UnsupportedOpError } from '../../engine/index.ts';
import { catalogue } from '../../ops/catalogue.ts';
import * as builders from '../../ops/index.ts';
import { caught, lineHere } from '../support/values.ts';

const DATA_DEPENDENT = 'the shape of its result depends on data';
const STRINGS = 'a graph has no strings';
const HOST = 'moves values between host and device, which is not for a graph';

/** Kernels without an op of their name: what stands for them, or why nothing does. */
const INSTEAD: Readonly<Record<string, string>> = {
  BroadcastArgs: 'shapes are known when the graph is built: broadcastShapes',
  Draw: HOST,
  ExpandDims: 'a Reshape',
  FromPixels: HOST,
  LinSpace: 'an Iota with a step',
  LowerBound: 'SearchSorted on the left',
  Multinomial: 'uniform draws in cumulated probabilities: tfjs draws by a generator of its own',
  NonMaxSuppressionV3: DATA_DEPENDENT,
  NonMaxSuppressionV4: DATA_DEPENDENT,
  NonMaxSuppressionV5: DATA_DEPENDENT,
  OnesLike: 'a Fill',
  Pool: 'the builder pool chooses a pooling; tfjs has no such kernel',
  RaggedGather: DATA_DEPENDENT,
  RaggedRange: DATA_DEPENDENT,
  RaggedTensorToTensor: DATA_DEPENDENT,
  Range: 'an Iota',
  SparseFillEmptyRows: DATA_DEPENDENT,
  SparseReshape: 'its shapes are tensors',
  StaticRegexReplace: STRINGS,
  StringNGrams: STRINGS,
  StringSplit: STRINGS,
  StringToHashBucketFast: STRINGS,
  Unique: DATA_DEPENDENT,
  UpperBound: 'SearchSorted on the right',
  ZerosLike: 'a Fill',
};

const ENGINE = "tfjs's engine, backends and settings: nothing to build";
const MEMORY = 'lifetimes are planned: nobody has to free a value';
const GRADIENTS = 'gradients, vjp, customGradient of the engine';
const CLASS = 'a class';
const NUMBERS = 'of numbers or dtypes on the host, not of values';

/** Functions of tf that are no builders, and why. */
const NOT_BUILDERS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [
      'AdadeltaOptimizer',
      'AdagradOptimizer',
      'AdamOptimizer',
      'AdamaxOptimizer',
      'DataStorage',
      'Environment',
      'KernelBackend',
      'MomentumOptimizer',
      'Optimizer',
      'OptimizerConstructors',
      'RMSPropOptimizer',
      'SGDOptimizer',
      'Tensor',
      'TensorBuffer',
      'Variable',
    ].map((name) => [name, CLASS]),
  ),
  ...Object.fromEntries(
    [
      'backend',
      'copyRegisteredKernels',
      'deprecationWarn',
      'disableDeprecationWarnings',
      'enableDebugMode',
      'enableProdMode',
      'engine',
      'env',
      'findBackend',
      'findBackendFactory',
      'getBackend',
      'getGradient',
      'getKernel',
      'getKernelsForBackend',
      'memory',
      'nextFrame',
      'op',
      'profile',
      'ready',
      'registerBackend',
      'registerGradient',
      'registerKernel',
      'removeBackend',
      'setBackend',
      'setPlatform',
      'time',
      'unregisterGradient',
      'unregisterKernel',
    ].map((name) => [name, ENGINE]),
  ),
  dispose: MEMORY,
  disposeVariables: MEMORY,
  keep: MEMORY,
  tidy: MEMORY,
  customGrad: GRADIENTS,
  grad: GRADIENTS,
  grads: GRADIENTS,
  valueAndGrad: GRADIENTS,
  valueAndGrads: GRADIENTS,
  variableGrads: GRADIENTS,
  buffer: 'a place to write in; constant(...) takes what is written',
  enclosingPowerOfTwo: NUMBERS,
  cosineWindow: 'signal.hannWindow and signal.hammingWindow; tfjs exports what both of its own call',
  print: 'print of the engine shows graphs, and results are host values',
  sumOutType: NUMBERS,
  train: 'optimizers are in retrograph/optimizers',
  upcastType: NUMBERS,
  variable: 'Graph.variable',
  'fused.conv2d': 'backends fuse convolution, bias and activation by themselves',
  'fused.depthwiseConv2d': 'backends fuse convolution, bias and activation by themselves',
  'fused.matMul': 'backends fuse product, bias and activation by themselves',
};
/** Under another name here. */
const RENAMED: Readonly<Record<string, string>> = { 'math.confusionMatrix': 'confusionMatrix' };

const NAMESPACES = ['fused', 'image', 'linalg', 'losses', 'math', 'signal', 'sparse', 'spectral', 'string'] as const;

const spaces = Object.fromEntries(Object.entries(tf)) as Readonly<Record<string, object>>;

const functionsIn = (module: object): readonly string[] =>
  Object.entries(module).flatMap(([name, value]) => (typeof value === 'function' ? [name] : []));
const tfFunctions: readonly string[] = [
  ...functionsIn(tf),
  ...NAMESPACES.flatMap((space) => functionsIn(spaces[space]!).map((name) => `${space}.${name}`)),
];

/** What `image.resize`, or `add`, names here. */
const builder = (path: string): unknown =>
  path.split('.').reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], builders);

describe("tfjs's kernels", () => {
  const kernels: readonly string[] = Object.values(kernelNames).filter((name) => typeof name === 'string');
  const ops = new Set(catalogue.map(({ op }) => op?.name));

  it('are ops here, or something else stands for them', () => {
    const missing = kernels.filter((name) => !ops.has(name) && !(name in INSTEAD));
    expect(missing).to.deep.equal([]);
  });

  it('are named once: none is both an op and replaced', () => {
    expect(Object.keys(INSTEAD).filter((name) => ops.has(name) || !kernels.includes(name))).to.deep.equal([]);
  });
});

describe("tf's functions", () => {
  it('that build values are builders here', () => {
    const missing = tfFunctions.filter(
      (path) => typeof builder(RENAMED[path] ?? path) !== 'function' && !(path in NOT_BUILDERS),
    );
    expect(missing).to.deep.equal([]);
  });

  it('that are no builders here are functions of tf', () => {
    expect(Object.keys(NOT_BUILDERS).filter((path) => !tfFunctions.includes(path))).to.deep.equal([]);
  });
});

describe('a function that no static graph can have', () => {
  const refused = [
    'booleanMaskAsync',
    'broadcastArgs',
    'inTopKAsync',
    'raggedGather',
    'raggedRange',
    'raggedTensorToTensor',
    'rand',
    'setdiff1dAsync',
    'unique',
    'whereAsync',
    'image.nonMaxSuppression',
    'image.nonMaxSuppressionAsync',
    'image.nonMaxSuppressionPadded',
    'image.nonMaxSuppressionPaddedAsync',
    'image.nonMaxSuppressionWithScore',
    'image.nonMaxSuppressionWithScoreAsync',
    'sparse.sparseFillEmptyRows',
    'sparse.sparseReshape',
    'string.staticRegexReplace',
    'string.stringNGrams',
    'string.stringSplit',
    'string.stringToHashBucketFast',
  ];

  for (const path of refused) {
    it(`${path} says why, and what to do instead`, () => {
      const error = caught(() => (builder(path) as (...args: unknown[]) => never)([1, 2]));
      expect(error).to.be.instanceOf(UnsupportedOpError);
      expect(error.message).to.match(new RegExp(`^${path}: .+\\. Instead: .+`));
    });
  }

  it("names the user's line", () => {
    const [error, line] = [caught(() => builders.unique([1, 2])), lineHere()];
    expect((error as RetrographError).site).to.contain(line);
  });
});
