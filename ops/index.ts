// Written by scripts/catalogue.mjs: do not edit.
import { expose } from '../engine/expose.ts';
import * as own from './exports.ts';

export type * from './exports.ts';
export {
  Abs,
  Acos,
  Acosh,
  Add,
  AddN,
  All,
  Any,
  ArgMax,
  ArgMin,
  Asin,
  Asinh,
  Atan,
  Atan2,
  Atanh,
  AvgPool,
  AvgPool3D,
  AvgPool3DGrad,
  AvgPoolGrad,
  BatchMatMul,
  BatchToSpaceND,
  Bincount,
  BitwiseAnd,
  BroadcastTo,
  Call,
  Cast,
  Ceil,
  ClipByValue,
  Complex,
  ComplexAbs,
  Concat,
  Conj,
  Constant,
  Conv2D,
  Conv2DBackpropFilter,
  Conv2DBackpropInput,
  Conv3D,
  Conv3DBackpropFilterV2,
  Conv3DBackpropInputV2,
  Cos,
  Cosh,
  Cumprod,
  Cumsum,
  DenseBincount,
  DepthToSpace,
  DepthwiseConv2dNative,
  DepthwiseConv2dNativeBackpropFilter,
  DepthwiseConv2dNativeBackpropInput,
  Diag,
  Dilation2D,
  Dilation2DBackpropFilter,
  Dilation2DBackpropInput,
  DimValue,
  DivNoNan,
  Einsum,
  Elu,
  EluGrad,
  EnsureShape,
  Equal,
  Erf,
  EuclideanNorm,
  Exp,
  Expm1,
  Fill,
  Floor,
  FloorDiv,
  FusedBatchNorm,
  FusedConv2D,
  FusedDepthwiseConv2D,
  FusedMatMul,
  GatherNd,
  GatherV2,
  Gelu,
  Greater,
  GreaterEqual,
  HardSigmoid,
  HardSwish,
  Identity,
  Imag,
  Iota,
  IsFinite,
  IsInf,
  IsNan,
  image,
  LayerNorm,
  LeakyRelu,
  Less,
  LessEqual,
  Log,
  Log1p,
  LogicalAnd,
  LogicalNot,
  LogicalOr,
  LogicalXor,
  LogSigmoid,
  LogSoftmax,
  LogSumExp,
  LRN,
  LRNGrad,
  linalg,
  losses,
  MapOp,
  Max,
  Maximum,
  MaxPool,
  MaxPool3D,
  MaxPool3DGrad,
  MaxPool3DGradGrad,
  MaxPoolGrad,
  MaxPoolGradGrad,
  MaxPoolWithArgmax,
  Mean,
  Min,
  Minimum,
  MirrorPad,
  Mish,
  Mod,
  Multiply,
  Neg,
  NotEqual,
  OneHot,
  Pack,
  PadV2,
  Pow,
  Prelu,
  Prod,
  RandomNormal,
  RandomUniform,
  RandomUniformInt,
  Real,
  RealDiv,
  Reciprocal,
  Reduction,
  Relu,
  Relu6,
  Reshape,
  Reverse,
  Round,
  Rsqrt,
  ScatterNd,
  SearchSorted,
  Select,
  Selu,
  Sigmoid,
  Sign,
  Silu,
  Sin,
  Sinh,
  Slice,
  Softmax,
  Softplus,
  Softsign,
  SpaceToBatchND,
  SparseToDense,
  SplitV,
  Sqrt,
  Square,
  SquaredDifference,
  Step,
  StopGradient,
  StridedSlice,
  Sub,
  Sum,
  signal,
  sparse,
  spectral,
  string,
  Tan,
  Tanh,
  TensorScatterUpdate,
  Tile,
  TopK,
  Transpose,
  TruncatedNormal,
  Unpack,
  UnsortedSegmentSum,
} from './exports.ts';

