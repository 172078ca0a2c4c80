// Written by scripts/catalogue.mjs: do not edit.
import type { AnyOp, OpDoc } from '../engine/index.ts';
import * as activationElu from './activation/elu.ts';
import * as activationEluGrad from './activation/elu-grad.ts';
import * as activationGelu from './activation/gelu.ts';
import * as activationHardSigmoid from './activation/hard-sigmoid.ts';
import * as activationHardSwish from './activation/hard-swish.ts';
import * as activationLeakyRelu from './activation/leaky-relu.ts';
import * as activationLogSigmoid from './activation/log-sigmoid.ts';
import * as activationLogSoftmax from './activation/log-softmax.ts';
import * as activationMish from './activation/mish.ts';
import * as activationPrelu from './activation/prelu.ts';
import * as activationRelu from './activation/relu.ts';
import * as activationRelu6 from './activation/relu6.ts';
import * as activationSelu from './activation/selu.ts';
import * as activationSigmoid from './activation/sigmoid.ts';
import * as activationSilu from './activation/silu.ts';
import * as activationSoftmax from './activation/softmax.ts';
import * as activationSoftplus from './activation/softplus.ts';
import * as activationSoftsign from './activation/softsign.ts';
import * as comparisonEqual from './comparison/equal.ts';
import * as comparisonGreater from './comparison/greater.ts';
import * as comparisonGreaterEqual from './comparison/greater-equal.ts';
import * as comparisonIsFinite from './comparison/is-finite.ts';
import * as comparisonIsInf from './comparison/is-inf.ts';
import * as comparisonIsNan from './comparison/is-nan.ts';
import * as comparisonLess from './comparison/less.ts';
import * as comparisonLessEqual from './comparison/less-equal.ts';
import * as comparisonLogicalAnd from './comparison/logical-and.ts';
import * as comparisonLogicalNot from './comparison/logical-not.ts';
import * as comparisonLogicalOr from './comparison/logical-or.ts';
import * as comparisonLogicalXor from './comparison/logical-xor.ts';
import * as comparisonNotEqual from './comparison/not-equal.ts';
import * as comparisonWhere from './comparison/where.ts';
import * as complexComplex from './complex/complex.ts';
import * as complexComplexAbs from './complex/complex-abs.ts';
import * as complexConj from './complex/conj.ts';
import * as complexImag from './complex/imag.ts';
import * as complexReal from './complex/real.ts';
import * as convolutionConv1d from './convolution/conv1d.ts';
import * as convolutionConv2d from './convolution/conv2d.ts';
import * as convolutionConv2dBackpropFilter from './convolution/conv2d-backprop-filter.ts';
import * as convolutionConv2dBackpropInput from './convolution/conv2d-backprop-input.ts';
import * as convolutionConv2dTranspose from './convolution/conv2d-transpose.ts';
import * as convolutionConv3d from './convolution/conv3d.ts';
import * as convolutionConv3dBackpropFilter from './convolution/conv3d-backprop-filter.ts';
import * as convolutionConv3dBackpropInput from './convolution/conv3d-backprop-input.ts';
import * as convolutionConv3dTranspose from './convolution/conv3d-transpose.ts';
import * as convolutionDepthwiseConv2d from './convolution/depthwise-conv2d.ts';
import * as convolutionDepthwiseConv2dBackpropFilter from './convolution/depthwise-conv2d-backprop-filter.ts';
import * as convolutionDepthwiseConv2dBackpropInput from './convolution/depthwise-conv2d-backprop-input.ts';
import * as convolutionDilation2d from './convolution/dilation2d.ts';
import * as convolutionDilation2dBackpropFilter from './convolution/dilation2d-backprop-filter.ts';
import * as convolutionDilation2dBackpropInput from './convolution/dilation2d-backprop-input.ts';
import * as convolutionFusedConv2d from './convolution/fused-conv2d.ts';
import * as convolutionFusedDepthwiseConv2d from './convolution/fused-depthwise-conv2d.ts';
import * as convolutionSeparableConv2d from './convolution/separable-conv2d.ts';
import * as elementwiseAbs from './elementwise/abs.ts';
import * as elementwiseAcos from './elementwise/acos.ts';
import * as elementwiseAcosh from './elementwise/acosh.ts';
import * as elementwiseAdd from './elementwise/add.ts';
import * as elementwiseAsin from './elementwise/asin.ts';
import * as elementwiseAsinh from './elementwise/asinh.ts';
import * as elementwiseAtan from './elementwise/atan.ts';
import * as elementwiseAtan2 from './elementwise/atan2.ts';
import * as elementwiseAtanh from './elementwise/atanh.ts';
import * as elementwiseBitwiseAnd from './elementwise/bitwise-and.ts';
import * as elementwiseCeil from './elementwise/ceil.ts';
import * as elementwiseClipByValue from './elementwise/clip-by-value.ts';
import * as elementwiseCos from './elementwise/cos.ts';
import * as elementwiseCosh from './elementwise/cosh.ts';
import * as elementwiseDiv from './elementwise/div.ts';
import * as elementwiseDivNoNan from './elementwise/div-no-nan.ts';
import * as elementwiseErf from './elementwise/erf.ts';
import * as elementwiseExp from './elementwise/exp.ts';
import * as elementwiseExpm1 from './elementwise/expm1.ts';
import * as elementwiseFloor from './elementwise/floor.ts';
import * as elementwiseFloorDiv from './elementwise/floor-div.ts';
import * as elementwiseLog from './elementwise/log.ts';
import * as elementwiseLog1p from './elementwise/log1p.ts';
import * as elementwiseMaximum from './elementwise/maximum.ts';
import * as elementwiseMinimum from './elementwise/minimum.ts';
import * as elementwiseMod from './elementwise/mod.ts';
import * as elementwiseMultiply from './elementwise/multiply.ts';
import * as elementwiseNeg from './elementwise/neg.ts';
import * as elementwisePow from './elementwise/pow.ts';
import * as elementwiseReciprocal from './elementwise/reciprocal.ts';
import * as elementwiseRound from './elementwise/round.ts';
import * as elementwiseRsqrt from './elementwise/rsqrt.ts';
import * as elementwiseSign from './elementwise/sign.ts';
import * as elementwiseSin from './elementwise/sin.ts';
import * as elementwiseSinh from './elementwise/sinh.ts';
import * as elementwiseSqrt from './elementwise/sqrt.ts';
import * as elementwiseSquare from './elementwise/square.ts';
import * as elementwiseSquaredDifference from './elementwise/squared-difference.ts';
import * as elementwiseStep from './elementwise/step.ts';
import * as elementwiseSub from './elementwise/sub.ts';
import * as elementwiseTan from './elementwise/tan.ts';
import * as elementwiseTanh from './elementwise/tanh.ts';
import * as imageCropAndResize from './image/crop-and-resize.ts';
import * as imageFlipLeftRight from './image/flip-left-right.ts';
import * as imageGrayscaleToRgb from './image/grayscale-to-rgb.ts';
import * as imageResizeBilinear from './image/resize-bilinear.ts';
import * as imageResizeBilinearGrad from './image/resize-bilinear-grad.ts';
import * as imageResizeNearestNeighbor from './image/resize-nearest-neighbor.ts';
import * as imageResizeNearestNeighborGrad from './image/resize-nearest-neighbor-grad.ts';
import * as imageRgbToGrayscale from './image/rgb-to-grayscale.ts';
import * as imageRotateWithOffset from './image/rotate-with-offset.ts';
import * as imageRotateWithOffsetGrad from './image/rotate-with-offset-grad.ts';
import * as imageThreshold from './image/threshold.ts';
import * as imageTransform from './image/transform.ts';
import * as indexingBincount from './indexing/bincount.ts';
import * as indexingConfusionMatrix from './indexing/confusion-matrix.ts';
import * as indexingDenseBincount from './indexing/dense-bincount.ts';
import * as indexingDiag from './indexing/diag.ts';
import * as indexingEmbeddingLookup from './indexing/embedding-lookup.ts';
import * as indexingEye from './indexing/eye.ts';
import * as indexingGather from './indexing/gather.ts';
import * as indexingGatherNd from './indexing/gather-nd.ts';
import * as indexingOneHot from './indexing/one-hot.ts';
import * as indexingScatterNd from './indexing/scatter-nd.ts';
import * as indexingSparseToDense from './indexing/sparse-to-dense.ts';
import * as indexingTensorScatterUpdate from './indexing/tensor-scatter-update.ts';
import * as indexingUnsortedSegmentSum from './indexing/unsorted-segment-sum.ts';
import * as linalgAdjugate from './linalg/adjugate.ts';
import * as linalgBandPart from './linalg/band-part.ts';
import * as linalgCholesky from './linalg/cholesky.ts';
import * as linalgDet from './linalg/det.ts';
import * as linalgDiag from './linalg/diag.ts';
import * as linalgDiagPart from './linalg/diag-part.ts';
import * as linalgGramSchmidt from './linalg/gram-schmidt.ts';
import * as linalgInv from './linalg/inv.ts';
import * as linalgLogdet from './linalg/logdet.ts';
import * as linalgLstsq from './linalg/lstsq.ts';
import * as linalgLu from './linalg/lu.ts';
import * as linalgMatrixTranspose from './linalg/matrix-transpose.ts';
import * as linalgQr from './linalg/qr.ts';
import * as linalgSetDiag from './linalg/set-diag.ts';
import * as linalgSlogdet from './linalg/slogdet.ts';
import * as linalgSolve from './linalg/solve.ts';
import * as linalgTrace from './linalg/trace.ts';
import * as linalgTriangularSolve from './linalg/triangular-solve.ts';
import * as lossesAbsoluteDifference from './losses/absolute-difference.ts';
import * as lossesComputeWeightedLoss from './losses/compute-weighted-loss.ts';
import * as lossesCosineDistance from './losses/cosine-distance.ts';
import * as lossesHalfSquaredError from './losses/half-squared-error.ts';
import * as lossesHingeLoss from './losses/hinge-loss.ts';
import * as lossesHuberLoss from './losses/huber-loss.ts';
import * as lossesLogLoss from './losses/log-loss.ts';
import * as lossesMeanSquaredError from './losses/mean-squared-error.ts';
import * as lossesSigmoidCrossEntropy from './losses/sigmoid-cross-entropy.ts';
import * as lossesSoftmaxCrossEntropy from './losses/softmax-cross-entropy.ts';
import * as lossesSparseSoftmaxCrossEntropy from './losses/sparse-softmax-cross-entropy.ts';
import * as lossesSumOfSquaredErrors from './losses/sum-of-squared-errors.ts';
import * as matrixEinsum from './matrix/einsum.ts';
import * as matrixFusedMatMul from './matrix/fused-mat-mul.ts';
import * as matrixMatMul from './matrix/mat-mul.ts';
import * as matrixOuterProduct from './matrix/outer-product.ts';
import * as matrixTranspose from './matrix/transpose.ts';
import * as normalizationBatchNormTraining from './normalization/batch-norm-training.ts';
import * as normalizationFusedBatchNorm from './normalization/fused-batch-norm.ts';
import * as normalizationLayerNorm from './normalization/layer-norm.ts';
import * as normalizationLrn from './normalization/lrn.ts';
import * as normalizationLrnGrad from './normalization/lrn-grad.ts';
import * as normalizationMovingAverage from './normalization/moving-average.ts';
import * as poolingAvgPool from './pooling/avg-pool.ts';
import * as poolingAvgPool3d from './pooling/avg-pool-3d.ts';
import * as poolingAvgPool3dGrad from './pooling/avg-pool-3d-grad.ts';
import * as poolingAvgPoolGrad from './pooling/avg-pool-grad.ts';
import * as poolingMaxPool from './pooling/max-pool.ts';
import * as poolingMaxPool3d from './pooling/max-pool-3d.ts';
import * as poolingMaxPool3dGrad from './pooling/max-pool-3d-grad.ts';
import * as poolingMaxPool3dGradGrad from './pooling/max-pool-3d-grad-grad.ts';
import * as poolingMaxPoolGrad from './pooling/max-pool-grad.ts';
import * as poolingMaxPoolGradGrad from './pooling/max-pool-grad-grad.ts';
import * as poolingMaxPoolWithArgmax from './pooling/max-pool-with-argmax.ts';
import * as poolingPool from './pooling/pool.ts';
import * as primitivesAddN from './primitives/add-n.ts';
import * as primitivesBroadcastTo from './primitives/broadcast-to.ts';
import * as primitivesCall from './primitives/call.ts';
import * as primitivesCast from './primitives/cast.ts';
import * as primitivesConstant from './primitives/constant.ts';
import * as primitivesDimValue from './primitives/dim-value.ts';
import * as primitivesFill from './primitives/fill.ts';
import * as primitivesIota from './primitives/iota.ts';
import * as primitivesMap from './primitives/map.ts';
import * as primitivesReshape from './primitives/reshape.ts';
import * as primitivesStopGradient from './primitives/stop-gradient.ts';
import * as randomDropout from './random/dropout.ts';
import * as randomMultinomial from './random/multinomial.ts';
import * as randomRandomGamma from './random/random-gamma.ts';
import * as randomRandomNormal from './random/random-normal.ts';
import * as randomRandomUniform from './random/random-uniform.ts';
import * as randomRandomUniformInt from './random/random-uniform-int.ts';
import * as randomTruncatedNormal from './random/truncated-normal.ts';
import * as recurrentBasicLstmCell from './recurrent/basic-lstm-cell.ts';
import * as recurrentMultiRnnCell from './recurrent/multi-rnn-cell.ts';
import * as reductionAll from './reduction/all.ts';
import * as reductionAny from './reduction/any.ts';
import * as reductionArgMax from './reduction/arg-max.ts';
import * as reductionArgMin from './reduction/arg-min.ts';
import * as reductionEuclideanNorm from './reduction/euclidean-norm.ts';
import * as reductionLogSumExp from './reduction/log-sum-exp.ts';
import * as reductionMax from './reduction/max.ts';
import * as reductionMean from './reduction/mean.ts';
import * as reductionMin from './reduction/min.ts';
import * as reductionMoments from './reduction/moments.ts';
import * as reductionNorm from './reduction/norm.ts';
import * as reductionProd from './reduction/prod.ts';
import * as reductionSum from './reduction/sum.ts';
import * as scanCumprod from './scan/cumprod.ts';
import * as scanCumsum from './scan/cumsum.ts';
import * as shapeBatchToSpaceNd from './shape/batch-to-space-nd.ts';
import * as shapeConcat from './shape/concat.ts';
import * as shapeDepthToSpace from './shape/depth-to-space.ts';
import * as shapeEnsureShape from './shape/ensure-shape.ts';
import * as shapeExpandDims from './shape/expand-dims.ts';
import * as shapeFlatten from './shape/flatten.ts';
import * as shapeIdentity from './shape/identity.ts';
import * as shapeMeshgrid from './shape/meshgrid.ts';
import * as shapeMirrorPad from './shape/mirror-pad.ts';
import * as shapePad from './shape/pad.ts';
import * as shapeReverse from './shape/reverse.ts';
import * as shapeSlice from './shape/slice.ts';
import * as shapeSpaceToBatchNd from './shape/space-to-batch-nd.ts';
import * as shapeSplit from './shape/split.ts';
import * as shapeSqueeze from './shape/squeeze.ts';
import * as shapeStack from './shape/stack.ts';
import * as shapeStridedSlice from './shape/strided-slice.ts';
import * as shapeTile from './shape/tile.ts';
import * as shapeUnstack from './shape/unstack.ts';
import * as signalFrame from './signal/frame.ts';
import * as signalHammingWindow from './signal/hamming-window.ts';
import * as signalHannWindow from './signal/hann-window.ts';
import * as signalStft from './signal/stft.ts';
import * as sortingInTopK from './sorting/in-top-k.ts';
import * as sortingSearchSorted from './sorting/search-sorted.ts';
import * as sortingTopk from './sorting/topk.ts';
import * as sparseSparseSegmentMean from './sparse/sparse-segment-mean.ts';
import * as sparseSparseSegmentSum from './sparse/sparse-segment-sum.ts';
import * as spectralDft from './spectral/dft.ts';
import * as spectralFft from './spectral/fft.ts';
import * as spectralIfft from './spectral/ifft.ts';
import * as spectralIrfft from './spectral/irfft.ts';
import * as spectralRfft from './spectral/rfft.ts';

