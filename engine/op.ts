/**
 * The op contract. An op is one definition: shape inference, lowerings, and a hand-written gradient rule for each input,
 * itself built from ops and so differentiable again. Nodes hold their OpDef; there is no global table.
 */

import { type AnyAttr, type Attr, type AttrSchema, type Attrs, attr, type DefaultedAttr, parseAttrs } from './attr.ts';
import type { Entered } from './build/callsite.ts';
import { calledAs } from './build/context.ts';
import type { Fn } from './build/function.ts';
import { isSym, type Node, type Sym, type SymLike } from './build/sym.ts';
import { createNode } from './build/table.ts';
import { requireOfThisCopy } from './copy.ts';
import type { Dim } from './dim/index.ts';
import { AttributeError, GraphError } from './errors.ts';
import { shownAs } from './inspect.ts';
import type { Scalar } from './scalar/expression.ts';
import { type InputSlot, inputRecord, parseSlot } from './slots.ts';
import type { DType, TensorType, TypedArray } from './types.ts';

/** In place of a rule: the derivative is zero everywhere (floor, sign). */
export const ZERO = Symbol('ZERO');
/** In place of a rule: an error if a gradient's path reaches this input. */
export const NOT_DIFFERENTIABLE = Symbol('NOT_DIFFERENTIABLE');

// ---- inputs: 'x' required, 'bias?' optional, '...xs' variadic

type Slot<S extends string, V> = S extends `...${infer N}`
  ? { readonly [K in N]: readonly V[] }
  : S extends `${infer N}?`
    ? { readonly [K in N]?: V }
    : { readonly [K in S]: V };
type Intersect<U> = (U extends unknown ? (u: U) => void : never) extends (u: infer I) => void ? I : never;
type Flat<T> = { [K in keyof T]: T[K] };
type NameOf<S extends string> = S extends `...${infer N}` ? N : S extends `${infer N}?` ? N : S;
/** A record with a value for each input of a definition. */
export type Inputs<I extends readonly string[], V> = I extends readonly []
  ? Readonly<Record<never, V>>
  : Flat<Intersect<Slot<I[number], V>>>;

// ---- attributes: the parsed type follows from the schema

type AttrsOf<A> = { readonly [K in keyof A]: A[K] extends Attr<infer T> ? T : never };
type Defaulted<A> = {
  [K in keyof A]: A[K] extends DefaultedAttr<unknown> ? K : A[K] extends { default: unknown } ? K : never;
}[keyof A];
type AttrsIn<A> = Flat<Omit<AttrsOf<A>, Defaulted<A>> & Partial<Pick<AttrsOf<A>, Defaulted<A>>>>;
type AttrArgs<A> = keyof A extends never
  ? []
  : keyof A extends Defaulted<A>
    ? [attrs?: AttrsIn<A>]
    : [attrs: AttrsIn<A>];

/** What a gradient rule gets beside the inputs. */
export interface RuleContext<A, O extends readonly string[]> {
  /** The first output and its cotangent. */
  readonly y: Sym;
  readonly dy: Sym;
  readonly ys: Inputs<O, Sym>;
  /** The cotangent of each output; a Fill of 0 for one that nothing used. */
  readonly dys: Inputs<O, Sym>;
  readonly attrs: AttrsOf<A>;
  /** The reverse derivative of a Function: its parameters, then a cotangent for each result, to a cotangent for each parameter. */
  readonly vjp: (fn: Fn) => Fn;
}

type SlotOf<I extends readonly string[], K extends string> = `...${K}` extends I[number]
  ? `...${K}`
  : `${K}?` extends I[number]
    ? `${K}?`
    : K;
type Present<I extends readonly string[], S extends string> = Flat<Inputs<I, Sym> & Required<Inputs<[S], Sym>>>;

/** A rule for each input: a function that gives the input's cotangent, ZERO, or NOT_DIFFERENTIABLE. */
export type Rules<I extends readonly string[], A, O extends readonly string[]> = {
  readonly [K in NameOf<I[number]>]:
    | ((
        inputs: Present<I, SlotOf<I, K>>,
        context: RuleContext<A, O>,
      ) => SlotOf<I, K> extends `...${string}` ? readonly SymLike[] : SymLike)
    | typeof NOT_DIFFERENTIABLE
    | typeof ZERO;
};

