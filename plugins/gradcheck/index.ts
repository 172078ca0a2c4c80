/**
 * Checks ops by their samples: values against tfjs, gradients and Hessian-vector products against finite differences in double precision.
 */
import type { Backend } from '../../engine/index.ts';
import { checkRow, type RowResult } from './check-row.ts';
import { type CheckedEntry, nameOf } from './entry.ts';
import { loadJudge } from './judge.ts';

export { describeFault, type Fault, type RowResult } from './check-row.ts';
export { type CheckedEntry, nameOf } from './entry.ts';
export { type Judge, loadJudge } from './judge.ts';
export {
  describeTotals,
  filesOf,
  type Matrix,
  makeMatrix,
  ofBackends,
  renderMatrix,
  updateMatrix,
  withRange,
} from './matrix.ts';
export { describeRangeCase, describeRangeRow, type RangeReport, type RangeRow, rangecheck } from './range-cases.ts';

export interface GradcheckOptions {
  readonly ops: readonly CheckedEntry[];
  /** Names of the ops to check. Default: all. */
  readonly names?: readonly string[];
  readonly backends: readonly Backend[];
  readonly seed?: number;
  readonly onProgress?: (done: number, total: number, row: RowResult) => void;
}

export interface GradcheckReport {
  readonly rows: readonly RowResult[];
  readonly totals: { readonly rows: number; readonly ok: number; readonly failed: number; readonly skipped: number };
}

/** Checks every row of every op on every backend. @throws BackendError if the judge's packages are missing */
export async function gradcheck({
  ops,
  names,
  backends,
  seed = 0,
  onProgress,
}: GradcheckOptions): Promise<GradcheckReport> {
  const judge = await loadJudge();
  const chosen = ops.filter((entry) => names === undefined || names.length === 0 || names.includes(nameOf(entry)));
  const total = chosen.reduce((sum, { samples }) => sum + samples.length, 0) * backends.length;
  const rows: RowResult[] = [];
  for (const entry of chosen) {
    for (let row = 0; row < entry.samples.length; row++) {
      for (const result of await checkRow(entry, row, backends, judge, seed)) {
        rows.push(result);
        onProgress?.(rows.length, total, result);
      }
    }
  }
  const number = (wanted: RowResult['status']): number => rows.filter(({ status }) => status === wanted).length;
  return {
    rows,
    totals: { rows: rows.length, ok: number('ok'), failed: number('failed'), skipped: number('skipped') },
  };
}
