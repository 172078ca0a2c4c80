// Written by scripts/catalogue.mjs: do not edit.
export { conv1d } from './conv1d.ts';
export { Conv2D, conv2d } from './conv2d.ts';
export { Conv2DBackpropFilter, conv2DBackpropFilter } from './conv2d-backprop-filter.ts';
export { Conv2DBackpropInput, conv2DBackpropInput } from './conv2d-backprop-input.ts';
export { conv2dTranspose } from './conv2d-transpose.ts';
export { Conv3D, conv3d } from './conv3d.ts';
export { Conv3DBackpropFilterV2, conv3DBackpropFilter } from './conv3d-backprop-filter.ts';
export { Conv3DBackpropInputV2, conv3DBackpropInput } from './conv3d-backprop-input.ts';
export { conv3dTranspose } from './conv3d-transpose.ts';
export { DepthwiseConv2dNative, depthwiseConv2d } from './depthwise-conv2d.ts';
export {
  DepthwiseConv2dNativeBackpropFilter,
  depthwiseConv2dNativeBackpropFilter,
} from './depthwise-conv2d-backprop-filter.ts';
export {
  DepthwiseConv2dNativeBackpropInput,
  depthwiseConv2dNativeBackpropInput,
} from './depthwise-conv2d-backprop-input.ts';
export { Dilation2D, dilation2d } from './dilation2d.ts';
export { Dilation2DBackpropFilter, dilation2DBackpropFilter } from './dilation2d-backprop-filter.ts';
export { Dilation2DBackpropInput, dilation2DBackpropInput } from './dilation2d-backprop-input.ts';
export { FusedConv2D, fusedConv2d } from './fused-conv2d.ts';
export { FusedDepthwiseConv2D, fusedDepthwiseConv2d } from './fused-depthwise-conv2d.ts';
export { separableConv2d } from './separable-conv2d.ts';
