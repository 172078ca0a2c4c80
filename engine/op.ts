/**
 * Definitions of ops: shape inference, lowerings, and a hand-written gradient rule for each input, built from ops and so differentiable
 * again. Nodes refer to their OpDef; there is no global table of ops.
 */

import { type AnyAttr, type Attr, type AttrSchema, type Attrs, attr, type DefaultedAttr, parseAttrs } from './attr.ts';
import type { Entered } from './build/callsite.ts';
import { calledAs } from './build/context.ts';

import { type Fn, isSym, type Node, type Sym, type SymLike } from './build/sym.ts';
import { createNode } from './build/table.ts';
import { requireOfThisCopy } from './copy.ts';
import type { Dim } from './dim/index.ts';
import { AttributeError, GraphError } from './errors.ts';
import { shownAs } from './inspect.ts';
import type { Scalar } from './scalar/expression.ts';
import { type InputSlot, inputRecord, parseSlot } from './slots.ts';
import type { DType, TensorType, TypedArray } from './types.ts';

/** A rule for inputs whose derivative is zero everywhere (floor, sign). */
export const ZERO = Symbol('ZERO');
/** A rule for inputs without a derivative: a gradient's path through the input is an error. */
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

/** The context of a gradient rule, besides the inputs. */
export interface RuleContext<A, O extends readonly string[]> {
  /** The first output and its cotangent. */
  readonly y: Sym;
  readonly dy: Sym;
  readonly ys: Inputs<O, Sym>;
  /** The cotangent of each output; a Fill of 0 for an output without uses. */
  readonly dys: Inputs<O, Sym>;
  readonly attrs: AttrsOf<A>;
  /** The vjp of a Function: from its parameters and a cotangent for each result to a cotangent for each parameter. */
  readonly vjp: (fn: Fn) => Fn;
}

type SlotOf<I extends readonly string[], K extends string> = `...${K}` extends I[number]
  ? `...${K}`
  : `${K}?` extends I[number]
    ? `${K}?`
    : K;
type Present<I extends readonly string[], S extends string> = Flat<Inputs<I, Sym> & Required<Inputs<[S], Sym>>>;

/** A rule for each input: a function that returns the input's cotangent, ZERO, or NOT_DIFFERENTIABLE. */
export type Rules<I extends readonly string[], A, O extends readonly string[]> = {
  readonly [K in NameOf<I[number]>]:
    | ((
        inputs: Present<I, SlotOf<I, K>>,
        context: RuleContext<A, O>,
      ) => SlotOf<I, K> extends `...${string}` ? readonly SymLike[] : SymLike)
    | typeof NOT_DIFFERENTIABLE
    | typeof ZERO;
};

/** A way to run an op; a backend takes the first of a definition's lowerings that it supports. */
export type Lowering<I extends readonly string[], A> =
  /** The formula of one element. An elementwise composite needs none: it is composed (see optimize/expression-of.ts). */
  | { readonly kind: 'expression'; readonly expr: (inputs: Inputs<I, Scalar>, attrs: AttrsOf<A>) => Scalar }
  | {
      readonly kind: 'kernel';
      /** Whether tfjs's kernel of the op's name computes the op for these inputs; by default always. Dims may be symbolic. */
      readonly when?: (inputs: Inputs<I, Sym>, attrs: AttrsOf<A>) => boolean;
    }
  | {
      readonly kind: 'composite';
      /** Whether it can be expanded yet; one that needs numbers waits until dims are bound. By default true. */
      readonly ready?: (inputs: Inputs<I, Sym>, attrs: AttrsOf<A>) => boolean;
      readonly expand: (inputs: Inputs<I, Sym>, attrs: AttrsOf<A>) => SymLike | readonly SymLike[];
    }
  /** A Function that is run repeatedly. Every backend supports loops, so an op with this lowering needs no other. */
  | { readonly kind: 'loop'; readonly loop: (inputs: Inputs<I, Sym>, attrs: AttrsOf<A>) => Loop };

/** A Function run for each element along the leading axis of some inputs of its node. */
export interface Loop {
  /** Its parameters are an element of each mapped input, then the other inputs; its results make the node's outputs. */
  readonly body: Fn;
  /** The number of iterations. */
  readonly count: Dim;
  /** The first `mapped` inputs are sliced along the leading axis. */
  readonly mapped: number;
  /** The first `stacked` results are stacked along a new leading axis; the others are summed. */
  readonly stacked: number;
}

export interface Traits {
  /** Output element i depends on element i of the (broadcast) inputs only. */
  readonly elementwise?: boolean;
  /**
   * Draws from a random stream; the attribute `stream` is set when the node joins a graph. In its expression, the input `state` is an
   * element's 32 random bits, u32.
   */
  readonly random?: boolean;
  /** f(f(x)) = f(x) */
  readonly idempotent?: boolean;
  /**
   * Inputs whose elements are copied to the outputs, alone or summed, times finite factors of one sign: 'whole' if every element is used,
   * 'part' if some may be left out. The input's rule is applied to masks too (see differentiate/mask.ts).
   */
  readonly routes?: Readonly<Record<string, 'part' | 'whole'>>;
  /** For an elementwise op: its derivatives are finite for inputs up to 5e37 (so that sums of two, doubled, are finite too). */
  readonly finiteSlopes?: boolean;
  /** f(f(x)) = x */
  readonly involution?: boolean;
  /** f(a, b) = f(b, a), bit for bit */
  readonly commutative?: boolean;
  /** Names of inputs in which the op is linear: if one of them is a zero cotangent, so is the output. */
  readonly linear?: readonly string[];
  /** On complex64 values, the op acts on real and imaginary parts separately: it is linear with real coefficients in all inputs together. */
  readonly partwise?: boolean;
  /** For an op without inputs: the source of its value. It needs no kernel. */
  readonly leaf?: Leaf;
  /** Its output is its input under another shape, with the same elements in row-major order. It needs no kernel. */
  readonly view?: boolean;
}

