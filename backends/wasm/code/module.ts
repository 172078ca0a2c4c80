/** The generated code of a backend: one WebAssembly module on the memory of tfjs's instance. */
import type { KernelBackend } from '@tensorflow/tfjs-core';
import { LONG } from '../../long-reductions.ts';
import { allocate, heapOf } from '../heap.ts';
import { moduleOf, type Procedure } from './assembler.ts';
import { functions } from './functions.ts';
import { tile } from './long-products.ts';
import { maxPoolGrad } from './max-pool-grad.ts';
import { products } from './products.ts';
import { rowSums } from './row-sums.ts';

const procedures = () => ({
  ...functions(),
  ...products(),
  maxPoolGrad: maxPoolGrad(),
  rowSums: rowSums(),
  /** Tiles by rows and vectors of columns. */
  tile41: tile(4, 1),
  tile42: tile(4, 2),
  tile11: tile(1, 1),
  tile12: tile(1, 2),
});

export type ProcedureName = keyof ReturnType<typeof procedures>;

/** Addresses of buffers in rows of 32 bytes, which live as long as the backend. */
interface Buffers {
  /** A packed panel of LONG rows. */
  readonly packed: number;
  /** EDGE_ROWS rows. */
  readonly edge: number;
  /** A row of zeros. */
  readonly zeros: number;
}

export interface BackendCode {
  readonly procedures: Readonly<Record<ProcedureName, (...numbers: readonly number[]) => void>>;
  readonly buffers: Buffers;
}

/** Rows of the buffer for results that are wider than the place where they belong. */
export const EDGE_ROWS = 64;

const ofBackend = new WeakMap<KernelBackend, BackendCode>();

/** The backend's code; undefined without SIMD. */
export const codeOf = (backend: KernelBackend): BackendCode | undefined => ofBackend.get(backend);

/** Compiles the code for a backend. @throws WebAssembly.CompileError without SIMD */
export async function addCode(backend: KernelBackend, memory: WebAssembly.Memory): Promise<void> {
  const shared = (memory.buffer as ArrayBufferLike)[Symbol.toStringTag] === 'SharedArrayBuffer';
  const code: Readonly<Record<ProcedureName, Procedure>> = procedures();
  const { instance } = await WebAssembly.instantiate(moduleOf(code, shared), { env: { memory } });
  const exported = instance.exports as unknown as BackendCode['procedures'];
  ofBackend.set(backend, { procedures: exported, buffers: makeBuffers(backend) });
}

function makeBuffers(backend: KernelBackend): Buffers {
  const row = 32;
  const packed = allocate(backend, row * (LONG + EDGE_ROWS + 1));
  const edge = packed + row * LONG;
  const zeros = edge + row * EDGE_ROWS;
  heapOf(backend).fill(0, zeros, zeros + row);
  return { packed, edge, zeros };
}