export const abs: typeof own.abs = /* @__PURE__ */ expose('abs', 'x:v', own.abs);
export const acos: typeof own.acos = /* @__PURE__ */ expose('acos', 'x:v', own.acos);
export const acosh: typeof own.acosh = /* @__PURE__ */ expose('acosh', 'x:v', own.acosh);
export const add: typeof own.add = /* @__PURE__ */ expose('add', 'a:v b:v', own.add);
export const addN: typeof own.addN = /* @__PURE__ */ expose('addN', 'terms:[y]', own.addN);
export const all: typeof own.all = /* @__PURE__ */ expose('all', 'x:v axis?:nz[n] keepDims?:b', own.all);
export const any: typeof own.any = /* @__PURE__ */ expose('any', 'x:v axis?:nz[n] keepDims?:b', own.any);
export const argMax: typeof own.argMax = /* @__PURE__ */ expose('argMax', 'x:v axis?:n', own.argMax);
export const argMin: typeof own.argMin = /* @__PURE__ */ expose('argMin', 'x:v axis?:n', own.argMin);
export const asin: typeof own.asin = /* @__PURE__ */ expose('asin', 'x:v', own.asin);
export const asinh: typeof own.asinh = /* @__PURE__ */ expose('asinh', 'x:v', own.asinh);
export const atan: typeof own.atan = /* @__PURE__ */ expose('atan', 'x:v', own.atan);
export const atan2: typeof own.atan2 = /* @__PURE__ */ expose('atan2', 'a:v b:v', own.atan2);
export const atanh: typeof own.atanh = /* @__PURE__ */ expose('atanh', 'x:v', own.atanh);
export const avgPool: typeof own.avgPool = /* @__PURE__ */ expose(
  'avgPool',
  'x:v filterSize:n[n] strides:n[n] pad:ns[[nsdz]] dimRoundingMode?:sz',
  own.avgPool,
);
export const avgPool3d: typeof own.avgPool3d = /* @__PURE__ */ expose(
  'avgPool3d',
  'x:v filterSize:n[n] strides:n[n] pad:ns[[nsdz]] dimRoundingMode?:sz dataFormat?:s',
  own.avgPool3d,
);
export const avgPool3dGrad: typeof own.avgPool3dGrad = /* @__PURE__ */ expose(
  'avgPool3dGrad',
  'dy:y input:y attrs:{strides:[n],pad:ns[[nd]],dilations:[n],dimRoundingMode?:s,filterSize:[n],dataFormat:s}',
  own.avgPool3dGrad,
);
export const avgPoolGrad: typeof own.avgPoolGrad = /* @__PURE__ */ expose(
  'avgPoolGrad',
  'dy:y input:y attrs:{strides:[n],pad:ns[[nd]],dilations:[n],dimRoundingMode?:s,filterSize:[n]}',
  own.avgPoolGrad,
);
export const basicLSTMCell: typeof own.basicLSTMCell = /* @__PURE__ */ expose(
  'basicLSTMCell',
  'forgetBias:v lstmKernel:v lstmBias:v data:v c:v h:v',
  own.basicLSTMCell,
);
export const batchNorm: typeof own.batchNorm = /* @__PURE__ */ expose(
  'batchNorm',
  'x:v mean:v variance:v offset?:vz scale?:vz varianceEpsilon?:nz',
  own.batchNorm,
);
export const batchNorm2d: typeof own.batchNorm2d = /* @__PURE__ */ expose(
  'batchNorm2d',
  'x:v mean:v variance:v offset?:vz scale?:vz varianceEpsilon?:nz',
  own.batchNorm2d,
);
export const batchNorm3d: typeof own.batchNorm3d = /* @__PURE__ */ expose(
  'batchNorm3d',
  'x:v mean:v variance:v offset?:vz scale?:vz varianceEpsilon?:nz',
  own.batchNorm3d,
);
export const batchNorm4d: typeof own.batchNorm4d = /* @__PURE__ */ expose(
  'batchNorm4d',
  'x:v mean:v variance:v offset?:vz scale?:vz varianceEpsilon?:nz',
  own.batchNorm4d,
);
export const batchNormTraining: typeof own.batchNormTraining = /* @__PURE__ */ expose(
  'batchNormTraining',
  'x:v state:{gamma?:y,beta?:y,movingMean:y,movingVariance:y} options?:{axis?:n,epsilon?:n,momentum?:n}',
  own.batchNormTraining,
);
export const batchToSpaceND: typeof own.batchToSpaceND = /* @__PURE__ */ expose(
  'batchToSpaceND',
  'x:v blockShape:[n] crops:[[nsdz]]',
  own.batchToSpaceND,
);
export const bincount: typeof own.bincount = /* @__PURE__ */ expose(
  'bincount',
  'x:v weights:v size:nsdz',
  own.bincount,
);
export const bitwiseAnd: typeof own.bitwiseAnd = /* @__PURE__ */ expose('bitwiseAnd', 'x:v y:v', own.bitwiseAnd);
export const booleanMaskAsync: typeof own.booleanMaskAsync = /* @__PURE__ */ expose(
  'booleanMaskAsync',
  '...args:*',
  own.booleanMaskAsync,
);
export const broadcastArgs: typeof own.broadcastArgs = /* @__PURE__ */ expose(
  'broadcastArgs',
  '...args:*',
  own.broadcastArgs,
);
export const broadcastTo: typeof own.broadcastTo = /* @__PURE__ */ expose(
  'broadcastTo',
  'x:v shape:[nsdz]',
  own.broadcastTo,
);
export const cast: typeof own.cast = /* @__PURE__ */ expose('cast', 'x:v dtype:s', own.cast);
export const ceil: typeof own.ceil = /* @__PURE__ */ expose('ceil', 'x:v', own.ceil);
export const clipByValue: typeof own.clipByValue = /* @__PURE__ */ expose(
  'clipByValue',
  'x:v clipValueMin:n clipValueMax:n',
  own.clipByValue,
);
export const clone: typeof own.clone = /* @__PURE__ */ expose('clone', 'x:v', own.clone);
export const complex: typeof own.complex = /* @__PURE__ */ expose('complex', 'real:v imag:v', own.complex);
export const complexAbs: typeof own.complexAbs = /* @__PURE__ */ expose('complexAbs', 'x:v', own.complexAbs);
export const concat: typeof own.concat = /* @__PURE__ */ expose('concat', 'tensors:[v] axis?:n', own.concat);
export const concat1d: typeof own.concat1d = /* @__PURE__ */ expose('concat1d', 'tensors:[v]', own.concat1d);
export const concat2d: typeof own.concat2d = /* @__PURE__ */ expose('concat2d', 'tensors:[v] axis:n', own.concat2d);
export const concat3d: typeof own.concat3d = /* @__PURE__ */ expose('concat3d', 'tensors:[v] axis:n', own.concat3d);
export const concat4d: typeof own.concat4d = /* @__PURE__ */ expose('concat4d', 'tensors:[v] axis:n', own.concat4d);
export const confusionMatrix: typeof own.confusionMatrix = /* @__PURE__ */ expose(
  'confusionMatrix',
  'labels:v predictions:v numClasses:n',
  own.confusionMatrix,
);
export const conj: typeof own.conj = /* @__PURE__ */ expose('conj', 'input:v', own.conj);
export const constant: typeof own.constant = /* @__PURE__ */ expose(
  'constant',
  'value:nba dtype?:s shape?:[n]',
  own.constant,
);
export const conv1d: typeof own.conv1d = /* @__PURE__ */ expose(
  'conv1d',
  'x:v filter:v stride:n pad:ns[[nd]] dataFormat?:s dilation?:n dimRoundingMode?:s',
  own.conv1d,
);
export const conv2DBackpropFilter: typeof own.conv2DBackpropFilter = /* @__PURE__ */ expose(
  'conv2DBackpropFilter',
  'x:v dy:v filterShape:[nsdz] strides:n[n] pad:ns[[nd]] dataFormat?:s dilations?:n[n] dimRoundingMode?:s',
  own.conv2DBackpropFilter,
);
export const conv2DBackpropInput: typeof own.conv2DBackpropInput = /* @__PURE__ */ expose(
  'conv2DBackpropInput',
  'xShape:[nsdz] dy:v filter:v strides:n[n] pad:ns[[nd]] dataFormat?:s dilations?:n[n] dimRoundingMode?:s',
  own.conv2DBackpropInput,
);
export const conv2d: typeof own.conv2d = /* @__PURE__ */ expose(
  'conv2d',
  'x:v filter:v strides:n[n] pad:ns[[nd]] dataFormat?:s dilations?:n[n] dimRoundingMode?:s',
  own.conv2d,
);
export const conv2dTranspose: typeof own.conv2dTranspose = /* @__PURE__ */ expose(
  'conv2dTranspose',
  'x:v filter:v outputShape:[nsdz] strides:n[n] pad:ns[[nd]] dimRoundingMode?:s',
  own.conv2dTranspose,
);
export const conv3DBackpropFilter: typeof own.conv3DBackpropFilter = /* @__PURE__ */ expose(
  'conv3DBackpropFilter',
  'x:v dy:v filterShape:[nsdz] strides:n[n] pad:ns[[nd]] dataFormat?:s dilations?:n[n]',
  own.conv3DBackpropFilter,
);
export const conv3DBackpropInput: typeof own.conv3DBackpropInput = /* @__PURE__ */ expose(
  'conv3DBackpropInput',
  'xShape:[nsdz] dy:v filter:v strides:n[n] pad:ns[[nd]] dataFormat?:s dilations?:n[n]',
  own.conv3DBackpropInput,
);
export const conv3d: typeof own.conv3d = /* @__PURE__ */ expose(
  'conv3d',
  'x:v filter:v strides:n[n] pad:ns[[nd]] dataFormat?:s dilations?:n[n]',
  own.conv3d,
);
export const conv3dTranspose: typeof own.conv3dTranspose = /* @__PURE__ */ expose(
  'conv3dTranspose',
  'x:v filter:v outputShape:[nsdz] strides:n[n] pad:ns[[nd]]',
  own.conv3dTranspose,
);
export const cos: typeof own.cos = /* @__PURE__ */ expose('cos', 'x:v', own.cos);
export const cosh: typeof own.cosh = /* @__PURE__ */ expose('cosh', 'x:v', own.cosh);
export const cumprod: typeof own.cumprod = /* @__PURE__ */ expose(
  'cumprod',
  'x:v axis?:n exclusive?:b reverse?:b',
  own.cumprod,
);
export const cumsum: typeof own.cumsum = /* @__PURE__ */ expose(
  'cumsum',
  'x:v axis?:n exclusive?:b reverse?:b',
  own.cumsum,
);
export const customGradient: typeof own.customGradient = /* @__PURE__ */ expose(
  'customGradient',
  'f:f rules:[f]',
  own.customGradient,
);
export const denseBincount: typeof own.denseBincount = /* @__PURE__ */ expose(
  'denseBincount',
  'x:v weights:v size:nsdz binaryOutput?:b',
  own.denseBincount,
);
export const depthToSpace: typeof own.depthToSpace = /* @__PURE__ */ expose(
  'depthToSpace',
  'x:v blockSize:n dataFormat?:s',
  own.depthToSpace,
);
export const depthwiseConv2d: typeof own.depthwiseConv2d = /* @__PURE__ */ expose(
  'depthwiseConv2d',
  'x:v filter:v strides:n[n] pad:ns[[nd]] dataFormat?:s dilations?:n[n] dimRoundingMode?:s',
  own.depthwiseConv2d,
);
export const depthwiseConv2dNativeBackpropFilter: typeof own.depthwiseConv2dNativeBackpropFilter =
  /* @__PURE__ */ expose(
    'depthwiseConv2dNativeBackpropFilter',
    'x:v dy:v filterShape:[nsdz] strides:n[n] pad:ns[[nd]] dataFormat?:s dilations?:n[n] dimRoundingMode?:s',
    own.depthwiseConv2dNativeBackpropFilter,
  );
