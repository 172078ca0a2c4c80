// Written by scripts/catalogue.mjs: do not edit.
/** All ops: their builders, named as in tf.*, and their definitions. */
export { select } from '../engine/index.ts';
export { Elu, elu } from './activation/elu.ts';
export { EluGrad, eluGrad } from './activation/elu-grad.ts';
export { Gelu, gelu } from './activation/gelu.ts';
export { HardSigmoid, hardSigmoid } from './activation/hard-sigmoid.ts';
export { HardSwish, hardSwish } from './activation/hard-swish.ts';
export { LeakyRelu, leakyRelu } from './activation/leaky-relu.ts';
export { LogSigmoid, logSigmoid } from './activation/log-sigmoid.ts';
export { LogSoftmax, logSoftmax } from './activation/log-softmax.ts';
export { Mish, mish } from './activation/mish.ts';
export { Prelu, prelu } from './activation/prelu.ts';
export { Relu, relu } from './activation/relu.ts';
export { Relu6, relu6 } from './activation/relu6.ts';
export { Selu, selu } from './activation/selu.ts';
export { Sigmoid, sigmoid } from './activation/sigmoid.ts';
export { Silu, silu, swish } from './activation/silu.ts';
export { Softmax, softmax } from './activation/softmax.ts';
export { Softplus, softplus } from './activation/softplus.ts';
export { Softsign, softsign } from './activation/softsign.ts';
export { Equal, equal } from './comparison/equal.ts';
export { Greater, greater } from './comparison/greater.ts';
export { GreaterEqual, greaterEqual } from './comparison/greater-equal.ts';
export { IsFinite, isFinite } from './comparison/is-finite.ts';
export { IsInf, isInf } from './comparison/is-inf.ts';
export { IsNan, isNaN } from './comparison/is-nan.ts';
export { Less, less } from './comparison/less.ts';
export { LessEqual, lessEqual } from './comparison/less-equal.ts';
export { LogicalAnd, logicalAnd } from './comparison/logical-and.ts';
export { LogicalNot, logicalNot } from './comparison/logical-not.ts';
export { LogicalOr, logicalOr } from './comparison/logical-or.ts';
export { LogicalXor, logicalXor } from './comparison/logical-xor.ts';
export { NotEqual, notEqual } from './comparison/not-equal.ts';
export { Select, where } from './comparison/where.ts';
export { Complex, complex } from './complex/complex.ts';
export { ComplexAbs, complexAbs } from './complex/complex-abs.ts';
export { Conj, conj } from './complex/conj.ts';
export { Imag, imag } from './complex/imag.ts';
export { Real, real } from './complex/real.ts';
export { conv1d } from './convolution/conv1d.ts';
export { Conv2D, conv2d } from './convolution/conv2d.ts';
export { Conv2DBackpropFilter, conv2DBackpropFilter } from './convolution/conv2d-backprop-filter.ts';
export { Conv2DBackpropInput, conv2DBackpropInput } from './convolution/conv2d-backprop-input.ts';
export { conv2dTranspose } from './convolution/conv2d-transpose.ts';
export { Conv3D, conv3d } from './convolution/conv3d.ts';
export { Conv3DBackpropFilterV2, conv3DBackpropFilter } from './convolution/conv3d-backprop-filter.ts';
export { Conv3DBackpropInputV2, conv3DBackpropInput } from './convolution/conv3d-backprop-input.ts';
export { conv3dTranspose } from './convolution/conv3d-transpose.ts';
export { DepthwiseConv2dNative, depthwiseConv2d } from './convolution/depthwise-conv2d.ts';
export {
  DepthwiseConv2dNativeBackpropFilter,
  depthwiseConv2dNativeBackpropFilter,
} from './convolution/depthwise-conv2d-backprop-filter.ts';
export {
  DepthwiseConv2dNativeBackpropInput,
  depthwiseConv2dNativeBackpropInput,
} from './convolution/depthwise-conv2d-backprop-input.ts';
export { Dilation2D, dilation2d } from './convolution/dilation2d.ts';
export { Dilation2DBackpropFilter, dilation2DBackpropFilter } from './convolution/dilation2d-backprop-filter.ts';
export { Dilation2DBackpropInput, dilation2DBackpropInput } from './convolution/dilation2d-backprop-input.ts';
export { FusedConv2D, fusedConv2d } from './convolution/fused-conv2d.ts';
export { FusedDepthwiseConv2D, fusedDepthwiseConv2d } from './convolution/fused-depthwise-conv2d.ts';
export { separableConv2d } from './convolution/separable-conv2d.ts';
export { Abs, abs } from './elementwise/abs.ts';
export { Acos, acos } from './elementwise/acos.ts';
export { Acosh, acosh } from './elementwise/acosh.ts';
export { Add, add } from './elementwise/add.ts';
export { Asin, asin } from './elementwise/asin.ts';
export { Asinh, asinh } from './elementwise/asinh.ts';
export { Atan, atan } from './elementwise/atan.ts';
export { Atan2, atan2 } from './elementwise/atan2.ts';
export { Atanh, atanh } from './elementwise/atanh.ts';
export { BitwiseAnd, bitwiseAnd } from './elementwise/bitwise-and.ts';
export { Ceil, ceil } from './elementwise/ceil.ts';
export { ClipByValue, clipByValue } from './elementwise/clip-by-value.ts';
export { Cos, cos } from './elementwise/cos.ts';
export { Cosh, cosh } from './elementwise/cosh.ts';
export { div, RealDiv } from './elementwise/div.ts';
export { DivNoNan, divNoNan } from './elementwise/div-no-nan.ts';
export { Erf, erf } from './elementwise/erf.ts';
export { Exp, exp } from './elementwise/exp.ts';
export { Expm1, expm1 } from './elementwise/expm1.ts';
export { Floor, floor } from './elementwise/floor.ts';
export { FloorDiv, floorDiv } from './elementwise/floor-div.ts';
export { Log, log } from './elementwise/log.ts';
export { Log1p, log1p } from './elementwise/log1p.ts';
export { Maximum, maximum } from './elementwise/maximum.ts';
export { Minimum, minimum } from './elementwise/minimum.ts';
export { Mod, mod } from './elementwise/mod.ts';
export { Multiply, mul } from './elementwise/multiply.ts';
export { Neg, neg } from './elementwise/neg.ts';
export { Pow, pow } from './elementwise/pow.ts';
export { Reciprocal, reciprocal } from './elementwise/reciprocal.ts';
export { Round, round } from './elementwise/round.ts';
export { Rsqrt, rsqrt } from './elementwise/rsqrt.ts';
export { Sign, sign } from './elementwise/sign.ts';
export { Sin, sin } from './elementwise/sin.ts';
export { Sinh, sinh } from './elementwise/sinh.ts';
export { Sqrt, sqrt } from './elementwise/sqrt.ts';
export { Square, square } from './elementwise/square.ts';
export { SquaredDifference, squaredDifference } from './elementwise/squared-difference.ts';
export { Step, step } from './elementwise/step.ts';
export { Sub, sub } from './elementwise/sub.ts';
export { Tan, tan } from './elementwise/tan.ts';
export { Tanh, tanh } from './elementwise/tanh.ts';
export * as image from './image/index.ts';
export { Bincount, bincount } from './indexing/bincount.ts';
export { confusionMatrix } from './indexing/confusion-matrix.ts';
export { DenseBincount, denseBincount } from './indexing/dense-bincount.ts';
export { Diag, diag } from './indexing/diag.ts';
export { embeddingLookup } from './indexing/embedding-lookup.ts';
export { eye } from './indexing/eye.ts';
export { GatherV2, gather } from './indexing/gather.ts';
export { GatherNd, gatherND } from './indexing/gather-nd.ts';
export { OneHot, oneHot } from './indexing/one-hot.ts';
export { ScatterNd, scatterND } from './indexing/scatter-nd.ts';
export { SparseToDense, sparseToDense } from './indexing/sparse-to-dense.ts';
export { TensorScatterUpdate, tensorScatterUpdate } from './indexing/tensor-scatter-update.ts';
export { UnsortedSegmentSum, unsortedSegmentSum } from './indexing/unsorted-segment-sum.ts';
export {
  booleanMaskAsync,
  raggedGather,
  raggedRange,
  raggedTensorToTensor,
  setdiff1dAsync,
  unique,
  whereAsync,
} from './indexing/unsupported.ts';
export * as linalg from './linalg/index.ts';
export { Reduction } from './losses/compute-weighted-loss.ts';
export * as losses from './losses/index.ts';
export { Einsum, einsum } from './matrix/einsum.ts';
export { type FusedActivation, FusedMatMul, fusedMatMul } from './matrix/fused-mat-mul.ts';
export { BatchMatMul, dot, matMul } from './matrix/mat-mul.ts';
export { outerProduct } from './matrix/outer-product.ts';
export { Transpose, transpose } from './matrix/transpose.ts';
export { type BatchNormOptions, type BatchNormState, batchNormTraining } from './normalization/batch-norm-training.ts';
export { batchNorm, batchNorm2d, batchNorm3d, batchNorm4d, FusedBatchNorm } from './normalization/fused-batch-norm.ts';
export { LayerNorm, layerNorm } from './normalization/layer-norm.ts';
export { LRN, localResponseNormalization } from './normalization/lrn.ts';
export { LRNGrad, lrnGrad } from './normalization/lrn-grad.ts';
export { movingAverage } from './normalization/moving-average.ts';
export { AvgPool, avgPool } from './pooling/avg-pool.ts';
export { AvgPool3D, avgPool3d } from './pooling/avg-pool-3d.ts';
export { AvgPool3DGrad, avgPool3dGrad } from './pooling/avg-pool-3d-grad.ts';
export { AvgPoolGrad, avgPoolGrad } from './pooling/avg-pool-grad.ts';
export { MaxPool, maxPool } from './pooling/max-pool.ts';
export { MaxPool3D, maxPool3d } from './pooling/max-pool-3d.ts';
export { MaxPool3DGrad, maxPool3dGrad } from './pooling/max-pool-3d-grad.ts';
export { MaxPool3DGradGrad, maxPool3dGradGrad } from './pooling/max-pool-3d-grad-grad.ts';
export { MaxPoolGrad, maxPoolGrad } from './pooling/max-pool-grad.ts';
export { MaxPoolGradGrad, maxPoolGradGrad } from './pooling/max-pool-grad-grad.ts';
export { MaxPoolWithArgmax, maxPoolWithArgmax } from './pooling/max-pool-with-argmax.ts';
export { pool } from './pooling/pool.ts';
export { AddN, addN } from './primitives/add-n.ts';
export { BroadcastTo, broadcastTo } from './primitives/broadcast-to.ts';
export { Call, customGradient } from './primitives/call.ts';
export { Cast, cast } from './primitives/cast.ts';
export {
  Constant,
  constant,
  scalar,
  tensor,
  tensor1d,
  tensor2d,
  tensor3d,
  tensor4d,
  tensor5d,
  tensor6d,
} from './primitives/constant.ts';
export { DimValue, dimValue } from './primitives/dim-value.ts';
export { Fill, fill, ones, onesLike, zeros, zerosLike } from './primitives/fill.ts';
export { Iota, iota, linspace, range } from './primitives/iota.ts';
export { MapOp, map } from './primitives/map.ts';
export { Reshape, reshape } from './primitives/reshape.ts';
export { StopGradient, stopGradient } from './primitives/stop-gradient.ts';
export { dropout } from './random/dropout.ts';
export { multinomial } from './random/multinomial.ts';
export { randomGamma } from './random/random-gamma.ts';
export { RandomNormal, randomNormal, randomStandardNormal } from './random/random-normal.ts';
export { RandomUniform, randomUniform } from './random/random-uniform.ts';
export { RandomUniformInt, randomUniformInt } from './random/random-uniform-int.ts';
export { TruncatedNormal, truncatedNormal } from './random/truncated-normal.ts';
export { rand } from './random/unsupported.ts';
export { basicLSTMCell } from './recurrent/basic-lstm-cell.ts';
export { type LSTMCellFunc, multiRNNCell } from './recurrent/multi-rnn-cell.ts';
export { All, all } from './reduction/all.ts';
export { Any, any } from './reduction/any.ts';
export { ArgMax, argMax } from './reduction/arg-max.ts';
export { ArgMin, argMin } from './reduction/arg-min.ts';
export { euclideanNorm } from './reduction/euclidean-norm.ts';
export { LogSumExp, logSumExp } from './reduction/log-sum-exp.ts';
export { Max, max } from './reduction/max.ts';
export { Mean, mean } from './reduction/mean.ts';
export { Min, min } from './reduction/min.ts';
export { moments } from './reduction/moments.ts';
export { EuclideanNorm, norm } from './reduction/norm.ts';
export { Prod, prod } from './reduction/prod.ts';
export { Sum, sum } from './reduction/sum.ts';
export { Cumprod, cumprod } from './scan/cumprod.ts';
export { Cumsum, cumsum } from './scan/cumsum.ts';
export { BatchToSpaceND, batchToSpaceND } from './shape/batch-to-space-nd.ts';
export { Concat, concat, concat1d, concat2d, concat3d, concat4d } from './shape/concat.ts';
export { DepthToSpace, depthToSpace } from './shape/depth-to-space.ts';
export { EnsureShape, ensureShape } from './shape/ensure-shape.ts';
export { expandDims } from './shape/expand-dims.ts';
export { flatten } from './shape/flatten.ts';
export { clone, Identity } from './shape/identity.ts';
export { meshgrid } from './shape/meshgrid.ts';
export { type MirrorMode, MirrorPad, mirrorPad } from './shape/mirror-pad.ts';
export { PadV2, pad, pad1d, pad2d, pad3d, pad4d } from './shape/pad.ts';
export { Reverse, reverse, reverse1d, reverse2d, reverse3d, reverse4d } from './shape/reverse.ts';
export { Slice, slice, slice1d, slice2d, slice3d, slice4d } from './shape/slice.ts';
export { SpaceToBatchND, spaceToBatchND } from './shape/space-to-batch-nd.ts';
export { SplitV, split } from './shape/split.ts';
export { squeeze } from './shape/squeeze.ts';
export { Pack, stack } from './shape/stack.ts';
export { StridedSlice, type StridedSliceAttrs, stridedSlice } from './shape/strided-slice.ts';
export { Tile, tile } from './shape/tile.ts';
export { Unpack, unstack } from './shape/unstack.ts';
export { broadcastArgs } from './shape/unsupported.ts';
export * as signal from './signal/index.ts';
export { enclosingPowerOfTwo } from './signal/stft.ts';
export { inTopK } from './sorting/in-top-k.ts';
export { lowerBound, SearchSorted, searchSorted, upperBound } from './sorting/search-sorted.ts';
export { TopK, topk } from './sorting/topk.ts';
export { inTopKAsync } from './sorting/unsupported.ts';
export * as sparse from './sparse/index.ts';
export { fft } from './spectral/fft.ts';
export { ifft } from './spectral/ifft.ts';
export * as spectral from './spectral/index.ts';
export { irfft } from './spectral/irfft.ts';
export { rfft } from './spectral/rfft.ts';
export * as string from './string/index.ts';
