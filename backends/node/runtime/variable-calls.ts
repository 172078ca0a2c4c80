/** Calls that read or assign variables of a session. */
import { type DType, type HostValue, sizeOf, typedArrayOf } from '../../../engine/index.ts';
import type { TfType } from '../graph/attributes.ts';
import * as attr from '../graph/attributes.ts';
import { endpointOf, PRODUCER } from '../graph/program.ts';
import { variableHandle } from '../graph/variable.ts';
import { GraphWriter, inGraph, type Ref, type Shared } from '../graph/writer.ts';
import type { Call, Session } from './session.ts';
import { FedTensor, type TensorCount, takeTensor } from './tensor.ts';

export type TypedName = readonly [name: string, type: Omit<HostValue, 'data'>];

/** Variables of one dtype, by their indices, that are concatenated in one tensor. */
interface Parcel {
  readonly dtype: DType;
  readonly members: readonly number[];
  readonly sizes: readonly number[];
}

/** Variables with more elements have their own tensor, which avoids a copy. */
const SMALL = 4096;

/**
 * Groups variables into parcels. TensorFlow's first run of a call compares all fed and fetched tensors pairwise, so thousands of small
 * variables are passed in few tensors.
 */
function parcelsOf(types: readonly Omit<HostValue, 'data'>[]): readonly Parcel[] {
  const sizes = types.map(({ shape }) => sizeOf(shape));
  const large: number[][] = [];
  const small = new Map<DType, number[]>();
  for (const [i, { dtype }] of types.entries()) {
    if (sizes[i]! > SMALL) large.push([i]);
    else if (small.has(dtype)) small.get(dtype)!.push(i);
    else small.set(dtype, [i]);
  }
  return [...large, ...small.values()].map((members) => ({
    dtype: types[members[0]!]!.dtype,
    members,
    sizes: members.map((i) => sizes[i]!),
  }));
}

const flat = (w: GraphWriter, x: Ref): Ref =>
  w.op('Reshape', [x, w.ints([-1])], { T: attr.type(x.dtype), Tshape: attr.type('int32') });

const handleOf = (w: GraphWriter, [name, { dtype, shape }]: TypedName): Ref =>
  variableHandle(w, name, dtype as TfType, shape);

/** Reads variables. */
export class Reading {
  readonly #session: Session;
  readonly #types: readonly Omit<HostValue, 'data'>[];
  readonly #parcels: readonly Parcel[];
  readonly #call: Call;

  constructor(session: Session, variables: readonly TypedName[]) {
    this.#session = session;
    this.#types = variables.map(([, type]) => type);
    this.#parcels = parcelsOf(this.#types);
    const w = graphWriter();
    const fetched = this.#parcels.map(({ dtype, members }) => {
      const type = dtype as TfType;
      const values = members.map((i) =>
        w.op('ReadVariableOp', [handleOf(w, variables[i]!)], { dtype: attr.type(type) }, type),
      );
      if (values.length === 1) return values[0]!;
      const attrs = { N: attr.int(values.length), T: attr.type(type), Tidx: attr.type('int32') };
      return w.op('ConcatV2', [...values.map((value) => flat(w, value)), w.scalar(0)], attrs, type);
    });
    this.#call = session.call(importOf(session, w), [], fetched.map(endpointOf), []);
  }

  /** The values, in the order of the variables. */
  run(): readonly HostValue[] {
    this.#session.runSync(this.#call);
    const values: HostValue[] = [];
    // take all tensors first, so that all are freed
    const taken = this.#parcels.map(({ dtype }, k) =>
      takeTensor(this.#session.api, this.#call.outputValues[k]!, dtype),
    );
    for (const [k, { members, sizes }] of this.#parcels.entries()) {
      const { data } = taken[k]!;
      let start = 0;
      for (const [m, i] of members.entries()) {
        const end = start + sizes[m]!;
        values[i] = { ...this.#types[i]!, data: members.length === 1 ? data : data.slice(start, end) };
        start = end;
      }
    }
    return values;
  }
}

