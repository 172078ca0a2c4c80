/** All that is documented in ops/, by the paths of its files. */
import type { AnyOp, OpDoc } from '../engine/index.ts';
import * as modules from './modules.ts';

/** An op, or a builder made of ops, which has no definition. */
export interface CatalogueEntry {
  /** As in 'elementwise/add'. */
  readonly path: string;
  readonly op: AnyOp | undefined;
  readonly doc: OpDoc;
}

const isOp = (value: unknown): value is AnyOp => typeof value === 'object' && value !== null && 'definition' in value;

export const catalogue: readonly CatalogueEntry[] = Object.entries<{ readonly doc: OpDoc }>(modules)
  .filter(([path]) => path !== 'default') // which modules have besides, in CommonJS
  .map(([path, module]) => ({ path, op: Object.values<unknown>(module).find(isOp), doc: module.doc }));