export const depthwiseConv2dNativeBackpropInput: typeof own.depthwiseConv2dNativeBackpropInput = /* @__PURE__ */ expose(
  'depthwiseConv2dNativeBackpropInput',
  'xShape:[nsdz] dy:v filter:v strides:n[n] pad:ns[[nd]] dataFormat?:s dilations?:n[n] dimRoundingMode?:s',
  own.depthwiseConv2dNativeBackpropInput,
);
export const diag: typeof own.diag = /* @__PURE__ */ expose('diag', 'x:v', own.diag);
export const dilation2DBackpropFilter: typeof own.dilation2DBackpropFilter = /* @__PURE__ */ expose(
  'dilation2DBackpropFilter',
  'x:v filter:v dy:v strides:n[n] pad:ns[[nd]] dilations?:n[n]',
  own.dilation2DBackpropFilter,
);
export const dilation2DBackpropInput: typeof own.dilation2DBackpropInput = /* @__PURE__ */ expose(
  'dilation2DBackpropInput',
  'x:v filter:v dy:v strides:n[n] pad:ns[[nd]] dilations?:n[n]',
  own.dilation2DBackpropInput,
);
export const dilation2d: typeof own.dilation2d = /* @__PURE__ */ expose(
  'dilation2d',
  'x:v filter:v strides:n[n] pad:ns[[nd]] dilations?:n[n] dataFormat?:s',
  own.dilation2d,
);
export const dimValue: typeof own.dimValue = /* @__PURE__ */ expose('dimValue', 'dim:nsdz dtype?:s', own.dimValue);
export const div: typeof own.div = /* @__PURE__ */ expose('div', 'a:v b:v', own.div);
export const divNoNan: typeof own.divNoNan = /* @__PURE__ */ expose('divNoNan', 'a:v b:v', own.divNoNan);
export const dot: typeof own.dot = /* @__PURE__ */ expose('dot', 'a:v b:v', own.dot);
export const dropout: typeof own.dropout = /* @__PURE__ */ expose(
  'dropout',
  'x:v rate:n noiseShape?:[nsdz]',
  own.dropout,
);
export const einsum: typeof own.einsum = /* @__PURE__ */ expose('einsum', 'equation:s ...tensors:v', own.einsum);
export const elu: typeof own.elu = /* @__PURE__ */ expose('elu', 'x:v', own.elu);
export const eluGrad: typeof own.eluGrad = /* @__PURE__ */ expose('eluGrad', 'dy:v y:v', own.eluGrad);
export const embeddingLookup: typeof own.embeddingLookup = /* @__PURE__ */ expose(
  'embeddingLookup',
  'params:v ids:v',
  own.embeddingLookup,
);
export const enclosingPowerOfTwo: typeof own.enclosingPowerOfTwo = /* @__PURE__ */ expose(
  'enclosingPowerOfTwo',
  'value:n',
  own.enclosingPowerOfTwo,
);
export const ensureShape: typeof own.ensureShape = /* @__PURE__ */ expose(
  'ensureShape',
  'x:v shape:[nsdz]',
  own.ensureShape,
);
export const equal: typeof own.equal = /* @__PURE__ */ expose('equal', 'a:v b:v', own.equal);
export const erf: typeof own.erf = /* @__PURE__ */ expose('erf', 'x:v', own.erf);
export const euclideanNorm: typeof own.euclideanNorm = /* @__PURE__ */ expose(
  'euclideanNorm',
  'x:v axis?:nz[n] keepDims?:b',
  own.euclideanNorm,
);
export const exp: typeof own.exp = /* @__PURE__ */ expose('exp', 'x:v', own.exp);
export const expandDims: typeof own.expandDims = /* @__PURE__ */ expose('expandDims', 'x:v axis?:n', own.expandDims);
export const expm1: typeof own.expm1 = /* @__PURE__ */ expose('expm1', 'x:v', own.expm1);
export const eye: typeof own.eye = /* @__PURE__ */ expose(
  'eye',
  'numRows:nsdz numColumns?:nsdz batchShape?:[nsdz] dtype?:s',
  own.eye,
);
export const fft: typeof own.fft = /* @__PURE__ */ expose('fft', 'input:v', own.fft);
export const fill: typeof own.fill = /* @__PURE__ */ expose('fill', 'shape:[nsdz] value:n dtype?:s', own.fill);
export const flatten: typeof own.flatten = /* @__PURE__ */ expose('flatten', 'x:v', own.flatten);
export const floor: typeof own.floor = /* @__PURE__ */ expose('floor', 'x:v', own.floor);
export const floorDiv: typeof own.floorDiv = /* @__PURE__ */ expose('floorDiv', 'a:v b:v', own.floorDiv);
export const fusedConv2d: typeof own.fusedConv2d = /* @__PURE__ */ expose(
  'fusedConv2d',
  'convolution:{x:v,filter:v,strides:n[n],pad:ns[[nd]],dataFormat?:s,dilations?:n[n],dimRoundingMode?:s,bias?:v,activation?:s,preluActivationWeights?:v,leakyreluAlpha?:n}',
  own.fusedConv2d,
);
export const fusedDepthwiseConv2d: typeof own.fusedDepthwiseConv2d = /* @__PURE__ */ expose(
  'fusedDepthwiseConv2d',
  'convolution:{x:v,filter:v,strides:n[n],pad:ns[[nd]],dataFormat?:s,dilations?:n[n],dimRoundingMode?:s,bias?:v,activation?:s,preluActivationWeights?:v,leakyreluAlpha?:n}',
  own.fusedDepthwiseConv2d,
);
export const fusedMatMul: typeof own.fusedMatMul = /* @__PURE__ */ expose(
  'fusedMatMul',
  'a:v b:v bias:v activation?:s',
  own.fusedMatMul,
);
export const gather: typeof own.gather = /* @__PURE__ */ expose(
  'gather',
  'x:v indices:v axis?:n batchDims?:n',
  own.gather,
);
export const gatherND: typeof own.gatherND = /* @__PURE__ */ expose('gatherND', 'x:v indices:v', own.gatherND);
export const gelu: typeof own.gelu = /* @__PURE__ */ expose('gelu', 'x:v options?:{approximate?:b}', own.gelu);
export const greater: typeof own.greater = /* @__PURE__ */ expose('greater', 'a:v b:v', own.greater);
export const greaterEqual: typeof own.greaterEqual = /* @__PURE__ */ expose(
  'greaterEqual',
  'a:v b:v',
  own.greaterEqual,
);
export const hardSigmoid: typeof own.hardSigmoid = /* @__PURE__ */ expose('hardSigmoid', 'x:v', own.hardSigmoid);
export const hardSwish: typeof own.hardSwish = /* @__PURE__ */ expose('hardSwish', 'x:v', own.hardSwish);
export const ifft: typeof own.ifft = /* @__PURE__ */ expose('ifft', 'input:v', own.ifft);
export const imag: typeof own.imag = /* @__PURE__ */ expose('imag', 'input:v', own.imag);
export const inTopK: typeof own.inTopK = /* @__PURE__ */ expose('inTopK', 'predictions:v targets:v k?:n', own.inTopK);
export const inTopKAsync: typeof own.inTopKAsync = /* @__PURE__ */ expose('inTopKAsync', '...args:*', own.inTopKAsync);
export const iota: typeof own.iota = /* @__PURE__ */ expose('iota', 'size:nsdz dtype?:s start?:n step?:n', own.iota);
export const irfft: typeof own.irfft = /* @__PURE__ */ expose('irfft', 'input:v options?:{fftLength?:nsdz}', own.irfft);
// biome-ignore lint/suspicious/noShadowRestrictedNames: as tf has it
export const isFinite: typeof own.isFinite = /* @__PURE__ */ expose('isFinite', 'x:v', own.isFinite);
export const isInf: typeof own.isInf = /* @__PURE__ */ expose('isInf', 'x:v', own.isInf);
// biome-ignore lint/suspicious/noShadowRestrictedNames: as tf has it
export const isNaN: typeof own.isNaN = /* @__PURE__ */ expose('isNaN', 'x:v', own.isNaN);
export const layerNorm: typeof own.layerNorm = /* @__PURE__ */ expose(
  'layerNorm',
  'x:v scale?:vz offset?:vz axis?:n[n] epsilon?:n',
  own.layerNorm,
);
export const leakyRelu: typeof own.leakyRelu = /* @__PURE__ */ expose('leakyRelu', 'x:v alpha?:n', own.leakyRelu);
export const less: typeof own.less = /* @__PURE__ */ expose('less', 'a:v b:v', own.less);
export const lessEqual: typeof own.lessEqual = /* @__PURE__ */ expose('lessEqual', 'a:v b:v', own.lessEqual);
export const linspace: typeof own.linspace = /* @__PURE__ */ expose('linspace', 'start:n stop:n num:n', own.linspace);
export const localResponseNormalization: typeof own.localResponseNormalization = /* @__PURE__ */ expose(
  'localResponseNormalization',
  'x:v depthRadius?:n bias?:n alpha?:n beta?:n',
  own.localResponseNormalization,
);
export const log: typeof own.log = /* @__PURE__ */ expose('log', 'x:v', own.log);
export const log1p: typeof own.log1p = /* @__PURE__ */ expose('log1p', 'x:v', own.log1p);
export const logicalAnd: typeof own.logicalAnd = /* @__PURE__ */ expose('logicalAnd', 'a:v b:v', own.logicalAnd);
export const logicalNot: typeof own.logicalNot = /* @__PURE__ */ expose('logicalNot', 'x:v', own.logicalNot);
export const logicalOr: typeof own.logicalOr = /* @__PURE__ */ expose('logicalOr', 'a:v b:v', own.logicalOr);
export const logicalXor: typeof own.logicalXor = /* @__PURE__ */ expose('logicalXor', 'a:v b:v', own.logicalXor);
export const logSigmoid: typeof own.logSigmoid = /* @__PURE__ */ expose('logSigmoid', 'x:v', own.logSigmoid);
export const logSoftmax: typeof own.logSoftmax = /* @__PURE__ */ expose(
  'logSoftmax',
  'logits:v axis?:n',
  own.logSoftmax,
);
export const logSumExp: typeof own.logSumExp = /* @__PURE__ */ expose(
  'logSumExp',
  'x:v axis?:nz[n] keepDims?:b',
  own.logSumExp,
);
export const lowerBound: typeof own.lowerBound = /* @__PURE__ */ expose(
  'lowerBound',
  'sortedSequence:v values:v',
  own.lowerBound,
);
export const lrnGrad: typeof own.lrnGrad = /* @__PURE__ */ expose(
  'lrnGrad',
  'x:y y:y dy:y attrs:{depthRadius:n,bias:n,alpha:n,beta:n}',
  own.lrnGrad,
);
export const map: typeof own.map = /* @__PURE__ */ expose('map', 'xs:y[y] f:f', own.map);
export const matMul: typeof own.matMul = /* @__PURE__ */ expose(
  'matMul',
  'a:v b:v transposeA?:b transposeB?:b',
  own.matMul,
);
export const max: typeof own.max = /* @__PURE__ */ expose('max', 'x:v axis?:nz[n] keepDims?:b', own.max);
export const maximum: typeof own.maximum = /* @__PURE__ */ expose('maximum', 'a:v b:v', own.maximum);
export const maxPool: typeof own.maxPool = /* @__PURE__ */ expose(
  'maxPool',
  'x:v filterSize:n[n] strides:n[n] pad:ns[[nsdz]] dimRoundingMode?:sz',
  own.maxPool,
);
export const maxPool3d: typeof own.maxPool3d = /* @__PURE__ */ expose(
  'maxPool3d',
  'x:v filterSize:n[n] strides:n[n] pad:ns[[nsdz]] dimRoundingMode?:sz dataFormat?:s',
  own.maxPool3d,
);
export const maxPool3dGrad: typeof own.maxPool3dGrad = /* @__PURE__ */ expose(
  'maxPool3dGrad',
  'dy:y input:y output:y attrs:{strides:[n],pad:ns[[nd]],dilations:[n],dimRoundingMode?:s,filterSize:[n],dataFormat:s}',
  own.maxPool3dGrad,
);
export const maxPool3dGradGrad: typeof own.maxPool3dGradGrad = /* @__PURE__ */ expose(
  'maxPool3dGradGrad',
  'dy:y input:y attrs:{strides:[n],pad:ns[[nd]],dilations:[n],dimRoundingMode?:s,filterSize:[n],dataFormat:s}',
  own.maxPool3dGradGrad,
);
export const maxPoolGrad: typeof own.maxPoolGrad = /* @__PURE__ */ expose(
  'maxPoolGrad',
  'dy:y input:y output:y attrs:{strides:[n],pad:ns[[nd]],dilations:[n],dimRoundingMode?:s,filterSize:[n]}',
  own.maxPoolGrad,
);
export const maxPoolGradGrad: typeof own.maxPoolGradGrad = /* @__PURE__ */ expose(
  'maxPoolGradGrad',
  'dy:y input:y attrs:{strides:[n],pad:ns[[nd]],dilations:[n],dimRoundingMode?:s,filterSize:[n]}',
  own.maxPoolGradGrad,
);
export const maxPoolWithArgmax: typeof own.maxPoolWithArgmax = /* @__PURE__ */ expose(
  'maxPoolWithArgmax',
  'x:v filterSize:n[n] strides:n[n] pad:ns[[nsdz]] includeBatchInIndex?:b',
  own.maxPoolWithArgmax,
);
export const mean: typeof own.mean = /* @__PURE__ */ expose('mean', 'x:v axis?:nz[n] keepDims?:b', own.mean);
export const meshgrid: typeof own.meshgrid = /* @__PURE__ */ expose(
  'meshgrid',
  'x?:v y?:v options?:{indexing?:s}',
  own.meshgrid,
);
export const min: typeof own.min = /* @__PURE__ */ expose('min', 'x:v axis?:nz[n] keepDims?:b', own.min);
export const minimum: typeof own.minimum = /* @__PURE__ */ expose('minimum', 'a:v b:v', own.minimum);
export const mirrorPad: typeof own.mirrorPad = /* @__PURE__ */ expose(
  'mirrorPad',
  'x:v paddings:[[nsdz]] mode:s',
  own.mirrorPad,
);
export const mish: typeof own.mish = /* @__PURE__ */ expose('mish', 'x:v', own.mish);
export const mod: typeof own.mod = /* @__PURE__ */ expose('mod', 'a:v b:v', own.mod);
export const moments: typeof own.moments = /* @__PURE__ */ expose(
  'moments',
  'x:v axis?:nz[n] keepDims?:b',
  own.moments,
);
export const movingAverage: typeof own.movingAverage = /* @__PURE__ */ expose(
  'movingAverage',
  'v:v x:v decay:v step?:vz zeroDebias?:b',
  own.movingAverage,
);
export const mul: typeof own.mul = /* @__PURE__ */ expose('mul', 'a:v b:v', own.mul);
export const multinomial: typeof own.multinomial = /* @__PURE__ */ expose(
  'multinomial',
  'logits:v numSamples:n seed?:* normalized?:b',
  own.multinomial,
);
export const multiRNNCell: typeof own.multiRNNCell = /* @__PURE__ */ expose(
  'multiRNNCell',
  'lstmCells:[f] data:v c:[v] h:[v]',
  own.multiRNNCell,
);
export const neg: typeof own.neg = /* @__PURE__ */ expose('neg', 'x:v', own.neg);
export const norm: typeof own.norm = /* @__PURE__ */ expose('norm', 'x:v ord?:ns axis?:nz[n] keepDims?:b', own.norm);
export const notEqual: typeof own.notEqual = /* @__PURE__ */ expose('notEqual', 'a:v b:v', own.notEqual);
export const oneHot: typeof own.oneHot = /* @__PURE__ */ expose(
  'oneHot',
  'indices:v depth:nsdz onValue?:n offValue?:n dtype?:s',
  own.oneHot,
);
export const ones: typeof own.ones = /* @__PURE__ */ expose('ones', 'shape:[nsdz] dtype?:s', own.ones);
export const onesLike: typeof own.onesLike = /* @__PURE__ */ expose('onesLike', 'x:v', own.onesLike);
export const outerProduct: typeof own.outerProduct = /* @__PURE__ */ expose(
  'outerProduct',
  'v1:v v2:v',
  own.outerProduct,
);
export const pad: typeof own.pad = /* @__PURE__ */ expose('pad', 'x:v paddings:[[nsdz]] constantValue?:n', own.pad);
export const pad1d: typeof own.pad1d = /* @__PURE__ */ expose(
  'pad1d',
  'x:v paddings:[nsdz] constantValue?:n',
  own.pad1d,
);
export const pad2d: typeof own.pad2d = /* @__PURE__ */ expose(
  'pad2d',
  'x:v paddings:[[nsdz]] constantValue?:n',
  own.pad2d,
);
export const pad3d: typeof own.pad3d = /* @__PURE__ */ expose(
  'pad3d',
  'x:v paddings:[[nsdz]] constantValue?:n',
  own.pad3d,
);
export const pad4d: typeof own.pad4d = /* @__PURE__ */ expose(
  'pad4d',
  'x:v paddings:[[nsdz]] constantValue?:n',
  own.pad4d,
);
export const pool: typeof own.pool = /* @__PURE__ */ expose(
  'pool',
  'input:v windowShape:n[n] poolingType:s pad:ns[[nsdz]] dilations?:nz[n] strides?:nz[n] dimRoundingMode?:sz',
  own.pool,
);
export const pow: typeof own.pow = /* @__PURE__ */ expose('pow', 'a:v b:v', own.pow);
export const prelu: typeof own.prelu = /* @__PURE__ */ expose('prelu', 'x:v alpha:v', own.prelu);
export const prod: typeof own.prod = /* @__PURE__ */ expose('prod', 'x:v axis?:nz[n] keepDims?:b', own.prod);
export const raggedGather: typeof own.raggedGather = /* @__PURE__ */ expose(
  'raggedGather',
  '...args:*',
  own.raggedGather,
);
export const raggedRange: typeof own.raggedRange = /* @__PURE__ */ expose('raggedRange', '...args:*', own.raggedRange);
export const raggedTensorToTensor: typeof own.raggedTensorToTensor = /* @__PURE__ */ expose(
  'raggedTensorToTensor',
  '...args:*',
  own.raggedTensorToTensor,
);
export const rand: typeof own.rand = /* @__PURE__ */ expose('rand', '...args:*', own.rand);
export const randomGamma: typeof own.randomGamma = /* @__PURE__ */ expose(
  'randomGamma',
  'shape:[nsdz] alpha:n beta?:n dtype?:s',
  own.randomGamma,
);
export const randomNormal: typeof own.randomNormal = /* @__PURE__ */ expose(
  'randomNormal',
  'shape:[nsdz] mean?:n stdDev?:n dtype?:s',
  own.randomNormal,
);
export const randomStandardNormal: typeof own.randomStandardNormal = /* @__PURE__ */ expose(
  'randomStandardNormal',
  'shape:[nsdz] dtype?:s',
  own.randomStandardNormal,
);
export const randomUniform: typeof own.randomUniform = /* @__PURE__ */ expose(
  'randomUniform',
  'shape:[nsdz] minval?:n maxval?:n dtype?:s',
  own.randomUniform,
);
export const randomUniformInt: typeof own.randomUniformInt = /* @__PURE__ */ expose(
  'randomUniformInt',
  'shape:[nsdz] minval:n maxval:n',
  own.randomUniformInt,
);
export const range: typeof own.range = /* @__PURE__ */ expose('range', 'start:n stop:nsdz step?:n dtype?:s', own.range);
export const real: typeof own.real = /* @__PURE__ */ expose('real', 'input:v', own.real);
export const reciprocal: typeof own.reciprocal = /* @__PURE__ */ expose('reciprocal', 'x:v', own.reciprocal);
export const relu: typeof own.relu = /* @__PURE__ */ expose('relu', 'x:v', own.relu);
export const relu6: typeof own.relu6 = /* @__PURE__ */ expose('relu6', 'x:v', own.relu6);
export const reshape: typeof own.reshape = /* @__PURE__ */ expose('reshape', 'x:v shape:[nsdz]', own.reshape);
export const reverse: typeof own.reverse = /* @__PURE__ */ expose('reverse', 'x:v axis?:nz[n]', own.reverse);
export const reverse1d: typeof own.reverse1d = /* @__PURE__ */ expose('reverse1d', 'x:v', own.reverse1d);
export const reverse2d: typeof own.reverse2d = /* @__PURE__ */ expose('reverse2d', 'x:v axis?:nz[n]', own.reverse2d);
export const reverse3d: typeof own.reverse3d = /* @__PURE__ */ expose('reverse3d', 'x:v axis?:nz[n]', own.reverse3d);
export const reverse4d: typeof own.reverse4d = /* @__PURE__ */ expose('reverse4d', 'x:v axis?:nz[n]', own.reverse4d);
export const rfft: typeof own.rfft = /* @__PURE__ */ expose('rfft', 'input:v fftLength?:nz', own.rfft);
export const round: typeof own.round = /* @__PURE__ */ expose('round', 'x:v', own.round);
export const rsqrt: typeof own.rsqrt = /* @__PURE__ */ expose('rsqrt', 'x:v', own.rsqrt);
export const scalar: typeof own.scalar = /* @__PURE__ */ expose('scalar', 'value:nb dtype?:s', own.scalar);
export const scatterND: typeof own.scatterND = /* @__PURE__ */ expose(
  'scatterND',
  'indices:v updates:v shape:[nsdz]',
  own.scatterND,
);
export const searchSorted: typeof own.searchSorted = /* @__PURE__ */ expose(
  'searchSorted',
  'sortedSequence:v values:v side?:s',
  own.searchSorted,
);
export const select: typeof own.select = /* @__PURE__ */ expose('select', 'condition:v t:v e:v', own.select);
export const selu: typeof own.selu = /* @__PURE__ */ expose('selu', 'x:v', own.selu);
export const separableConv2d: typeof own.separableConv2d = /* @__PURE__ */ expose(
  'separableConv2d',
  'x:v depthwiseFilter:v pointwiseFilter:v strides:n[n] pad:ns[[nd]] dilation?:n[n] dataFormat?:s',
  own.separableConv2d,
);
export const setdiff1dAsync: typeof own.setdiff1dAsync = /* @__PURE__ */ expose(
  'setdiff1dAsync',
  '...args:*',
  own.setdiff1dAsync,
);
export const sigmoid: typeof own.sigmoid = /* @__PURE__ */ expose('sigmoid', 'x:v', own.sigmoid);
export const sign: typeof own.sign = /* @__PURE__ */ expose('sign', 'x:v', own.sign);
export const silu: typeof own.silu = /* @__PURE__ */ expose('silu', 'x:v', own.silu);
export const sin: typeof own.sin = /* @__PURE__ */ expose('sin', 'x:v', own.sin);
export const sinh: typeof own.sinh = /* @__PURE__ */ expose('sinh', 'x:v', own.sinh);
export const slice: typeof own.slice = /* @__PURE__ */ expose(
  'slice',
  'x:v begin:nsdz[nsdz] size?:nsdz[nsdz]',
  own.slice,
);
export const slice1d: typeof own.slice1d = /* @__PURE__ */ expose('slice1d', 'x:v begin:nsdz size:nsdz', own.slice1d);
export const slice2d: typeof own.slice2d = /* @__PURE__ */ expose(
  'slice2d',
  'x:v begin:[nsdz] size:[nsdz]',
  own.slice2d,
);
export const slice3d: typeof own.slice3d = /* @__PURE__ */ expose(
  'slice3d',
  'x:v begin:[nsdz] size:[nsdz]',
  own.slice3d,
);
export const slice4d: typeof own.slice4d = /* @__PURE__ */ expose(
  'slice4d',
  'x:v begin:[nsdz] size:[nsdz]',
  own.slice4d,
);
export const softmax: typeof own.softmax = /* @__PURE__ */ expose('softmax', 'logits:v dim?:n', own.softmax);
export const softplus: typeof own.softplus = /* @__PURE__ */ expose('softplus', 'x:v', own.softplus);
export const softsign: typeof own.softsign = /* @__PURE__ */ expose('softsign', 'x:v', own.softsign);
export const spaceToBatchND: typeof own.spaceToBatchND = /* @__PURE__ */ expose(
  'spaceToBatchND',
  'x:v blockShape:[n] paddings:[[nsdz]]',
  own.spaceToBatchND,
);
export const sparseToDense: typeof own.sparseToDense = /* @__PURE__ */ expose(
  'sparseToDense',
  'sparseIndices:v sparseValues:v outputShape:[nsdz] defaultValue?:v',
  own.sparseToDense,
);
export const split: typeof own.split = /* @__PURE__ */ expose(
  'split',
  'x:v numOrSizeSplits:n[nsdz] axis?:n',
  own.split,
);
export const sqrt: typeof own.sqrt = /* @__PURE__ */ expose('sqrt', 'x:v', own.sqrt);
export const square: typeof own.square = /* @__PURE__ */ expose('square', 'x:v', own.square);
export const squaredDifference: typeof own.squaredDifference = /* @__PURE__ */ expose(
  'squaredDifference',
  'a:v b:v',
  own.squaredDifference,
);
export const squeeze: typeof own.squeeze = /* @__PURE__ */ expose('squeeze', 'x:v axis?:[n]', own.squeeze);
export const stack: typeof own.stack = /* @__PURE__ */ expose('stack', 'tensors:[v] axis?:n', own.stack);
export const step: typeof own.step = /* @__PURE__ */ expose('step', 'x:v alpha?:n', own.step);
export const stopGradient: typeof own.stopGradient = /* @__PURE__ */ expose('stopGradient', 'x:v', own.stopGradient);
export const stridedSlice: typeof own.stridedSlice = /* @__PURE__ */ expose(
  'stridedSlice',
  'x:v begin:[n] end:[n] strides?:[n] beginMask?:n endMask?:n ellipsisMask?:n newAxisMask?:n shrinkAxisMask?:n',
  own.stridedSlice,
);
export const sub: typeof own.sub = /* @__PURE__ */ expose('sub', 'a:v b:v', own.sub);
export const sum: typeof own.sum = /* @__PURE__ */ expose('sum', 'x:v axis?:nz[n] keepDims?:b', own.sum);
export const swish: typeof own.swish = /* @__PURE__ */ expose('swish', 'x:v', own.swish);
export const tan: typeof own.tan = /* @__PURE__ */ expose('tan', 'x:v', own.tan);
export const tanh: typeof own.tanh = /* @__PURE__ */ expose('tanh', 'x:v', own.tanh);
export const tensor: typeof own.tensor = /* @__PURE__ */ expose('tensor', 'values:nba shape?:[n] dtype?:s', own.tensor);
export const tensor1d: typeof own.tensor1d = /* @__PURE__ */ expose('tensor1d', 'values:a dtype?:s', own.tensor1d);
export const tensor2d: typeof own.tensor2d = /* @__PURE__ */ expose(
  'tensor2d',
  'values:a shape?:[n] dtype?:s',
  own.tensor2d,
);
export const tensor3d: typeof own.tensor3d = /* @__PURE__ */ expose(
  'tensor3d',
  'values:a shape?:[n] dtype?:s',
  own.tensor3d,
);
export const tensor4d: typeof own.tensor4d = /* @__PURE__ */ expose(
  'tensor4d',
  'values:a shape?:[n] dtype?:s',
  own.tensor4d,
);
export const tensor5d: typeof own.tensor5d = /* @__PURE__ */ expose(
  'tensor5d',
  'values:a shape?:[n] dtype?:s',
  own.tensor5d,
);
export const tensor6d: typeof own.tensor6d = /* @__PURE__ */ expose(
  'tensor6d',
  'values:a shape?:[n] dtype?:s',
  own.tensor6d,
);
export const tensorScatterUpdate: typeof own.tensorScatterUpdate = /* @__PURE__ */ expose(
  'tensorScatterUpdate',
  'tensor:v indices:v updates:v',
  own.tensorScatterUpdate,
);
export const tile: typeof own.tile = /* @__PURE__ */ expose('tile', 'x:v reps:[nsdz]', own.tile);
export const topk: typeof own.topk = /* @__PURE__ */ expose('topk', 'x:v k?:n sorted?:b', own.topk);
export const transpose: typeof own.transpose = /* @__PURE__ */ expose('transpose', 'x:v perm?:[n]', own.transpose);
export const truncatedNormal: typeof own.truncatedNormal = /* @__PURE__ */ expose(
  'truncatedNormal',
  'shape:[nsdz] mean?:n stdDev?:n dtype?:s',
  own.truncatedNormal,
);
export const unique: typeof own.unique = /* @__PURE__ */ expose('unique', '...args:*', own.unique);
export const unsortedSegmentSum: typeof own.unsortedSegmentSum = /* @__PURE__ */ expose(
  'unsortedSegmentSum',
  'x:v segmentIds:v numSegments:nsdz',
  own.unsortedSegmentSum,
);
export const unstack: typeof own.unstack = /* @__PURE__ */ expose('unstack', 'x:v axis?:n count?:n', own.unstack);
export const upperBound: typeof own.upperBound = /* @__PURE__ */ expose(
  'upperBound',
  'sortedSequence:v values:v',
  own.upperBound,
);
export const where: typeof own.where = /* @__PURE__ */ expose('where', 'condition:v a:v b:v', own.where);
export const whereAsync: typeof own.whereAsync = /* @__PURE__ */ expose('whereAsync', '...args:*', own.whereAsync);
export const zeros: typeof own.zeros = /* @__PURE__ */ expose('zeros', 'shape:[nsdz] dtype?:s', own.zeros);
export const zerosLike: typeof own.zerosLike = /* @__PURE__ */ expose('zerosLike', 'x:v', own.zerosLike);
