// Written by scripts/catalogue.mjs: do not edit.

import { samples as activationElu } from './activation/elu.samples.ts';
import { samples as activationEluGrad } from './activation/elu-grad.samples.ts';
import { samples as activationGelu } from './activation/gelu.samples.ts';
import { samples as activationHardSigmoid } from './activation/hard-sigmoid.samples.ts';
import { samples as activationHardSwish } from './activation/hard-swish.samples.ts';
import { samples as activationLeakyRelu } from './activation/leaky-relu.samples.ts';
import { samples as activationLogSigmoid } from './activation/log-sigmoid.samples.ts';
import { samples as activationLogSoftmax } from './activation/log-softmax.samples.ts';
import { samples as activationMish } from './activation/mish.samples.ts';
import { samples as activationPrelu } from './activation/prelu.samples.ts';
import { samples as activationRelu } from './activation/relu.samples.ts';
import { samples as activationRelu6 } from './activation/relu6.samples.ts';
import { samples as activationSelu } from './activation/selu.samples.ts';
import { samples as activationSigmoid } from './activation/sigmoid.samples.ts';
import { samples as activationSilu } from './activation/silu.samples.ts';
import { samples as activationSoftmax } from './activation/softmax.samples.ts';
import { samples as activationSoftplus } from './activation/softplus.samples.ts';
import { samples as activationSoftsign } from './activation/softsign.samples.ts';
import { type CatalogueEntry, catalogue } from './catalogue.ts';
import { samples as comparisonEqual } from './comparison/equal.samples.ts';
import { samples as comparisonGreater } from './comparison/greater.samples.ts';
import { samples as comparisonGreaterEqual } from './comparison/greater-equal.samples.ts';
import { samples as comparisonIsFinite } from './comparison/is-finite.samples.ts';
import { samples as comparisonIsInf } from './comparison/is-inf.samples.ts';
import { samples as comparisonIsNan } from './comparison/is-nan.samples.ts';
import { samples as comparisonLess } from './comparison/less.samples.ts';
import { samples as comparisonLessEqual } from './comparison/less-equal.samples.ts';
import { samples as comparisonLogicalAnd } from './comparison/logical-and.samples.ts';
import { samples as comparisonLogicalNot } from './comparison/logical-not.samples.ts';
import { samples as comparisonLogicalOr } from './comparison/logical-or.samples.ts';
import { samples as comparisonLogicalXor } from './comparison/logical-xor.samples.ts';
import { samples as comparisonNotEqual } from './comparison/not-equal.samples.ts';
import { samples as comparisonWhere } from './comparison/where.samples.ts';
import { samples as complexComplex } from './complex/complex.samples.ts';
import { samples as complexComplexAbs } from './complex/complex-abs.samples.ts';
import { samples as complexConj } from './complex/conj.samples.ts';
import { samples as complexImag } from './complex/imag.samples.ts';
import { samples as complexReal } from './complex/real.samples.ts';
import { samples as convolutionConv1d } from './convolution/conv1d.samples.ts';
import { samples as convolutionConv2d } from './convolution/conv2d.samples.ts';
import { samples as convolutionConv2dBackpropFilter } from './convolution/conv2d-backprop-filter.samples.ts';
import { samples as convolutionConv2dBackpropInput } from './convolution/conv2d-backprop-input.samples.ts';
import { samples as convolutionConv2dTranspose } from './convolution/conv2d-transpose.samples.ts';
import { samples as convolutionConv3d } from './convolution/conv3d.samples.ts';
import { samples as convolutionConv3dBackpropFilter } from './convolution/conv3d-backprop-filter.samples.ts';
import { samples as convolutionConv3dBackpropInput } from './convolution/conv3d-backprop-input.samples.ts';
import { samples as convolutionConv3dTranspose } from './convolution/conv3d-transpose.samples.ts';
import { samples as convolutionDepthwiseConv2d } from './convolution/depthwise-conv2d.samples.ts';
import { samples as convolutionDepthwiseConv2dBackpropFilter } from './convolution/depthwise-conv2d-backprop-filter.samples.ts';
import { samples as convolutionDepthwiseConv2dBackpropInput } from './convolution/depthwise-conv2d-backprop-input.samples.ts';
import { samples as convolutionDilation2d } from './convolution/dilation2d.samples.ts';
import { samples as convolutionDilation2dBackpropFilter } from './convolution/dilation2d-backprop-filter.samples.ts';
import { samples as convolutionDilation2dBackpropInput } from './convolution/dilation2d-backprop-input.samples.ts';
import { samples as convolutionFusedConv2d } from './convolution/fused-conv2d.samples.ts';
import { samples as convolutionFusedDepthwiseConv2d } from './convolution/fused-depthwise-conv2d.samples.ts';
import { samples as convolutionSeparableConv2d } from './convolution/separable-conv2d.samples.ts';
import { samples as elementwiseAbs } from './elementwise/abs.samples.ts';
import { samples as elementwiseAcos } from './elementwise/acos.samples.ts';
import { samples as elementwiseAcosh } from './elementwise/acosh.samples.ts';
import { samples as elementwiseAdd } from './elementwise/add.samples.ts';
import { samples as elementwiseAsin } from './elementwise/asin.samples.ts';
import { samples as elementwiseAsinh } from './elementwise/asinh.samples.ts';
import { samples as elementwiseAtan } from './elementwise/atan.samples.ts';
import { samples as elementwiseAtan2 } from './elementwise/atan2.samples.ts';
import { samples as elementwiseAtanh } from './elementwise/atanh.samples.ts';
import { samples as elementwiseBitwiseAnd } from './elementwise/bitwise-and.samples.ts';
import { samples as elementwiseCeil } from './elementwise/ceil.samples.ts';
import { samples as elementwiseClipByValue } from './elementwise/clip-by-value.samples.ts';
import { samples as elementwiseCos } from './elementwise/cos.samples.ts';
import { samples as elementwiseCosh } from './elementwise/cosh.samples.ts';
import { samples as elementwiseDiv } from './elementwise/div.samples.ts';
import { samples as elementwiseDivNoNan } from './elementwise/div-no-nan.samples.ts';
import { samples as elementwiseErf } from './elementwise/erf.samples.ts';
import { samples as elementwiseExp } from './elementwise/exp.samples.ts';
import { samples as elementwiseExpm1 } from './elementwise/expm1.samples.ts';
import { samples as elementwiseFloor } from './elementwise/floor.samples.ts';
import { samples as elementwiseFloorDiv } from './elementwise/floor-div.samples.ts';
import { samples as elementwiseLog } from './elementwise/log.samples.ts';
import { samples as elementwiseLog1p } from './elementwise/log1p.samples.ts';
import { samples as elementwiseMaximum } from './elementwise/maximum.samples.ts';
import { samples as elementwiseMinimum } from './elementwise/minimum.samples.ts';
import { samples as elementwiseMod } from './elementwise/mod.samples.ts';
import { samples as elementwiseMultiply } from './elementwise/multiply.samples.ts';
import { samples as elementwiseNeg } from './elementwise/neg.samples.ts';
import { samples as elementwisePow } from './elementwise/pow.samples.ts';
import { samples as elementwiseReciprocal } from './elementwise/reciprocal.samples.ts';
import { samples as elementwiseRound } from './elementwise/round.samples.ts';
import { samples as elementwiseRsqrt } from './elementwise/rsqrt.samples.ts';
import { samples as elementwiseSign } from './elementwise/sign.samples.ts';
import { samples as elementwiseSin } from './elementwise/sin.samples.ts';
import { samples as elementwiseSinh } from './elementwise/sinh.samples.ts';
import { samples as elementwiseSqrt } from './elementwise/sqrt.samples.ts';
import { samples as elementwiseSquare } from './elementwise/square.samples.ts';
import { samples as elementwiseSquaredDifference } from './elementwise/squared-difference.samples.ts';
import { samples as elementwiseStep } from './elementwise/step.samples.ts';
import { samples as elementwiseSub } from './elementwise/sub.samples.ts';
import { samples as elementwiseTan } from './elementwise/tan.samples.ts';
import { samples as elementwiseTanh } from './elementwise/tanh.samples.ts';
import { samples as imageCropAndResize } from './image/crop-and-resize.samples.ts';
import { samples as imageFlipLeftRight } from './image/flip-left-right.samples.ts';
import { samples as imageGrayscaleToRgb } from './image/grayscale-to-rgb.samples.ts';
import { samples as imageResizeBilinear } from './image/resize-bilinear.samples.ts';
import { samples as imageResizeBilinearGrad } from './image/resize-bilinear-grad.samples.ts';
import { samples as imageResizeNearestNeighbor } from './image/resize-nearest-neighbor.samples.ts';
import { samples as imageResizeNearestNeighborGrad } from './image/resize-nearest-neighbor-grad.samples.ts';
import { samples as imageRgbToGrayscale } from './image/rgb-to-grayscale.samples.ts';
import { samples as imageRotateWithOffset } from './image/rotate-with-offset.samples.ts';
import { samples as imageRotateWithOffsetGrad } from './image/rotate-with-offset-grad.samples.ts';
import { samples as imageThreshold } from './image/threshold.samples.ts';
import { samples as imageTransform } from './image/transform.samples.ts';
import { samples as indexingBincount } from './indexing/bincount.samples.ts';
import { samples as indexingConfusionMatrix } from './indexing/confusion-matrix.samples.ts';
import { samples as indexingDenseBincount } from './indexing/dense-bincount.samples.ts';
import { samples as indexingDiag } from './indexing/diag.samples.ts';
import { samples as indexingEmbeddingLookup } from './indexing/embedding-lookup.samples.ts';
import { samples as indexingEye } from './indexing/eye.samples.ts';
import { samples as indexingGather } from './indexing/gather.samples.ts';
import { samples as indexingGatherNd } from './indexing/gather-nd.samples.ts';
import { samples as indexingOneHot } from './indexing/one-hot.samples.ts';
import { samples as indexingScatterNd } from './indexing/scatter-nd.samples.ts';
import { samples as indexingSparseToDense } from './indexing/sparse-to-dense.samples.ts';
import { samples as indexingTensorScatterUpdate } from './indexing/tensor-scatter-update.samples.ts';
import { samples as indexingUnsortedSegmentSum } from './indexing/unsorted-segment-sum.samples.ts';
import { samples as linalgAdjugate } from './linalg/adjugate.samples.ts';
import { samples as linalgBandPart } from './linalg/band-part.samples.ts';
import { samples as linalgCholesky } from './linalg/cholesky.samples.ts';
import { samples as linalgDet } from './linalg/det.samples.ts';
import { samples as linalgDiag } from './linalg/diag.samples.ts';
import { samples as linalgDiagPart } from './linalg/diag-part.samples.ts';
import { samples as linalgGramSchmidt } from './linalg/gram-schmidt.samples.ts';
import { samples as linalgInv } from './linalg/inv.samples.ts';
import { samples as linalgLogdet } from './linalg/logdet.samples.ts';
import { samples as linalgLstsq } from './linalg/lstsq.samples.ts';
import { samples as linalgLu } from './linalg/lu.samples.ts';
import { samples as linalgMatrixTranspose } from './linalg/matrix-transpose.samples.ts';
import { samples as linalgQr } from './linalg/qr.samples.ts';
import { samples as linalgSetDiag } from './linalg/set-diag.samples.ts';
import { samples as linalgSlogdet } from './linalg/slogdet.samples.ts';
import { samples as linalgSolve } from './linalg/solve.samples.ts';
import { samples as linalgTrace } from './linalg/trace.samples.ts';
import { samples as linalgTriangularSolve } from './linalg/triangular-solve.samples.ts';
import { samples as lossesAbsoluteDifference } from './losses/absolute-difference.samples.ts';
import { samples as lossesComputeWeightedLoss } from './losses/compute-weighted-loss.samples.ts';
import { samples as lossesCosineDistance } from './losses/cosine-distance.samples.ts';
import { samples as lossesHalfSquaredError } from './losses/half-squared-error.samples.ts';
import { samples as lossesHingeLoss } from './losses/hinge-loss.samples.ts';
import { samples as lossesHuberLoss } from './losses/huber-loss.samples.ts';
import { samples as lossesLogLoss } from './losses/log-loss.samples.ts';
import { samples as lossesMeanSquaredError } from './losses/mean-squared-error.samples.ts';
import { samples as lossesSigmoidCrossEntropy } from './losses/sigmoid-cross-entropy.samples.ts';
import { samples as lossesSoftmaxCrossEntropy } from './losses/softmax-cross-entropy.samples.ts';
import { samples as lossesSparseSoftmaxCrossEntropy } from './losses/sparse-softmax-cross-entropy.samples.ts';
import { samples as lossesSumOfSquaredErrors } from './losses/sum-of-squared-errors.samples.ts';
import { samples as matrixEinsum } from './matrix/einsum.samples.ts';
import { samples as matrixFusedMatMul } from './matrix/fused-mat-mul.samples.ts';
import { samples as matrixMatMul } from './matrix/mat-mul.samples.ts';
import { samples as matrixOuterProduct } from './matrix/outer-product.samples.ts';
import { samples as matrixTranspose } from './matrix/transpose.samples.ts';
import { samples as normalizationBatchNormTraining } from './normalization/batch-norm-training.samples.ts';
import { samples as normalizationFusedBatchNorm } from './normalization/fused-batch-norm.samples.ts';
import { samples as normalizationLayerNorm } from './normalization/layer-norm.samples.ts';
import { samples as normalizationLrn } from './normalization/lrn.samples.ts';
import { samples as normalizationLrnGrad } from './normalization/lrn-grad.samples.ts';
import { samples as normalizationMovingAverage } from './normalization/moving-average.samples.ts';
import { samples as poolingAvgPool } from './pooling/avg-pool.samples.ts';
import { samples as poolingAvgPool3d } from './pooling/avg-pool-3d.samples.ts';
import { samples as poolingAvgPool3dGrad } from './pooling/avg-pool-3d-grad.samples.ts';
import { samples as poolingAvgPoolGrad } from './pooling/avg-pool-grad.samples.ts';
import { samples as poolingMaxPool } from './pooling/max-pool.samples.ts';
import { samples as poolingMaxPool3d } from './pooling/max-pool-3d.samples.ts';
import { samples as poolingMaxPool3dGrad } from './pooling/max-pool-3d-grad.samples.ts';
import { samples as poolingMaxPool3dGradGrad } from './pooling/max-pool-3d-grad-grad.samples.ts';
import { samples as poolingMaxPoolGrad } from './pooling/max-pool-grad.samples.ts';
import { samples as poolingMaxPoolGradGrad } from './pooling/max-pool-grad-grad.samples.ts';
import { samples as poolingMaxPoolWithArgmax } from './pooling/max-pool-with-argmax.samples.ts';
import { samples as poolingPool } from './pooling/pool.samples.ts';
import { samples as primitivesAddN } from './primitives/add-n.samples.ts';
import { samples as primitivesBroadcastTo } from './primitives/broadcast-to.samples.ts';
import { samples as primitivesCall } from './primitives/call.samples.ts';
import { samples as primitivesCast } from './primitives/cast.samples.ts';
import { samples as primitivesConstant } from './primitives/constant.samples.ts';
import { samples as primitivesDimValue } from './primitives/dim-value.samples.ts';
import { samples as primitivesFill } from './primitives/fill.samples.ts';
import { samples as primitivesIota } from './primitives/iota.samples.ts';
import { samples as primitivesMap } from './primitives/map.samples.ts';
import { samples as primitivesReshape } from './primitives/reshape.samples.ts';
import { samples as primitivesStopGradient } from './primitives/stop-gradient.samples.ts';
import { samples as randomDropout } from './random/dropout.samples.ts';
import { samples as randomMultinomial } from './random/multinomial.samples.ts';
import { samples as randomRandomGamma } from './random/random-gamma.samples.ts';
import { samples as randomRandomNormal } from './random/random-normal.samples.ts';
import { samples as randomRandomUniform } from './random/random-uniform.samples.ts';
import { samples as randomRandomUniformInt } from './random/random-uniform-int.samples.ts';
import { samples as randomTruncatedNormal } from './random/truncated-normal.samples.ts';
import { samples as recurrentBasicLstmCell } from './recurrent/basic-lstm-cell.samples.ts';
import { samples as recurrentMultiRnnCell } from './recurrent/multi-rnn-cell.samples.ts';
import { samples as reductionAll } from './reduction/all.samples.ts';
import { samples as reductionAny } from './reduction/any.samples.ts';
import { samples as reductionArgMax } from './reduction/arg-max.samples.ts';
import { samples as reductionArgMin } from './reduction/arg-min.samples.ts';
import { samples as reductionEuclideanNorm } from './reduction/euclidean-norm.samples.ts';
import { samples as reductionLogSumExp } from './reduction/log-sum-exp.samples.ts';
import { samples as reductionMax } from './reduction/max.samples.ts';
import { samples as reductionMean } from './reduction/mean.samples.ts';
import { samples as reductionMin } from './reduction/min.samples.ts';
import { samples as reductionMoments } from './reduction/moments.samples.ts';
import { samples as reductionNorm } from './reduction/norm.samples.ts';
import { samples as reductionProd } from './reduction/prod.samples.ts';
import { samples as reductionSum } from './reduction/sum.samples.ts';
import type { Sample } from './sample.ts';
import { samples as scanCumprod } from './scan/cumprod.samples.ts';
import { samples as scanCumsum } from './scan/cumsum.samples.ts';
import { samples as shapeBatchToSpaceNd } from './shape/batch-to-space-nd.samples.ts';
import { samples as shapeConcat } from './shape/concat.samples.ts';
import { samples as shapeDepthToSpace } from './shape/depth-to-space.samples.ts';
import { samples as shapeEnsureShape } from './shape/ensure-shape.samples.ts';
import { samples as shapeExpandDims } from './shape/expand-dims.samples.ts';
import { samples as shapeFlatten } from './shape/flatten.samples.ts';
import { samples as shapeIdentity } from './shape/identity.samples.ts';
import { samples as shapeMeshgrid } from './shape/meshgrid.samples.ts';
import { samples as shapeMirrorPad } from './shape/mirror-pad.samples.ts';
import { samples as shapePad } from './shape/pad.samples.ts';
import { samples as shapeReverse } from './shape/reverse.samples.ts';
import { samples as shapeSlice } from './shape/slice.samples.ts';
import { samples as shapeSpaceToBatchNd } from './shape/space-to-batch-nd.samples.ts';
import { samples as shapeSplit } from './shape/split.samples.ts';
import { samples as shapeSqueeze } from './shape/squeeze.samples.ts';
import { samples as shapeStack } from './shape/stack.samples.ts';
import { samples as shapeStridedSlice } from './shape/strided-slice.samples.ts';
import { samples as shapeTile } from './shape/tile.samples.ts';
import { samples as shapeUnstack } from './shape/unstack.samples.ts';
import { samples as signalFrame } from './signal/frame.samples.ts';
import { samples as signalHammingWindow } from './signal/hamming-window.samples.ts';
import { samples as signalHannWindow } from './signal/hann-window.samples.ts';
import { samples as signalStft } from './signal/stft.samples.ts';
import { samples as sortingInTopK } from './sorting/in-top-k.samples.ts';
import { samples as sortingSearchSorted } from './sorting/search-sorted.samples.ts';
import { samples as sortingTopk } from './sorting/topk.samples.ts';
import { samples as sparseSparseSegmentMean } from './sparse/sparse-segment-mean.samples.ts';
import { samples as sparseSparseSegmentSum } from './sparse/sparse-segment-sum.samples.ts';
import { samples as spectralDft } from './spectral/dft.samples.ts';
import { samples as spectralFft } from './spectral/fft.samples.ts';
import { samples as spectralIfft } from './spectral/ifft.samples.ts';
import { samples as spectralIrfft } from './spectral/irfft.samples.ts';
import { samples as spectralRfft } from './spectral/rfft.samples.ts';

