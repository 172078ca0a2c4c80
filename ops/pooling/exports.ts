// Written by scripts/catalogue.mjs: do not edit.
export { AvgPool, avgPool } from './avg-pool.ts';
export { AvgPool3D, avgPool3d } from './avg-pool-3d.ts';
export { AvgPool3DGrad, avgPool3dGrad } from './avg-pool-3d-grad.ts';
export { AvgPoolGrad, avgPoolGrad } from './avg-pool-grad.ts';
export { MaxPool, maxPool } from './max-pool.ts';
export { MaxPool3D, maxPool3d } from './max-pool-3d.ts';
export { MaxPool3DGrad, maxPool3dGrad } from './max-pool-3d-grad.ts';
export { MaxPool3DGradGrad, maxPool3dGradGrad } from './max-pool-3d-grad-grad.ts';
export { MaxPoolGrad, maxPoolGrad } from './max-pool-grad.ts';
export { MaxPoolGradGrad, maxPoolGradGrad } from './max-pool-grad-grad.ts';
export { MaxPoolWithArgmax, maxPoolWithArgmax } from './max-pool-with-argmax.ts';
export { pool } from './pool.ts';
