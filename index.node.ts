/** The package's face in Node: the engine, with backends by name. */
import { backends as builtIn } from './backends/index.ts';
import {
  type Backend, type CompileOptions as EngineCompileOptions, type Feeds, type HostResults, type HostTensor, type Program, type Sym, Variables as EngineVariables,
  compile as engineCompile, compileSync as engineCompileSync, evaluate as engineEvaluate,
} from './engine/index.ts';
import { resolveBackend } from './backends/resolve.ts';

export * from './engine/index.ts';

/** A backend, or the name of one; by default that of RETROGRAPH_BACKEND, else wasm. */
export type BackendLike = Backend | string;
export type CompileOptions = Omit<EngineCompileOptions, 'backend'> & { readonly backend?: BackendLike };

/** @throws BackendError for a name that is unknown, listing the available ones and why the others are not */
export const backend = (like: BackendLike | undefined): Promise<Backend> => resolveBackend(like ?? process.env['RETROGRAPH_BACKEND'], builtIn);

const withBackend = async (options: CompileOptions): Promise<EngineCompileOptions> => ({
  ...options,
  backend: options.backend === undefined && options.variables !== undefined ? options.variables.backend : await backend(options.backend),
});

/** Compiles outputs and updates for a backend, which is started first. See the engine's `compile`. */
export async function compile<O extends Readonly<Record<string, Sym>>>(outputs: O, options: CompileOptions = {}): Promise<Program<O>> {
  return engineCompile(outputs, await withBackend(options));
}

/** As `compile`, for a backend that has started. */
export const compileSync = engineCompileSync;

/** A quick look at values: compiled, run and disposed. */
export async function evaluate<O extends Sym | Readonly<Record<string, Sym>>>(
  outputs: O,
  feeds: Feeds = {},
  options: CompileOptions = {},
): Promise<O extends Sym ? HostTensor : HostResults<O extends Sym ? never : O>> {
  return engineEvaluate(outputs, feeds, await withBackend(options)) as never;
}

export const Variables = EngineVariables;
