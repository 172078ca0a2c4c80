/** Every documented op and builder of ops/, with its file's path. */
import type { AnyOp, OpDoc } from '../engine/index.ts';
import * as modules from './modules.ts';

/** An op, or a builder that is composed of ops and has no definition. */
export interface CatalogueEntry {
  /** For example 'elementwise/add'. */
  readonly path: string;
  readonly op: AnyOp | undefined;
  readonly doc: OpDoc;
}

const isOp = (value: unknown): value is AnyOp => typeof value === 'object' && value !== null && 'definition' in value;

export const catalogue: readonly CatalogueEntry[] = Object.entries<{ readonly doc: OpDoc }>(modules)
  .filter(([path]) => path !== 'default') // CommonJS modules also have a default export
  .map(([path, module]) => ({ path, op: Object.values<unknown>(module).find(isOp), doc: module.doc }));
