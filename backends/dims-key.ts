import type { DimBindings } from '../engine/index.ts';

/** Equal for equal dims. */
export const dimsKey = (dims: DimBindings): string => {
  let key = '';
  for (const name of Object.keys(dims).sort()) key += `${name}=${dims[name]};`;
  return key;
};