/** One way of running an op; a backend takes the first of a definition's list that it supports. */
export type Lowering<I extends readonly string[], A> =
  /** What one element is computed by. That of an elementwise composite is made of its ops' (see optimize/expression-of.ts). */
  | { readonly kind: 'expression'; readonly expr: (inputs: Inputs<I, Scalar>, attrs: AttrsOf<A>) => Scalar }
  | {
      readonly kind: 'kernel';
      /** Whether tfjs's kernel of the op's name means the same for these; always, where this is left out. Dims may be symbolic. */
      readonly when?: (inputs: Inputs<I, Sym>, attrs: AttrsOf<A>) => boolean;
    }
  | {
      readonly kind: 'composite';
      /** Whether it can be expanded yet: one that needs numbers waits until dims are bound. */
      readonly ready?: (inputs: Inputs<I, Sym>, attrs: AttrsOf<A>) => boolean;
      readonly expand: (inputs: Inputs<I, Sym>, attrs: AttrsOf<A>) => SymLike | readonly SymLike[];
    }
  /** A Function that is run again and again. Every backend can, so that an op with this lowering needs no other. */
  | { readonly kind: 'loop'; readonly loop: (inputs: Inputs<I, Sym>, attrs: AttrsOf<A>) => Loop };

/** A Function over the leading axis of some inputs of its node. */
export interface Loop {
  /** Its parameters are an element of each mapped input, then the other inputs; its results give the node's outputs. */
  readonly body: Fn;
  /** How often it is run. */
  readonly count: Dim;
  /** How many inputs, the first of them, are taken element by element. */
  readonly mapped: number;
  /** How many results, the first of them, are stacked along a new leading axis. The others are summed. */
  readonly stacked: number;
}

export interface Traits {
  /** Output element i depends on element i of the (broadcast) inputs only. */
  readonly elementwise?: boolean;
  /**
   * Draws from a random stream; the attribute `stream` is numbered when the node joins its graph. For its expression, the input
   * `state` is an element's 32 bits, u32.
   */
  readonly random?: boolean;
  /** f(f(x)) = f(x) */
  readonly idempotent?: boolean;
  /**
   * Inputs whose elements go to the outputs, alone or summed, by finite factors of one sign: 'whole' where every element goes somewhere,
   * 'part' where some may be left out. Masks pass through such an op by its own rule (see differentiate/mask.ts).
   */
  readonly routes?: Readonly<Record<string, 'part' | 'whole'>>;
  /** Of an elementwise op: its derivatives are finite for all inputs of at most 5e37 (sums of two, doubled, are finite too). */
  readonly finiteSlopes?: boolean;
  /** f(f(x)) = x */
  readonly involution?: boolean;
  /** f(a, b) = f(b, a), bit for bit */
  readonly commutative?: boolean;
  /** Names of inputs in which the op is linear: where one of them is the engine's zero cotangent, so is the result. */
  readonly linear?: readonly string[];
  /** Of complex64 values the op gives the parts that it makes of their parts: it is linear with real coefficients in all of them together. */
  readonly partwise?: boolean;
  /** Of an op without inputs: where its value comes from. No backend needs a kernel for it. */
  readonly leaf?: Leaf;
  /** Its output is its input under another shape: the same elements in row-major order. No backend needs a kernel for it. */
  readonly view?: boolean;
}

/**
 * Where the value of a leaf comes from. A constant's is known without running anything: the op's `elements` tell it, and it stays inside a
 * Function's body instead of being captured.
 */
export type Leaf = 'feed' | 'variable' | 'constant' | 'random' | 'parameter';

/** The elements of a constant: all of them, one number (or dim) everywhere, or a start and a step. */
export type Elements = TypedArray | Dim | { readonly start: number; readonly step: number };

/** The real and the imaginary part of a complex64 value, both float32. */
export interface Parts {
  readonly re: Sym;
  readonly im: Sym;
}
type PartsOrReal = Parts | Sym;