/**
 * The source of a leaf's value. A constant's is known at compile time, by the op's `elements`; a Function's body contains constants instead
 * of capturing them.
 */
export type Leaf = 'feed' | 'variable' | 'constant' | 'random' | 'parameter';

/** The elements of a constant: an array, one number (or dim) for all, or an arithmetic sequence. */
export type Elements = TypedArray | Dim | { readonly start: number; readonly step: number };

/** The real and the imaginary part of a complex64 value, both float32. */
export interface Parts {
  readonly re: Sym;
  readonly im: Sym;
}
type PartsOrReal = Parts | Sym;

interface Definition<I extends readonly string[], A, O extends readonly string[]> {
  /** The name of the tfjs kernel that computes it, if there is one. */
  readonly name: string;
  readonly inputs: I;
  readonly attrs?: A;
  /** Names of the outputs; `['y']` by default. */
  readonly outputs?: O;
  /** The types of the outputs. @throws ShapeError or DTypeError, to which the engine adds the nodes and the user's line */
  readonly infer: (inputs: Inputs<I, TensorType>, attrs: AttrsOf<A>) => readonly TensorType[];
  /** The number of outputs in each slot of `outputs`; needed if more than one slot is variadic. */
  readonly outputArity?: (attrs: AttrsOf<A>) => readonly number[];
  /** Alternatives, best first. */
  readonly lowering: readonly Lowering<I, A>[];
  readonly traits?: Traits;
  /** For a constant: its elements. */
  readonly elements?: (attrs: AttrsOf<A>) => Elements;
  /**
   * The op on complex64 values in real arithmetic: the outputs' parts from the inputs' parts. A real input has the imaginary part zero; a
   * real output is a Sym. Not needed with the trait `partwise`.
   */
  readonly parts?: (inputs: Inputs<I, Parts>, attrs: AttrsOf<A>) => PartsOrReal | readonly PartsOrReal[];
  /** Returns cheaper values that equal the outputs, or undefined. */
  readonly simplify?: (inputs: Inputs<I, Sym>, attrs: AttrsOf<A>) => readonly SymLike[] | SymLike | undefined;
  /** The op that also adds a bias and applies an activation, in one kernel; backends that have the kernel fuse into it. */
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
  /** Makes a node and returns its first output. */
  node(inputs: Inputs<I, SymLike>, ...attrs: AttrArgs<A>): Sym;
  /** Makes a node and returns all outputs. */
  nodes(inputs: Inputs<I, SymLike>, ...attrs: AttrArgs<A>): readonly Sym[];
}
/** An op of any inputs, attributes and outputs. */
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

/**
 * Defines an op that expands into other ops; without gradient rules, it is differentiated through its expansion.
 * @throws GraphError without a lowering of kind 'composite'
 */
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

// constant.ts imports this file, so it provides the conversion of literals instead of being imported here
let liftLiteral: (value: Exclude<SymLike, Sym>, dtype?: DType) => Sym;
export const provideLift = (lifter: typeof liftLiteral): void => {
  liftLiteral = lifter;
};

/** A Sym, or a literal converted to a constant; by default a number is float32 and a boolean bool. */
export function lift(value: SymLike, dtype?: DType): Sym {
  if (isSym(value)) return value;
  requireOfThisCopy(value);
  return liftLiteral(value, dtype);
}

/** The lowering of a kind, if the op has one. */
export const loweringOf = <K extends Lowering<readonly string[], unknown>['kind']>(op: AnyOp, kind: K) =>
  // biome-ignore lint/suspicious/noExplicitAny: see AnyOp
  op.definition.lowering.find((l) => l.kind === kind) as Extract<Lowering<any, any>, { kind: K }> | undefined;

/** The elements of a constant; undefined for other nodes. */
export const elementsOf = ({ op, attrs }: Node): Elements | undefined => op.definition.elements?.(attrs as never);

/** The loop of a node; undefined for ops without a loop lowering. */
export const loopOf = ({ op, inputs, arity, attrs }: Node): Loop | undefined =>
  loweringOf(op, 'loop')?.loop(inputRecord(op, inputs, arity) as never, attrs as never);

/** Expands a node's composite over the given inputs: a value for each output. */
export function expansion(
  { op, arity, attrs }: Node,
  // biome-ignore lint/suspicious/noExplicitAny: see AnyOp
  composite: Extract<Lowering<any, any>, { kind: 'composite' }>,
  inputs: readonly Sym[],
): readonly Sym[] {
  const result = composite.expand(inputRecord(op, inputs, arity) as never, attrs as never);
  return (Array.isArray(result) && !isSym(result) ? result : [result]).map((value) => lift(value));
}

/** The documentation of an op: formulas in TeX, and their source. */
export interface OpDoc {
  /** One line in words. */
  readonly summary: string;
  readonly forward: string;
  /** The cotangent of each input, given that of the output, \bar y. 'zero' and 'none' for ZERO and NOT_DIFFERENTIABLE. */
  readonly gradient: Readonly<Record<string, string>>;
  /** Notes and equation, or paper. */
  readonly source: string;
}
