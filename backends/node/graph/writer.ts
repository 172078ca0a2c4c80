/** Writes TensorFlow's nodes in order, in a graph or in the body of a function. */
import { type Dim, foldDim, type Shape, type TypedArray } from '../../../engine/index.ts';
import { numberText } from '../../../engine/scalar/expression.ts';
import type { AttrValue, FunctionDef, NodeDef, TensorMessage } from '../proto/messages.ts';
import * as attr from './attributes.ts';
import { shapeOf, TF_TYPES, type TfType } from './attributes.ts';

/** A tensor: an output of a node, or an argument of the function. */
export interface Ref {
  readonly name: string;
  readonly op: string;
  readonly output: number;
  readonly dtype: TfType;
}

export type Attributes = Readonly<Record<string, AttrValue>>;

/** How input tensors are named, which differs between graphs and function bodies. */
export type Spelling = (ref: Ref) => string;
export const inGraph: Spelling = ({ name, output }) => (output === 0 ? name : `${name}:${output}`);

/** State and settings that all writers of a program share. */
export interface Shared {
  readonly functions: FunctionDef[];
  /** A new function name, unique in the process. */
  readonly nameFunction: () => string;
  /** Whether the library's op has that attribute: a few differ between releases. */
  readonly hasAttribute: (op: string, attribute: string) => boolean;
  /** Whether sums of an unknown number of terms are written in double precision, as for many terms. */
  readonly unknownIsMany?: boolean;
  /** How a function's body names the outputs of an op: `node:y:0`. */
  readonly inFunction: Spelling;
}

export class GraphWriter {
  readonly nodes: NodeDef[] = [];
  readonly shared: Shared;
  readonly spell: Spelling;
  readonly #namedDim: (name: string) => Ref;
  readonly #names = new Map<string, number>();
  readonly #written = new Map<string, Ref>();
  #scope = '';

  /** @param namedDim gives the value of a symbol, an int32 scalar */
  constructor(shared: Shared, spell: Spelling, namedDim: (name: string) => Ref) {
    this.shared = shared;
    this.spell = spell;
    this.#namedDim = namedDim;
  }

  /** Runs `write` with a prefix for the names of its nodes. */
  within<T>(scope: string, write: () => T): T {
    const outer = this.#scope;
    this.#scope = `${scope}/`;
    try {
      return write();
    } finally {
      this.#scope = outer;
    }
  }

  /** Writes a node and returns its first output, by default of the first input's type. */
  op(op: string, inputs: readonly Ref[], attrs: Attributes = {}, dtype: TfType = inputs[0]!.dtype): Ref {
    return this.ops(op, inputs, attrs, [dtype])[0]!;
  }

  /** Writes a node and returns all outputs. @param after control inputs: nodes that have to run before it */
  ops(
    op: string,
    inputs: readonly Ref[],
    attrs: Attributes,
    dtypes: readonly TfType[],
    { after = [], name = `${this.#scope}${op}` }: { after?: readonly Ref[]; name?: string } = {},
  ): readonly Ref[] {
    const input = [...inputs.map(this.spell), ...new Set(after.map((ref) => `^${ref.name}`))];
    const unique = this.#unique(name);
    this.nodes.push({ name: unique, op, input, attr: attrs });
    return dtypes.map((dtype, output) => ({ name: unique, op, output, dtype }));
  }

  /** Writes a node once for each key. */
  once(key: string, write: () => Ref): Ref {
    let ref = this.#written.get(key);
    if (ref === undefined) {
      ref = write();
      this.#written.set(key, ref);
    }
    return ref;
  }

  /** The name, with a suffix if it is taken. */
  #unique(wanted: string): string {
    const before = this.#names.get(wanted) ?? 0;
    this.#names.set(wanted, before + 1);
    return before === 0 ? wanted : this.#unique(`${wanted}_${before}`);
  }

  // --- constants

  constant(value: TensorMessage, dtype: TfType): Ref {
    return this.op('Const', [], { dtype: attr.type(dtype), value: { tensor: value } }, dtype);
  }

  /** A constant with one number in all elements. */
  full(shape: readonly number[], value: number, dtype: TfType): Ref {
    const key = `${dtype} ${numberText(value)} [${shape}]`;
    return this.once(key, () => this.within('constants', () => this.constant(filled(shape, value, dtype), dtype)));
  }

  scalar(value: number, dtype: TfType = 'int32'): Ref {
    return this.full([], value, dtype);
  }

  /** A vector of int32. */
  ints(values: readonly number[]): Ref {
    const data = Int32Array.from(values);
    return this.once(`ints ${values}`, () => this.within('constants', () => this.array(data, [data.length], 'int32')));
  }

  array(data: TypedArray, shape: readonly number[], dtype: TfType): Ref {
    const tensorContent = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    return this.constant({ dtype: TF_TYPES[dtype], tensorShape: shapeOf(shape), tensorContent }, dtype);
  }

  // --- dims

  /** A dim as an int32 scalar. */
  dim(d: Dim): Ref {
    if (typeof d === 'number') return this.scalar(d);
    return this.once(`dim ${d.canonical}`, () =>
      this.within('dims', () => {
        const binary = (op: string) => (a: Ref, b: Ref) => this.op(op, [a, b], { T: attr.type('int32') });
        return foldDim<Ref>(d, {
          number: (n) => this.scalar(n),
          name: this.#namedDim,
          add: binary('AddV2'),
          mul: binary('Mul'),
          floorDiv: binary('FloorDiv'),
          mod: binary('FloorMod'),
          min: binary('Minimum'),
          max: binary('Maximum'),
        });
      }),
    );
  }

  /** Dims as an int32 vector. */
  dims(ds: Shape): Ref {
    if (ds.every((d) => typeof d === 'number')) return this.ints(ds as readonly number[]);
    return this.once(`dims ${ds.join()}`, () =>
      this.within('dims', () =>
        this.op(
          'Pack',
          ds.map((d) => this.dim(d)),
          { N: attr.int(ds.length), T: attr.type('int32'), axis: attr.int(0) },
        ),
      ),
    );
  }
}

function filled(shape: readonly number[], value: number, dtype: TfType): TensorMessage {
  const message = { dtype: TF_TYPES[dtype], tensorShape: shapeOf(shape) };
  switch (dtype) {
    case 'float32':
      return { ...message, floatVal: [value] };
    case 'bool':
      return { ...message, boolVal: [value !== 0] };
    case 'int32':
      return { ...message, intVal: [value] };
    default: {
      const element = dtype === 'uint32' ? Uint32Array.of(value) : BigInt64Array.of(BigInt(value));
      // tensorContent must have all elements; only scalars of these types are written
      return { ...message, tensorContent: new Uint8Array(element.buffer) };
    }
  }
}