interface Definition<I extends readonly string[], A, O extends readonly string[]> {
  /** The tfjs kernel's name where one means the same. */
  readonly name: string;
  readonly inputs: I;
  readonly attrs?: A;
  /** Names of the outputs; `['y']` by default. */
  readonly outputs?: O;
  /** The types of the outputs. Throws ShapeError or DTypeError; the engine adds node names and the user's line. */
  readonly infer: (inputs: Inputs<I, TensorType>, attrs: AttrsOf<A>) => readonly TensorType[];
  /** How many outputs each slot of `outputs` holds; needed where more than one is variadic. */
  readonly outputArity?: (attrs: AttrsOf<A>) => readonly number[];
  /** Alternatives, best first. */
  readonly lowering: readonly Lowering<I, A>[];
  readonly traits?: Traits;
  /** Of a leaf that is a constant: its elements. */
  readonly elements?: (attrs: AttrsOf<A>) => Elements;
  /**
   * The op on complex64 values in real arithmetic: the outputs' parts, made of the inputs' parts. A real input is its own real part,
   * beside a zero; a real output is a Sym. Ops that are `partwise` need none.
   */
  readonly parts?: (inputs: Inputs<I, Parts>, attrs: AttrsOf<A>) => PartsOrReal | readonly PartsOrReal[];
  /** A rewrite that knows this op: equal outputs, cheaper; or undefined. */
  readonly simplify?: (inputs: Inputs<I, Sym>, attrs: AttrsOf<A>) => readonly SymLike[] | SymLike | undefined;
  /** The op that does the same with a bias and an activation in one kernel: backends that have it are led to it by the node itself. */
  readonly fused?: () => AnyOp;
  /** Reserved: the vmap rule. */
  readonly batch?: unknown;
}

export interface OpDef<
  I extends readonly string[] = readonly string[],
  A = AttrSchema,
  O extends readonly string[] = readonly string[],
> {
  readonly name: string;
  readonly inputs: I;
  readonly outputs: O;
  readonly attrs: A;
  /** Names of the attributes that are Functions, and of those that may hold dims. */
  readonly functions: readonly string[];
  readonly sized: readonly string[];
  readonly definition: Definition<I, A, O> & { readonly gradient?: Rules<I, A, O> };
  readonly slots: readonly InputSlot[];
  readonly outputSlots: readonly InputSlot[];
  readonly traits: Traits;
  /** Makes a node and gives its first output. */
  node(inputs: Inputs<I, SymLike>, ...attrs: AttrArgs<A>): Sym;
  /** Makes a node and gives all outputs. */
  nodes(inputs: Inputs<I, SymLike>, ...attrs: AttrArgs<A>): readonly Sym[];
}
/** Any op, as graphs and passes see it. */
// biome-ignore lint/suspicious/noExplicitAny: graphs hold ops of every shape; the types above are for their authors
export type AnyOp = OpDef<any, any, any>;

/** Defines an op with a gradient rule for every input. */
export function defineOp<
  const I extends readonly string[],
  // biome-ignore lint/complexity/noBannedTypes: the empty schema
  A extends Record<string, AnyAttr> = {},
  const O extends readonly string[] = ['y'],
>(definition: Definition<I, A, O> & { readonly gradient: Rules<I, A, O> }): OpDef<I, A, O> {
  return makeOp(definition);
}

/** Defines an op that expands into others; without a gradient of its own it is expanded before differentiation. */
export function defineComposite<
  const I extends readonly string[],
  // biome-ignore lint/complexity/noBannedTypes: the empty schema
  A extends Record<string, AnyAttr> = {},
  const O extends readonly string[] = ['y'],
>(definition: Definition<I, A, O> & { readonly gradient?: Rules<I, A, O> }): OpDef<I, A, O> {
  if (!definition.lowering.some((l) => l.kind === 'composite')) {
    throw new GraphError(`${definition.name}: a composite needs a lowering of kind 'composite'`);
  }
  return makeOp(definition);
}

