/** Initializers: they generate the first values of variables on the host, so that a seed gives the same bits on every backend. */
import type { InitializerFactory } from '../../engine/index.ts';
import { type ConstantOptions, constant, ones, zeros } from './constant.ts';
import { identity } from './identity.ts';
import { orthogonal } from './orthogonal.ts';
import { randomNormal, randomUniform, truncatedNormal } from './random.ts';
import {
  glorotNormal,
  glorotUniform,
  heNormal,
  heUniform,
  leCunNormal,
  leCunUniform,
  varianceScaling,
} from './variance-scaling.ts';

export { type ConstantOptions, constant, ones, zeros } from './constant.ts';
export { type IdentityOptions, identity } from './identity.ts';
export type { SeedOptions } from './initializer.ts';
export { type OrthogonalOptions, orthogonal } from './orthogonal.ts';
export { type NormalOptions, randomNormal, randomUniform, truncatedNormal, type UniformOptions } from './random.ts';
export * from './variance-scaling.ts';

/** All initializers by name, to read documents: `Graph.fromJSON(document, { ops, initializers })`. */
export const initializers: Readonly<Record<string, InitializerFactory>> = {
  zeros,
  ones,
  constant: (config) => constant(config as unknown as ConstantOptions),
  identity,
  randomUniform,
  randomNormal,
  truncatedNormal,
  varianceScaling,
  glorotUniform,
  glorotNormal,
  heUniform,
  heNormal,
  leCunUniform,
  leCunNormal,
  orthogonal,
};