/** An entry of the catalogue with the rows that it is checked by. */
export interface SampledEntry extends CatalogueEntry {
  readonly samples: readonly Sample[];
}

const samples: Readonly<Record<string, readonly Sample[]>> = {
  'activation/elu': activationElu,
  'activation/elu-grad': activationEluGrad,
  'activation/gelu': activationGelu,
  'activation/hard-sigmoid': activationHardSigmoid,
  'activation/hard-swish': activationHardSwish,
  'activation/leaky-relu': activationLeakyRelu,
  'activation/log-sigmoid': activationLogSigmoid,
  'activation/log-softmax': activationLogSoftmax,
  'activation/mish': activationMish,
  'activation/prelu': activationPrelu,
  'activation/relu': activationRelu,
  'activation/relu6': activationRelu6,
  'activation/selu': activationSelu,
  'activation/sigmoid': activationSigmoid,
  'activation/silu': activationSilu,
  'activation/softmax': activationSoftmax,
  'activation/softplus': activationSoftplus,
  'activation/softsign': activationSoftsign,
  'comparison/equal': comparisonEqual,
  'comparison/greater': comparisonGreater,
  'comparison/greater-equal': comparisonGreaterEqual,
  'comparison/is-finite': comparisonIsFinite,
  'comparison/is-inf': comparisonIsInf,
  'comparison/is-nan': comparisonIsNan,
  'comparison/less': comparisonLess,
  'comparison/less-equal': comparisonLessEqual,
  'comparison/logical-and': comparisonLogicalAnd,
  'comparison/logical-not': comparisonLogicalNot,
  'comparison/logical-or': comparisonLogicalOr,
  'comparison/logical-xor': comparisonLogicalXor,
  'comparison/not-equal': comparisonNotEqual,
  'comparison/where': comparisonWhere,
  'complex/complex': complexComplex,
  'complex/complex-abs': complexComplexAbs,
  'complex/conj': complexConj,
  'complex/imag': complexImag,
  'complex/real': complexReal,
  'convolution/conv1d': convolutionConv1d,
  'convolution/conv2d': convolutionConv2d,
  'convolution/conv2d-backprop-filter': convolutionConv2dBackpropFilter,
  'convolution/conv2d-backprop-input': convolutionConv2dBackpropInput,
  'convolution/conv2d-transpose': convolutionConv2dTranspose,
  'convolution/conv3d': convolutionConv3d,
  'convolution/conv3d-backprop-filter': convolutionConv3dBackpropFilter,
  'convolution/conv3d-backprop-input': convolutionConv3dBackpropInput,
  'convolution/conv3d-transpose': convolutionConv3dTranspose,
  'convolution/depthwise-conv2d': convolutionDepthwiseConv2d,
  'convolution/depthwise-conv2d-backprop-filter': convolutionDepthwiseConv2dBackpropFilter,
  'convolution/depthwise-conv2d-backprop-input': convolutionDepthwiseConv2dBackpropInput,
  'convolution/dilation2d': convolutionDilation2d,
  'convolution/dilation2d-backprop-filter': convolutionDilation2dBackpropFilter,
  'convolution/dilation2d-backprop-input': convolutionDilation2dBackpropInput,
  'convolution/fused-conv2d': convolutionFusedConv2d,
  'convolution/fused-depthwise-conv2d': convolutionFusedDepthwiseConv2d,
  'convolution/separable-conv2d': convolutionSeparableConv2d,
  'elementwise/abs': elementwiseAbs,
  'elementwise/acos': elementwiseAcos,
  'elementwise/acosh': elementwiseAcosh,
  'elementwise/add': elementwiseAdd,
  'elementwise/asin': elementwiseAsin,
  'elementwise/asinh': elementwiseAsinh,
  'elementwise/atan': elementwiseAtan,
  'elementwise/atan2': elementwiseAtan2,
  'elementwise/atanh': elementwiseAtanh,
  'elementwise/bitwise-and': elementwiseBitwiseAnd,
  'elementwise/ceil': elementwiseCeil,
  'elementwise/clip-by-value': elementwiseClipByValue,
  'elementwise/cos': elementwiseCos,
  'elementwise/cosh': elementwiseCosh,
  'elementwise/div': elementwiseDiv,
  'elementwise/div-no-nan': elementwiseDivNoNan,
  'elementwise/erf': elementwiseErf,
  'elementwise/exp': elementwiseExp,
  'elementwise/expm1': elementwiseExpm1,
  'elementwise/floor': elementwiseFloor,
  'elementwise/floor-div': elementwiseFloorDiv,
  'elementwise/log': elementwiseLog,
  'elementwise/log1p': elementwiseLog1p,
  'elementwise/maximum': elementwiseMaximum,
  'elementwise/minimum': elementwiseMinimum,
  'elementwise/mod': elementwiseMod,
  'elementwise/multiply': elementwiseMultiply,
  'elementwise/neg': elementwiseNeg,
  'elementwise/pow': elementwisePow,
  'elementwise/reciprocal': elementwiseReciprocal,
  'elementwise/round': elementwiseRound,
  'elementwise/rsqrt': elementwiseRsqrt,
  'elementwise/sign': elementwiseSign,
  'elementwise/sin': elementwiseSin,
  'elementwise/sinh': elementwiseSinh,
  'elementwise/sqrt': elementwiseSqrt,
  'elementwise/square': elementwiseSquare,
  'elementwise/squared-difference': elementwiseSquaredDifference,
  'elementwise/step': elementwiseStep,
  'elementwise/sub': elementwiseSub,
  'elementwise/tan': elementwiseTan,
  'elementwise/tanh': elementwiseTanh,
  'image/crop-and-resize': imageCropAndResize,
  'image/flip-left-right': imageFlipLeftRight,
  'image/grayscale-to-rgb': imageGrayscaleToRgb,
  'image/resize-bilinear': imageResizeBilinear,
  'image/resize-bilinear-grad': imageResizeBilinearGrad,
  'image/resize-nearest-neighbor': imageResizeNearestNeighbor,
  'image/resize-nearest-neighbor-grad': imageResizeNearestNeighborGrad,
  'image/rgb-to-grayscale': imageRgbToGrayscale,
  'image/rotate-with-offset': imageRotateWithOffset,
  'image/rotate-with-offset-grad': imageRotateWithOffsetGrad,
  'image/threshold': imageThreshold,
  'image/transform': imageTransform,
  'indexing/bincount': indexingBincount,
  'indexing/confusion-matrix': indexingConfusionMatrix,
  'indexing/dense-bincount': indexingDenseBincount,
  'indexing/diag': indexingDiag,
  'indexing/embedding-lookup': indexingEmbeddingLookup,
  'indexing/eye': indexingEye,
  'indexing/gather': indexingGather,
  'indexing/gather-nd': indexingGatherNd,
  'indexing/one-hot': indexingOneHot,
  'indexing/scatter-nd': indexingScatterNd,
  'indexing/sparse-to-dense': indexingSparseToDense,
  'indexing/tensor-scatter-update': indexingTensorScatterUpdate,
  'indexing/unsorted-segment-sum': indexingUnsortedSegmentSum,
  'linalg/adjugate': linalgAdjugate,
  'linalg/band-part': linalgBandPart,
  'linalg/cholesky': linalgCholesky,
  'linalg/det': linalgDet,
  'linalg/diag': linalgDiag,
  'linalg/diag-part': linalgDiagPart,
  'linalg/gram-schmidt': linalgGramSchmidt,
  'linalg/inv': linalgInv,
  'linalg/logdet': linalgLogdet,
  'linalg/lstsq': linalgLstsq,
  'linalg/lu': linalgLu,
  'linalg/matrix-transpose': linalgMatrixTranspose,
  'linalg/qr': linalgQr,
  'linalg/set-diag': linalgSetDiag,
  'linalg/slogdet': linalgSlogdet,
  'linalg/solve': linalgSolve,
  'linalg/trace': linalgTrace,
  'linalg/triangular-solve': linalgTriangularSolve,
  'losses/absolute-difference': lossesAbsoluteDifference,
  'losses/compute-weighted-loss': lossesComputeWeightedLoss,
  'losses/cosine-distance': lossesCosineDistance,
  'losses/half-squared-error': lossesHalfSquaredError,
  'losses/hinge-loss': lossesHingeLoss,
  'losses/huber-loss': lossesHuberLoss,
  'losses/log-loss': lossesLogLoss,
  'losses/mean-squared-error': lossesMeanSquaredError,
  'losses/sigmoid-cross-entropy': lossesSigmoidCrossEntropy,
  'losses/softmax-cross-entropy': lossesSoftmaxCrossEntropy,
  'losses/sparse-softmax-cross-entropy': lossesSparseSoftmaxCrossEntropy,
  'losses/sum-of-squared-errors': lossesSumOfSquaredErrors,
  'matrix/einsum': matrixEinsum,
  'matrix/fused-mat-mul': matrixFusedMatMul,
  'matrix/mat-mul': matrixMatMul,
  'matrix/outer-product': matrixOuterProduct,
  'matrix/transpose': matrixTranspose,
  'normalization/batch-norm-training': normalizationBatchNormTraining,
  'normalization/fused-batch-norm': normalizationFusedBatchNorm,
  'normalization/layer-norm': normalizationLayerNorm,
  'normalization/lrn': normalizationLrn,
  'normalization/lrn-grad': normalizationLrnGrad,
  'normalization/moving-average': normalizationMovingAverage,
  'pooling/avg-pool': poolingAvgPool,
  'pooling/avg-pool-3d': poolingAvgPool3d,
  'pooling/avg-pool-3d-grad': poolingAvgPool3dGrad,
  'pooling/avg-pool-grad': poolingAvgPoolGrad,
  'pooling/max-pool': poolingMaxPool,
  'pooling/max-pool-3d': poolingMaxPool3d,
  'pooling/max-pool-3d-grad': poolingMaxPool3dGrad,
  'pooling/max-pool-3d-grad-grad': poolingMaxPool3dGradGrad,
  'pooling/max-pool-grad': poolingMaxPoolGrad,
  'pooling/max-pool-grad-grad': poolingMaxPoolGradGrad,
  'pooling/max-pool-with-argmax': poolingMaxPoolWithArgmax,
  'pooling/pool': poolingPool,
  'primitives/add-n': primitivesAddN,
  'primitives/broadcast-to': primitivesBroadcastTo,
  'primitives/call': primitivesCall,
  'primitives/cast': primitivesCast,
  'primitives/constant': primitivesConstant,
  'primitives/dim-value': primitivesDimValue,
  'primitives/fill': primitivesFill,
  'primitives/iota': primitivesIota,
  'primitives/map': primitivesMap,
  'primitives/reshape': primitivesReshape,
  'primitives/stop-gradient': primitivesStopGradient,
  'random/dropout': randomDropout,
  'random/multinomial': randomMultinomial,
  'random/random-gamma': randomRandomGamma,
  'random/random-normal': randomRandomNormal,
  'random/random-uniform': randomRandomUniform,
  'random/random-uniform-int': randomRandomUniformInt,
  'random/truncated-normal': randomTruncatedNormal,
  'recurrent/basic-lstm-cell': recurrentBasicLstmCell,
  'recurrent/multi-rnn-cell': recurrentMultiRnnCell,
  'reduction/all': reductionAll,
  'reduction/any': reductionAny,
  'reduction/arg-max': reductionArgMax,
  'reduction/arg-min': reductionArgMin,
  'reduction/euclidean-norm': reductionEuclideanNorm,
  'reduction/log-sum-exp': reductionLogSumExp,
  'reduction/max': reductionMax,
  'reduction/mean': reductionMean,
  'reduction/min': reductionMin,
  'reduction/moments': reductionMoments,
  'reduction/norm': reductionNorm,
  'reduction/prod': reductionProd,
  'reduction/sum': reductionSum,
  'scan/cumprod': scanCumprod,
  'scan/cumsum': scanCumsum,
  'shape/batch-to-space-nd': shapeBatchToSpaceNd,
  'shape/concat': shapeConcat,
  'shape/depth-to-space': shapeDepthToSpace,
  'shape/ensure-shape': shapeEnsureShape,
  'shape/expand-dims': shapeExpandDims,
  'shape/flatten': shapeFlatten,
  'shape/identity': shapeIdentity,
  'shape/meshgrid': shapeMeshgrid,
  'shape/mirror-pad': shapeMirrorPad,
  'shape/pad': shapePad,
  'shape/reverse': shapeReverse,
  'shape/slice': shapeSlice,
  'shape/space-to-batch-nd': shapeSpaceToBatchNd,
  'shape/split': shapeSplit,
  'shape/squeeze': shapeSqueeze,
  'shape/stack': shapeStack,
  'shape/strided-slice': shapeStridedSlice,
  'shape/tile': shapeTile,
  'shape/unstack': shapeUnstack,
  'signal/frame': signalFrame,
  'signal/hamming-window': signalHammingWindow,
  'signal/hann-window': signalHannWindow,
  'signal/stft': signalStft,
  'sorting/in-top-k': sortingInTopK,
  'sorting/search-sorted': sortingSearchSorted,
  'sorting/topk': sortingTopk,
  'sparse/sparse-segment-mean': sparseSparseSegmentMean,
  'sparse/sparse-segment-sum': sparseSparseSegmentSum,
  'spectral/dft': spectralDft,
  'spectral/fft': spectralFft,
  'spectral/ifft': spectralIfft,
  'spectral/irfft': spectralIrfft,
  'spectral/rfft': spectralRfft,
};

/** All of the catalogue. */
export const sampled: readonly SampledEntry[] = catalogue.map((entry) => ({ ...entry, samples: samples[entry.path]! }));
