/** What the package's two faces share: the engine's calls, with a backend's name wherever they take a backend. */
import {
  type Backend,
  type CheckGradientOptions as EngineCheckGradientOptions,
  type CompileOptions as EngineCompileOptions,
  type VariablesOptions as EngineVariablesOptions,
  checkGradient as engineCheckGradient,
  compile as engineCompile,
  evaluate as engineEvaluate,
  type Feeds,
  type HostResults,
  type HostTensor,
  type PlacedPass,
  type Program,
  type Sym,
  type SymTree,
  Variables,
} from './engine/index.ts';

/** A backend, or the name of one. */
export type BackendLike = Backend | string;
export type CompileOptions = Omit<EngineCompileOptions, 'backend'> & {
  /** By default that of `variables`, else RETROGRAPH_BACKEND (in Node), else wasm. */
  readonly backend?: BackendLike;
};
export type CheckGradientOptions = Omit<EngineCheckGradientOptions, 'backend'> & { readonly backend?: BackendLike };
export type VariablesOptions = Omit<EngineVariablesOptions, 'backend' | 'ownedByPrograms'> & {
  readonly backend?: BackendLike;
};

export interface Face {
  /**
   * A backend by name, started.
   * @throws BackendError for one that is unknown or unavailable: it lists the available ones, and why the others are not
   */
  backend(like?: BackendLike): Promise<Backend>;
  /** Compiles outputs and updates for a backend, which is started first. See the engine's `compile`. */
  compile<O extends Readonly<Record<string, Sym>>>(outputs: O, options?: CompileOptions): Promise<Program<O>>;
  /** A quick look at values: compiled, run and disposed. */
  evaluate(output: Sym, feeds?: Feeds, options?: CompileOptions): Promise<HostTensor>;
  evaluate<O extends Readonly<Record<string, Sym>>>(
    outputs: O,
    feeds?: Feeds,
    options?: CompileOptions,
  ): Promise<HostResults<O>>;
  /** A variables store, made ahead of the programs that share it. */
  openVariables(options?: VariablesOptions): Promise<Variables>;
  /** For tests: compares gradients to finite differences. See the engine's `checkGradient`. */
  checkGradient(y: Sym, xs: SymTree, feeds?: Feeds, options?: CheckGradientOptions): Promise<void>;
}

/**
 * @param resolve the started backend of a name; of the default one for none
 * @param passes passes of plugins, for every compilation
 */
export function makeFace(
  resolve: (like: BackendLike | undefined) => Promise<Backend>,
  passes: () => readonly PlacedPass[] = () => [],
): Face {
  const complete = async (options: CompileOptions): Promise<EngineCompileOptions> => ({
    ...options,
    extraPasses: [...passes(), ...(options.extraPasses ?? [])],
    backend:
      options.backend === undefined && options.variables !== undefined
        ? options.variables.backend
        : await resolve(options.backend),
  });
  return {
    backend: (like) => resolve(like),
    compile: async (outputs, options = {}) => engineCompile(outputs, await complete(options)),
    evaluate: async (outputs: Sym | Readonly<Record<string, Sym>>, feeds: Feeds = {}, options: CompileOptions = {}) =>
      engineEvaluate(outputs, feeds, await complete(options)) as never,
    openVariables: async (options = {}) => new Variables({ ...options, backend: await resolve(options.backend) }),
    checkGradient: async (y, xs, feeds = {}, options = {}) =>
      engineCheckGradient(y, xs, feeds, { ...options, backend: await resolve(options.backend) }),
  };
}