function makeOp<I extends readonly string[], A, O extends readonly string[]>(
  definition: Definition<I, A, O> & { readonly gradient?: Rules<I, A, O> },
): OpDef<I, A, O> {
  const slots = definition.inputs.map(parseSlot);
  const simple = slots.every((slot) => slot.kind === 'required');
  const schema = (definition.attrs ?? {}) as A & AttrSchema;
  const outputs = definition.outputs ?? (['y'] as readonly string[] as O);
  const op: OpDef<I, A, O> = {
    name: definition.name,
    inputs: definition.inputs,
    outputs,
    attrs: schema,
    functions: Object.keys(schema).filter((name) => schema[name] === attr.fn()),
    sized: Object.keys(schema).filter((name) => schema[name]!.bind !== undefined),
    definition,
    slots,
    outputSlots: outputs.map(parseSlot),
    traits: definition.traits ?? {},
    node: (inputs, ...[attrs]) => make(inputs as GivenInputs, attrs as Attrs | undefined, op.node)[0]!,
    nodes: (inputs, ...[attrs]) => make(inputs as GivenInputs, attrs as Attrs | undefined, op.nodes),
  };
  function make(given: GivenInputs, attrs: Attrs = {}, entered: Entered): readonly Sym[] {
    const parsed = parseAttrs(calledAs(op.name), schema, attrs);
    if (simple)
      return createNode(
        op,
        slots.map((slot) => lift(requireInput(op, given, slot))),
        undefined,
        parsed,
        entered,
      );
    const flat: Sym[] = [];
    const arity = slots.map((slot) => {
      const values =
        slot.kind === 'variadic'
          ? (requireInput(op, given, slot) as readonly SymLike[])
          : slot.kind === 'optional' && given[slot.name] === undefined
            ? []
            : [requireInput(op, given, slot)];
      for (const value of values) flat.push(lift(value));
      return values.length;
    });
    return createNode(op, flat, arity, parsed, entered);
  }
  shownAs(op, () => `Op ${op.name}(${op.inputs.join(', ')})`);
  return op;
}

type GivenInputs = Readonly<Record<string, SymLike | readonly SymLike[] | undefined>>;

function requireInput(op: AnyOp, inputs: GivenInputs, slot: InputSlot): SymLike {
  const value = inputs[slot.name];
  if (value === undefined || value === null)
    throw new AttributeError(`${calledAs(op.name)}: input '${slot.name}' is missing`);
  return value as SymLike;
}

// Constant is an op like any other, in a file that imports this one; it hands in how a literal becomes one.
let liftLiteral: (value: Exclude<SymLike, Sym>, dtype?: DType) => Sym;
export const provideLift = (lifter: typeof liftLiteral): void => {
  liftLiteral = lifter;
};

/** A Sym, or a literal as a constant: a number is float32 and a boolean bool unless `dtype` says otherwise. */
export function lift(value: SymLike, dtype?: DType): Sym {
  if (isSym(value)) return value;
  requireOfThisCopy(value);
  return liftLiteral(value, dtype);
}

/** The lowering of a kind, if the op has one. */
export const loweringOf = <K extends Lowering<readonly string[], unknown>['kind']>(op: AnyOp, kind: K) =>
  // biome-ignore lint/suspicious/noExplicitAny: see AnyOp
  op.definition.lowering.find((l) => l.kind === kind) as Extract<Lowering<any, any>, { kind: K }> | undefined;

/** The elements of a constant; undefined for any other node. */
export const elementsOf = ({ op, attrs }: Node): Elements | undefined => op.definition.elements?.(attrs as never);

/** How a node's Function is run, if the node is a loop. */
export const loopOf = ({ op, inputs, arity, attrs }: Node): Loop | undefined =>
  loweringOf(op, 'loop')?.loop(inputRecord(op, inputs, arity) as never, attrs as never);

/** What a node's composite makes of these inputs: a value for each output. */
export function expansion(
  { op, arity, attrs }: Node,
  // biome-ignore lint/suspicious/noExplicitAny: see AnyOp
  composite: Extract<Lowering<any, any>, { kind: 'composite' }>,
  inputs: readonly Sym[],
): readonly Sym[] {
  const result = composite.expand(inputRecord(op, inputs, arity) as never, attrs as never);
  return (Array.isArray(result) && !isSym(result) ? result : [result]).map((value) => lift(value));
}

/** Formulas of an op, in TeX, and where they come from. */
export interface OpDoc {
  /** One line in words. */
  readonly summary: string;
  readonly forward: string;
  /** The cotangent of each input, given that of the output, \bar y. 'zero' and 'none' for ZERO and NOT_DIFFERENTIABLE. */
  readonly gradient: Readonly<Record<string, string>>;
  /** Notes and equation, or paper. */
  readonly source: string;
}
