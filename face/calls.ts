/** What the entries for browsers and Node share: the engine's functions that take a backend, here also by name. */
import {
  type Backend,
  COMPILE_OPTIONS,
  type CheckGradientOptions as EngineCheckGradientOptions,
  type CompileOptions as EngineCompileOptions,
  type VariablesOptions as EngineVariablesOptions,
  checkGradient as engineCheckGradient,
  compile as engineCompile,
  evaluate as engineEvaluate,
  expose,
  type Feeds,
  type HostResults,
  type HostTensor,
  type PlacedPass,
  type Program,
  type Sym,
  type SymTree,
  Variables,
} from '../engine/index.ts';

/** A backend or its name. */
export type BackendLike = Backend | string;
export type CompileOptions = Omit<EngineCompileOptions, 'backend'> & {
  /** Default: that of `variables`, or else RETROGRAPH_BACKEND (in Node), or else wasm. */
  readonly backend?: BackendLike;
};
export type CheckGradientOptions = Omit<EngineCheckGradientOptions, 'backend'> & { readonly backend?: BackendLike };
export type VariablesOptions = Omit<EngineVariablesOptions, 'backend' | 'ownedByPrograms'> & {
  readonly backend?: BackendLike;
};

/** What an entry supplies to these functions. */
export interface Surroundings {
  /** Finds and starts a backend; undefined stands for the default one. */
  readonly resolve: (like: BackendLike | undefined) => Promise<Backend>;
  readonly passes: () => readonly PlacedPass[];
}

// separate functions, so that a bundle contains only those in use

async function complete({ resolve, passes }: Surroundings, options: CompileOptions): Promise<EngineCompileOptions> {
  return {
    ...options,
    extraPasses: [...passes(), ...(options.extraPasses ?? [])],
    backend:
      options.backend === undefined && options.variables instanceof Variables
        ? options.variables.backend
        : await resolve(options.backend),
  };
}

type Compile = <O extends Readonly<Record<string, Sym>>>(outputs: O, options?: CompileOptions) => Promise<Program<O>>;

const COMPILE = `options?:{backend?:so,${COMPILE_OPTIONS}}`;

export const compileIn = (around: Surroundings): Compile =>
  expose('compile', `outputs:r ${COMPILE}`, async (outputs, options: CompileOptions = {}) =>
    engineCompile(outputs, await complete(around, options)),
  ) as Compile;

export interface Evaluate {
  (output: Sym, feeds?: Feeds, options?: CompileOptions): Promise<HostTensor>;
  <O extends Readonly<Record<string, Sym>>>(
    outputs: O,
    feeds?: Feeds,
    options?: CompileOptions,
  ): Promise<HostResults<O>>;
}

export const evaluateIn = (around: Surroundings): Evaluate =>
  expose(
    'evaluate',
    `outputs:yr feeds?:o ${COMPILE}`,
    async (outputs: Sym | Readonly<Record<string, Sym>>, feeds: Feeds = {}, options: CompileOptions = {}) =>
      engineEvaluate(outputs, feeds, await complete(around, options)) as never,
  );

type OpenVariables = (options?: VariablesOptions) => Promise<Variables>;

export const openVariablesIn = ({ resolve }: Surroundings): OpenVariables =>
  expose(
    'openVariables',
    'options?:{backend?:so,seed?:n}',
    async (options: VariablesOptions = {}) => new Variables({ ...options, backend: await resolve(options.backend) }),
  );

type CheckGradient = (y: Sym, xs: SymTree, feeds?: Feeds, options?: CheckGradientOptions) => Promise<void>;

export const checkGradientIn = ({ resolve }: Surroundings): CheckGradient =>
  expose(
    'checkGradient',
    'y:y xs:yr[y] feeds?:o options?:{backend?:so,seed?:n,tolerance?:n,directions?:n}',
    async (y: Sym, xs: SymTree, feeds: Feeds = {}, options: CheckGradientOptions = {}) =>
      engineCheckGradient(y, xs, feeds, { ...options, backend: await resolve(options.backend) }),
  );