/** What is documented: an op, or a builder made of ops, which has no definition. */
export interface CatalogueEntry {
  /** As in 'elementwise/add'. */
  readonly path: string;
  readonly op: AnyOp | undefined;
  readonly doc: OpDoc;
}

const entry = (path: string, { doc }: { readonly doc: OpDoc }, op?: AnyOp): CatalogueEntry => ({ path, op, doc });

export const catalogue: readonly CatalogueEntry[] = [
  entry('activation/elu', activationElu, activationElu.Elu),
  entry('activation/elu-grad', activationEluGrad, activationEluGrad.EluGrad),
  entry('activation/gelu', activationGelu, activationGelu.Gelu),
  entry('activation/hard-sigmoid', activationHardSigmoid, activationHardSigmoid.HardSigmoid),
  entry('activation/hard-swish', activationHardSwish, activationHardSwish.HardSwish),
  entry('activation/leaky-relu', activationLeakyRelu, activationLeakyRelu.LeakyRelu),
  entry('activation/log-sigmoid', activationLogSigmoid, activationLogSigmoid.LogSigmoid),
  entry('activation/log-softmax', activationLogSoftmax, activationLogSoftmax.LogSoftmax),
  entry('activation/mish', activationMish, activationMish.Mish),
  entry('activation/prelu', activationPrelu, activationPrelu.Prelu),
  entry('activation/relu', activationRelu, activationRelu.Relu),
  entry('activation/relu6', activationRelu6, activationRelu6.Relu6),
  entry('activation/selu', activationSelu, activationSelu.Selu),
  entry('activation/sigmoid', activationSigmoid, activationSigmoid.Sigmoid),
  entry('activation/silu', activationSilu, activationSilu.Silu),
  entry('activation/softmax', activationSoftmax, activationSoftmax.Softmax),
  entry('activation/softplus', activationSoftplus, activationSoftplus.Softplus),
  entry('activation/softsign', activationSoftsign, activationSoftsign.Softsign),
  entry('comparison/equal', comparisonEqual, comparisonEqual.Equal),
  entry('comparison/greater', comparisonGreater, comparisonGreater.Greater),
  entry('comparison/greater-equal', comparisonGreaterEqual, comparisonGreaterEqual.GreaterEqual),
  entry('comparison/is-finite', comparisonIsFinite, comparisonIsFinite.IsFinite),
  entry('comparison/is-inf', comparisonIsInf, comparisonIsInf.IsInf),
  entry('comparison/is-nan', comparisonIsNan, comparisonIsNan.IsNan),
  entry('comparison/less', comparisonLess, comparisonLess.Less),
  entry('comparison/less-equal', comparisonLessEqual, comparisonLessEqual.LessEqual),
  entry('comparison/logical-and', comparisonLogicalAnd, comparisonLogicalAnd.LogicalAnd),
  entry('comparison/logical-not', comparisonLogicalNot, comparisonLogicalNot.LogicalNot),
  entry('comparison/logical-or', comparisonLogicalOr, comparisonLogicalOr.LogicalOr),
  entry('comparison/logical-xor', comparisonLogicalXor, comparisonLogicalXor.LogicalXor),
  entry('comparison/not-equal', comparisonNotEqual, comparisonNotEqual.NotEqual),
  entry('comparison/where', comparisonWhere, comparisonWhere.Select),
  entry('complex/complex', complexComplex, complexComplex.Complex),
  entry('complex/complex-abs', complexComplexAbs, complexComplexAbs.ComplexAbs),
  entry('complex/conj', complexConj, complexConj.Conj),
  entry('complex/imag', complexImag, complexImag.Imag),
  entry('complex/real', complexReal, complexReal.Real),
  entry('convolution/conv1d', convolutionConv1d),
  entry('convolution/conv2d', convolutionConv2d, convolutionConv2d.Conv2D),
  entry(
    'convolution/conv2d-backprop-filter',
    convolutionConv2dBackpropFilter,
    convolutionConv2dBackpropFilter.Conv2DBackpropFilter,
  ),
  entry(
    'convolution/conv2d-backprop-input',
    convolutionConv2dBackpropInput,
    convolutionConv2dBackpropInput.Conv2DBackpropInput,
  ),
  entry('convolution/conv2d-transpose', convolutionConv2dTranspose),
  entry('convolution/conv3d', convolutionConv3d, convolutionConv3d.Conv3D),
  entry(
    'convolution/conv3d-backprop-filter',
    convolutionConv3dBackpropFilter,
    convolutionConv3dBackpropFilter.Conv3DBackpropFilterV2,
  ),
  entry(
    'convolution/conv3d-backprop-input',
    convolutionConv3dBackpropInput,
    convolutionConv3dBackpropInput.Conv3DBackpropInputV2,
  ),
  entry('convolution/conv3d-transpose', convolutionConv3dTranspose),
  entry('convolution/depthwise-conv2d', convolutionDepthwiseConv2d, convolutionDepthwiseConv2d.DepthwiseConv2dNative),
  entry(
    'convolution/depthwise-conv2d-backprop-filter',
    convolutionDepthwiseConv2dBackpropFilter,
    convolutionDepthwiseConv2dBackpropFilter.DepthwiseConv2dNativeBackpropFilter,
  ),
  entry(
    'convolution/depthwise-conv2d-backprop-input',
    convolutionDepthwiseConv2dBackpropInput,
    convolutionDepthwiseConv2dBackpropInput.DepthwiseConv2dNativeBackpropInput,
  ),
  entry('convolution/dilation2d', convolutionDilation2d, convolutionDilation2d.Dilation2D),
  entry(
    'convolution/dilation2d-backprop-filter',
    convolutionDilation2dBackpropFilter,
    convolutionDilation2dBackpropFilter.Dilation2DBackpropFilter,
  ),
  entry(
    'convolution/dilation2d-backprop-input',
    convolutionDilation2dBackpropInput,
    convolutionDilation2dBackpropInput.Dilation2DBackpropInput,
  ),
  entry('convolution/fused-conv2d', convolutionFusedConv2d, convolutionFusedConv2d.FusedConv2D),
  entry(
    'convolution/fused-depthwise-conv2d',
    convolutionFusedDepthwiseConv2d,
    convolutionFusedDepthwiseConv2d.FusedDepthwiseConv2D,
  ),
  entry('convolution/separable-conv2d', convolutionSeparableConv2d),
  entry('elementwise/abs', elementwiseAbs, elementwiseAbs.Abs),
  entry('elementwise/acos', elementwiseAcos, elementwiseAcos.Acos),
  entry('elementwise/acosh', elementwiseAcosh, elementwiseAcosh.Acosh),
  entry('elementwise/add', elementwiseAdd, elementwiseAdd.Add),
  entry('elementwise/asin', elementwiseAsin, elementwiseAsin.Asin),
  entry('elementwise/asinh', elementwiseAsinh, elementwiseAsinh.Asinh),
  entry('elementwise/atan', elementwiseAtan, elementwiseAtan.Atan),
  entry('elementwise/atan2', elementwiseAtan2, elementwiseAtan2.Atan2),
  entry('elementwise/atanh', elementwiseAtanh, elementwiseAtanh.Atanh),
  entry('elementwise/bitwise-and', elementwiseBitwiseAnd, elementwiseBitwiseAnd.BitwiseAnd),
  entry('elementwise/ceil', elementwiseCeil, elementwiseCeil.Ceil),
  entry('elementwise/clip-by-value', elementwiseClipByValue, elementwiseClipByValue.ClipByValue),
  entry('elementwise/cos', elementwiseCos, elementwiseCos.Cos),
  entry('elementwise/cosh', elementwiseCosh, elementwiseCosh.Cosh),
  entry('elementwise/div', elementwiseDiv, elementwiseDiv.RealDiv),
  entry('elementwise/div-no-nan', elementwiseDivNoNan, elementwiseDivNoNan.DivNoNan),
  entry('elementwise/erf', elementwiseErf, elementwiseErf.Erf),
  entry('elementwise/exp', elementwiseExp, elementwiseExp.Exp),
  entry('elementwise/expm1', elementwiseExpm1, elementwiseExpm1.Expm1),
  entry('elementwise/floor', elementwiseFloor, elementwiseFloor.Floor),
  entry('elementwise/floor-div', elementwiseFloorDiv, elementwiseFloorDiv.FloorDiv),
  entry('elementwise/log', elementwiseLog, elementwiseLog.Log),
  entry('elementwise/log1p', elementwiseLog1p, elementwiseLog1p.Log1p),
  entry('elementwise/maximum', elementwiseMaximum, elementwiseMaximum.Maximum),
  entry('elementwise/minimum', elementwiseMinimum, elementwiseMinimum.Minimum),
  entry('elementwise/mod', elementwiseMod, elementwiseMod.Mod),
  entry('elementwise/multiply', elementwiseMultiply, elementwiseMultiply.Multiply),
  entry('elementwise/neg', elementwiseNeg, elementwiseNeg.Neg),
  entry('elementwise/pow', elementwisePow, elementwisePow.Pow),
  entry('elementwise/reciprocal', elementwiseReciprocal, elementwiseReciprocal.Reciprocal),
  entry('elementwise/round', elementwiseRound, elementwiseRound.Round),
  entry('elementwise/rsqrt', elementwiseRsqrt, elementwiseRsqrt.Rsqrt),
  entry('elementwise/sign', elementwiseSign, elementwiseSign.Sign),
  entry('elementwise/sin', elementwiseSin, elementwiseSin.Sin),
  entry('elementwise/sinh', elementwiseSinh, elementwiseSinh.Sinh),
  entry('elementwise/sqrt', elementwiseSqrt, elementwiseSqrt.Sqrt),
  entry('elementwise/square', elementwiseSquare, elementwiseSquare.Square),
  entry('elementwise/squared-difference', elementwiseSquaredDifference, elementwiseSquaredDifference.SquaredDifference),
  entry('elementwise/step', elementwiseStep, elementwiseStep.Step),
  entry('elementwise/sub', elementwiseSub, elementwiseSub.Sub),
  entry('elementwise/tan', elementwiseTan, elementwiseTan.Tan),
  entry('elementwise/tanh', elementwiseTanh, elementwiseTanh.Tanh),
  entry('image/crop-and-resize', imageCropAndResize, imageCropAndResize.CropAndResize),
  entry('image/flip-left-right', imageFlipLeftRight, imageFlipLeftRight.FlipLeftRight),
  entry('image/grayscale-to-rgb', imageGrayscaleToRgb),
  entry('image/resize-bilinear', imageResizeBilinear, imageResizeBilinear.ResizeBilinear),
  entry('image/resize-bilinear-grad', imageResizeBilinearGrad, imageResizeBilinearGrad.ResizeBilinearGrad),
  entry('image/resize-nearest-neighbor', imageResizeNearestNeighbor, imageResizeNearestNeighbor.ResizeNearestNeighbor),
  entry(
    'image/resize-nearest-neighbor-grad',
    imageResizeNearestNeighborGrad,
    imageResizeNearestNeighborGrad.ResizeNearestNeighborGrad,
  ),
  entry('image/rgb-to-grayscale', imageRgbToGrayscale),
  entry('image/rotate-with-offset', imageRotateWithOffset, imageRotateWithOffset.RotateWithOffset),
  entry('image/rotate-with-offset-grad', imageRotateWithOffsetGrad, imageRotateWithOffsetGrad.RotateWithOffsetGrad),
  entry('image/threshold', imageThreshold),
  entry('image/transform', imageTransform, imageTransform.Transform),
  entry('indexing/bincount', indexingBincount, indexingBincount.Bincount),
  entry('indexing/confusion-matrix', indexingConfusionMatrix),
  entry('indexing/dense-bincount', indexingDenseBincount, indexingDenseBincount.DenseBincount),
  entry('indexing/diag', indexingDiag, indexingDiag.Diag),
  entry('indexing/embedding-lookup', indexingEmbeddingLookup),
  entry('indexing/eye', indexingEye),
  entry('indexing/gather', indexingGather, indexingGather.GatherV2),
  entry('indexing/gather-nd', indexingGatherNd, indexingGatherNd.GatherNd),
  entry('indexing/one-hot', indexingOneHot, indexingOneHot.OneHot),
  entry('indexing/scatter-nd', indexingScatterNd, indexingScatterNd.ScatterNd),
  entry('indexing/sparse-to-dense', indexingSparseToDense, indexingSparseToDense.SparseToDense),
  entry('indexing/tensor-scatter-update', indexingTensorScatterUpdate, indexingTensorScatterUpdate.TensorScatterUpdate),
  entry('indexing/unsorted-segment-sum', indexingUnsortedSegmentSum, indexingUnsortedSegmentSum.UnsortedSegmentSum),
  entry('linalg/adjugate', linalgAdjugate, linalgAdjugate.MatrixAdjugate),
  entry('linalg/band-part', linalgBandPart, linalgBandPart.MatrixBandPart),
  entry('linalg/cholesky', linalgCholesky, linalgCholesky.Cholesky),
  entry('linalg/det', linalgDet, linalgDet.MatrixDeterminant),
  entry('linalg/diag', linalgDiag),
  entry('linalg/diag-part', linalgDiagPart),
  entry('linalg/gram-schmidt', linalgGramSchmidt),
  entry('linalg/inv', linalgInv, linalgInv.MatrixInverse),
  entry('linalg/logdet', linalgLogdet),
  entry('linalg/lstsq', linalgLstsq),
  entry('linalg/lu', linalgLu, linalgLu.Lu),
  entry('linalg/matrix-transpose', linalgMatrixTranspose),
  entry('linalg/qr', linalgQr, linalgQr.Qr),
  entry('linalg/set-diag', linalgSetDiag),
  entry('linalg/slogdet', linalgSlogdet, linalgSlogdet.LogMatrixDeterminant),
  entry('linalg/solve', linalgSolve, linalgSolve.MatrixSolve),
  entry('linalg/trace', linalgTrace),
  entry('linalg/triangular-solve', linalgTriangularSolve, linalgTriangularSolve.MatrixTriangularSolve),
  entry('losses/absolute-difference', lossesAbsoluteDifference),
  entry('losses/compute-weighted-loss', lossesComputeWeightedLoss),
  entry('losses/cosine-distance', lossesCosineDistance),
  entry('losses/half-squared-error', lossesHalfSquaredError, lossesHalfSquaredError.HalfSquaredError),
  entry('losses/hinge-loss', lossesHingeLoss),
  entry('losses/huber-loss', lossesHuberLoss),
  entry('losses/log-loss', lossesLogLoss),
  entry('losses/mean-squared-error', lossesMeanSquaredError, lossesMeanSquaredError.MeanSquaredError),
  entry(
    'losses/sigmoid-cross-entropy',
    lossesSigmoidCrossEntropy,
    lossesSigmoidCrossEntropy.SigmoidCrossEntropyWithLogits,
  ),
  entry(
    'losses/softmax-cross-entropy',
    lossesSoftmaxCrossEntropy,
    lossesSoftmaxCrossEntropy.SoftmaxCrossEntropyWithLogits,
  ),
  entry('losses/sparse-softmax-cross-entropy', lossesSparseSoftmaxCrossEntropy),
  entry('losses/sum-of-squared-errors', lossesSumOfSquaredErrors, lossesSumOfSquaredErrors.SumOfSquaredErrors),
  entry('matrix/einsum', matrixEinsum, matrixEinsum.Einsum),
  entry('matrix/fused-mat-mul', matrixFusedMatMul, matrixFusedMatMul.FusedMatMul),
  entry('matrix/mat-mul', matrixMatMul, matrixMatMul.BatchMatMul),
  entry('matrix/outer-product', matrixOuterProduct),
  entry('matrix/transpose', matrixTranspose, matrixTranspose.Transpose),
  entry('normalization/batch-norm-training', normalizationBatchNormTraining),
  entry('normalization/fused-batch-norm', normalizationFusedBatchNorm, normalizationFusedBatchNorm.FusedBatchNorm),
  entry('normalization/layer-norm', normalizationLayerNorm, normalizationLayerNorm.LayerNorm),
  entry('normalization/lrn', normalizationLrn, normalizationLrn.LRN),
  entry('normalization/lrn-grad', normalizationLrnGrad, normalizationLrnGrad.LRNGrad),
  entry('normalization/moving-average', normalizationMovingAverage),
  entry('pooling/avg-pool', poolingAvgPool, poolingAvgPool.AvgPool),
  entry('pooling/avg-pool-3d', poolingAvgPool3d, poolingAvgPool3d.AvgPool3D),
  entry('pooling/avg-pool-3d-grad', poolingAvgPool3dGrad, poolingAvgPool3dGrad.AvgPool3DGrad),
  entry('pooling/avg-pool-grad', poolingAvgPoolGrad, poolingAvgPoolGrad.AvgPoolGrad),
  entry('pooling/max-pool', poolingMaxPool, poolingMaxPool.MaxPool),
  entry('pooling/max-pool-3d', poolingMaxPool3d, poolingMaxPool3d.MaxPool3D),
  entry('pooling/max-pool-3d-grad', poolingMaxPool3dGrad, poolingMaxPool3dGrad.MaxPool3DGrad),
  entry('pooling/max-pool-3d-grad-grad', poolingMaxPool3dGradGrad, poolingMaxPool3dGradGrad.MaxPool3DGradGrad),
  entry('pooling/max-pool-grad', poolingMaxPoolGrad, poolingMaxPoolGrad.MaxPoolGrad),
  entry('pooling/max-pool-grad-grad', poolingMaxPoolGradGrad, poolingMaxPoolGradGrad.MaxPoolGradGrad),
  entry('pooling/max-pool-with-argmax', poolingMaxPoolWithArgmax, poolingMaxPoolWithArgmax.MaxPoolWithArgmax),
  entry('pooling/pool', poolingPool),
  entry('primitives/add-n', primitivesAddN, primitivesAddN.AddN),
  entry('primitives/broadcast-to', primitivesBroadcastTo, primitivesBroadcastTo.BroadcastTo),
  entry('primitives/call', primitivesCall, primitivesCall.Call),
  entry('primitives/cast', primitivesCast, primitivesCast.Cast),
  entry('primitives/constant', primitivesConstant, primitivesConstant.Constant),
  entry('primitives/dim-value', primitivesDimValue, primitivesDimValue.DimValue),
  entry('primitives/fill', primitivesFill, primitivesFill.Fill),
  entry('primitives/iota', primitivesIota, primitivesIota.Iota),
  entry('primitives/map', primitivesMap, primitivesMap.MapOp),
  entry('primitives/reshape', primitivesReshape, primitivesReshape.Reshape),
  entry('primitives/stop-gradient', primitivesStopGradient, primitivesStopGradient.StopGradient),
  entry('random/dropout', randomDropout),
  entry('random/multinomial', randomMultinomial),
  entry('random/random-gamma', randomRandomGamma),
  entry('random/random-normal', randomRandomNormal, randomRandomNormal.RandomNormal),
  entry('random/random-uniform', randomRandomUniform, randomRandomUniform.RandomUniform),
  entry('random/random-uniform-int', randomRandomUniformInt, randomRandomUniformInt.RandomUniformInt),
  entry('random/truncated-normal', randomTruncatedNormal, randomTruncatedNormal.TruncatedNormal),
  entry('recurrent/basic-lstm-cell', recurrentBasicLstmCell),
  entry('recurrent/multi-rnn-cell', recurrentMultiRnnCell),
  entry('reduction/all', reductionAll, reductionAll.All),
  entry('reduction/any', reductionAny, reductionAny.Any),
  entry('reduction/arg-max', reductionArgMax, reductionArgMax.ArgMax),
  entry('reduction/arg-min', reductionArgMin, reductionArgMin.ArgMin),
  entry('reduction/euclidean-norm', reductionEuclideanNorm),
  entry('reduction/log-sum-exp', reductionLogSumExp, reductionLogSumExp.LogSumExp),
  entry('reduction/max', reductionMax, reductionMax.Max),
  entry('reduction/mean', reductionMean, reductionMean.Mean),
  entry('reduction/min', reductionMin, reductionMin.Min),
  entry('reduction/moments', reductionMoments),
  entry('reduction/norm', reductionNorm, reductionNorm.EuclideanNorm),
  entry('reduction/prod', reductionProd, reductionProd.Prod),
  entry('reduction/sum', reductionSum, reductionSum.Sum),
  entry('scan/cumprod', scanCumprod, scanCumprod.Cumprod),
  entry('scan/cumsum', scanCumsum, scanCumsum.Cumsum),
  entry('shape/batch-to-space-nd', shapeBatchToSpaceNd, shapeBatchToSpaceNd.BatchToSpaceND),
  entry('shape/concat', shapeConcat, shapeConcat.Concat),
  entry('shape/depth-to-space', shapeDepthToSpace, shapeDepthToSpace.DepthToSpace),
  entry('shape/ensure-shape', shapeEnsureShape, shapeEnsureShape.EnsureShape),
  entry('shape/expand-dims', shapeExpandDims),
  entry('shape/flatten', shapeFlatten),
  entry('shape/identity', shapeIdentity, shapeIdentity.Identity),
  entry('shape/meshgrid', shapeMeshgrid),
  entry('shape/mirror-pad', shapeMirrorPad, shapeMirrorPad.MirrorPad),
  entry('shape/pad', shapePad, shapePad.PadV2),
  entry('shape/reverse', shapeReverse, shapeReverse.Reverse),
  entry('shape/slice', shapeSlice, shapeSlice.Slice),
  entry('shape/space-to-batch-nd', shapeSpaceToBatchNd, shapeSpaceToBatchNd.SpaceToBatchND),
  entry('shape/split', shapeSplit, shapeSplit.SplitV),
  entry('shape/squeeze', shapeSqueeze),
  entry('shape/stack', shapeStack, shapeStack.Pack),
  entry('shape/strided-slice', shapeStridedSlice, shapeStridedSlice.StridedSlice),
  entry('shape/tile', shapeTile, shapeTile.Tile),
  entry('shape/unstack', shapeUnstack, shapeUnstack.Unpack),
  entry('signal/frame', signalFrame),
  entry('signal/hamming-window', signalHammingWindow),
  entry('signal/hann-window', signalHannWindow),
  entry('signal/stft', signalStft),
  entry('sorting/in-top-k', sortingInTopK),
  entry('sorting/search-sorted', sortingSearchSorted, sortingSearchSorted.SearchSorted),
  entry('sorting/topk', sortingTopk, sortingTopk.TopK),
  entry('sparse/sparse-segment-mean', sparseSparseSegmentMean, sparseSparseSegmentMean.SparseSegmentMean),
  entry('sparse/sparse-segment-sum', sparseSparseSegmentSum, sparseSparseSegmentSum.SparseSegmentSum),
  entry('spectral/dft', spectralDft, spectralDft.DFT),
  entry('spectral/fft', spectralFft, spectralFft.FFT),
  entry('spectral/ifft', spectralIfft, spectralIfft.IFFT),
  entry('spectral/irfft', spectralIrfft),
  entry('spectral/rfft', spectralRfft),
];