/** Assigns variables. */
export class Assignment {
  /** The number of its nodes. */
  readonly nodes: number;
  readonly #session: Session;
  readonly #parcels: readonly Parcel[];
  readonly #call: Call;

  constructor(session: Session, variables: readonly TypedName[]) {
    this.#session = session;
    this.#parcels = parcelsOf(variables.map(([, type]) => type));
    const w = graphWriter();
    const fed: Ref[] = [];
    const done = this.#parcels.flatMap((parcel) => {
      const type = parcel.dtype as TfType;
      const value = w.op('Placeholder', [], { dtype: attr.type(type), shape: attr.shape([total(parcel)]) }, type);
      fed.push(value);
      return partsOf(w, value, parcel.sizes).flatMap((part, m) => {
        const variable = variables[parcel.members[m]!]!;
        const shaped = w.op('Reshape', [part, w.ints(variable[1].shape)], {
          T: attr.type(type),
          Tshape: attr.type('int32'),
        });
        // copied, since a variable may reuse the assigned tensor's memory, and the fed tensor is freed after the call
        const own = w.op('DeepCopy', [shaped], { T: attr.type(type) });
        return w.ops('AssignVariableOp', [handleOf(w, variable), own], { dtype: attr.type(type) }, ['bool']);
      });
    });
    const [all] = w.ops('NoOp', [], {}, ['bool'], { after: done });
    this.#call = session.call(importOf(session, w), fed.map(endpointOf), [], [all!.name]);
    this.nodes = w.nodes.length;
  }

  /** @param values in the order of the variables */
  run(values: readonly HostValue[], count: TensorCount): void {
    const fed: FedTensor[] = [];
    try {
      for (const [k, parcel] of this.#parcels.entries()) {
        const tensor = new FedTensor(this.#session.api, { dtype: parcel.dtype, shape: [total(parcel)] }, count);
        fed.push(tensor);
        tensor.write(joined(parcel, values));
        this.#call.inputValues[k] = tensor.pointer;
      }
      this.#session.runSync(this.#call);
    } finally {
      for (const tensor of fed) tensor.free();
    }
  }
}

/** Frees a variable's memory. */
export function destroyVariable(session: Session, name: string, type: Omit<HostValue, 'data'>): void {
  const w = graphWriter();
  const attrs = { ignore_lookup_error: attr.bool(true) };
  const [done] = w.ops('DestroyResourceOp', [handleOf(w, [name, type])], attrs, ['bool']);
  const prefix = importOf(session, w);
  session.retired += w.nodes.length;
  session.runSync(session.call(prefix, [], [], [done!.name]));
}

const total = ({ sizes }: Parcel): number => sizes.reduce((sum, size) => sum + size, 0);

function partsOf(w: GraphWriter, value: Ref, sizes: readonly number[]): readonly Ref[] {
  if (sizes.length === 1) return [value];
  const attrs = { num_split: attr.int(sizes.length), T: attr.type(value.dtype), Tlen: attr.type('int32') };
  return w.ops(
    'SplitV',
    [value, w.ints(sizes), w.scalar(0)],
    attrs,
    sizes.map(() => value.dtype),
  );
}

function joined(parcel: Parcel, values: readonly HostValue[]): ArrayLike<number> {
  const { dtype, members, sizes } = parcel;
  if (members.length === 1) return values[members[0]!]!.data;
  const data = typedArrayOf(dtype, total(parcel));
  let start = 0;
  for (const [m, i] of members.entries()) {
    data.set(values[i]!.data, start);
    start += sizes[m]!;
  }
  return data;
}

const importOf = (session: Session, w: GraphWriter): string =>
  session.import({ node: w.nodes, versions: { producer: PRODUCER } });

const NO_FUNCTIONS: Shared = {
  functions: [],
  nameFunction: () => '',
  hasAttribute: () => true,
  inFunction: inGraph,
};

/** A writer of graphs without functions and symbolic dims. */
export const graphWriter = (): GraphWriter =>
  new GraphWriter(NO_FUNCTIONS, inGraph, () => {
    throw new Error('variables have no unknown sizes');
  });
