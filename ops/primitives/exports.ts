// Written by scripts/catalogue.mjs: do not edit.
export { AddN, addN } from './add-n.ts';
export { BroadcastTo, broadcastTo } from './broadcast-to.ts';
export { Call, customGradient } from './call.ts';
export { Cast, cast } from './cast.ts';
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
} from './constant.ts';
export { DimValue, dimValue } from './dim-value.ts';
export { Fill, fill, ones, onesLike, zeros, zerosLike } from './fill.ts';
export { Iota, iota, linspace, range } from './iota.ts';
export { MapOp, map } from './map.ts';
export { Reshape, reshape } from './reshape.ts';
export { StopGradient, stopGradient } from './stop-gradient.ts';
