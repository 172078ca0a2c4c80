/** Writes a loop as TensorFlow's StatelessWhile. Stacked results are collected in a TensorList, written in place; sums in an accumulator. */
import { type Loop, type Node, type Shape, type Sym, toDim } from '../../../engine/index.ts';
import type { FunctionDef } from '../proto/messages.ts';
import * as attr from './attributes.ts';
import { TF_TYPES, type TfType } from './attributes.ts';
import { GraphWriter, type Ref } from './writer.ts';

/** Writes the results of a body. @param leaf gives the tensors of leaves */
export type WriteBody = (
  w: GraphWriter,
  results: readonly Sym[],
  leaf: (node: Node) => Ref | undefined,
) => readonly Ref[];

/** An argument of a function. */
const argument = (name: string, dtype: TfType): Ref => ({ name, op: '', output: 0, dtype });
const T = (ref: Ref) => ({ T: attr.type(ref.dtype) });
const INT = { T: attr.type('int32') };

/** @param write writes the results of a body */
export function writeLoop(w: GraphWriter, loop: Loop, inputs: readonly Ref[], write: WriteBody): readonly Ref[] {
  const { body, count, stacked } = loop;
  const results = body.results.map((r, k) => ({ shape: r.shape, dtype: r.dtype as TfType, isStacked: k < stacked }));

  // the loop's variables, in order: the counter, the count, the node's inputs, collectors, and dims that the body needs
  const starts = results.map(({ shape, dtype, isStacked }) =>
    isStacked
      ? w.op(
          'TensorListReserve',
          [w.dims(shape), w.dim(count)],
          { element_dtype: attr.type(dtype), shape_type: attr.type('int32') },
          'variant',
        )
      : w.op(
          'Fill',
          [w.dims(shape), w.scalar(0, dtype)],
          { T: attr.type(dtype), index_type: attr.type('int32') },
          dtype,
        ),
  );
  const fixed = [w.scalar(0), w.dim(count), ...inputs, ...starts];
  const name = w.shared.nameFunction();
  const iteration = writeIteration(w, `${name}_body`, fixed, loop, results, write);
  const variables = [...fixed, ...iteration.dims.map((dim) => w.dim(toDim(`$${dim}`)))];
  const names = variables.map((_, i) => `v${i}`);
  w.shared.functions.push(condition(`${name}_condition`, names, variables), iteration.define(names, variables));
  const ends = w.ops(
    'StatelessWhile',
    variables,
    {
      T: attr.types(variables.map((v) => v.dtype)),
      cond: attr.func(`${name}_condition`),
      body: attr.func(`${name}_body`),
      output_shapes: attr.shapes([]),
      parallel_iterations: attr.int(1),
    },
    variables.map((v) => v.dtype),
  );
  const collected = ends.slice(2 + inputs.length);
  return results.map(({ shape, dtype, isStacked }, k) =>
    isStacked
      ? w.op(
          'TensorListStack',
          [collected[k]!, w.dims(shape)],
          { element_dtype: attr.type(dtype), num_elements: attr.int(-1) },
          dtype,
        )
      : collected[k]!,
  );
}

const args = (names: readonly string[], variables: readonly Ref[]) =>
  names.map((name, i) => ({ name, type: TF_TYPES[variables[i]!.dtype] }));

/** counter < count */
function condition(name: string, names: readonly string[], variables: readonly Ref[]): FunctionDef {
  return {
    signature: { name, inputArg: args(names, variables), outputArg: [{ name: 'goes_on', type: TF_TYPES.bool }] },
    nodeDef: [{ name: 'less', op: 'Less', input: [names[0]!, names[1]!], attr: INT }],
    ret: { goes_on: 'less:z:0' },
  };
}

interface Result {
  readonly shape: Shape;
  readonly dtype: TfType;
  readonly isStacked: boolean;
}

/** x[i], along the leading axis. */
const elementOf = (w: GraphWriter, x: Ref, i: Ref): Ref =>
  w.op('GatherV2', [x, i, w.scalar(0)], {
    Tparams: attr.type(x.dtype),
    Tindices: attr.type('int32'),
    Taxis: attr.type('int32'),
  });

/** Writes the function of one iteration. The dims that it needs are known only afterwards. */
function writeIteration(
  outer: GraphWriter,
  name: string,
  fixed: readonly Ref[],
  { body, mapped }: Loop,
  results: readonly Result[],
  write: WriteBody,
) {
  const dims: string[] = [];
  const w = new GraphWriter(outer.shared, outer.shared.inFunction, (dim) => {
    if (!dims.includes(dim)) dims.push(dim);
    return argument(`v${fixed.length + dims.indexOf(dim)}`, 'int32');
  });
  const variables = fixed.map((v, i) => argument(`v${i}`, v.dtype));
  const [counter] = variables as [Ref];
  const collectorsAt = 2 + body.parameters.length;
  const given = variables.slice(2, collectorsAt).map((x, k) => (k < mapped ? elementOf(w, x, counter) : x));
  const position = new Map(body.parameters.map((p, i) => [p.node, i]));
  const values = write(w, body.results, (node) => given[position.get(node) ?? -1]);
  const collectors = variables.slice(collectorsAt);
  const collected = values.map((value, k) => {
    const collector = collectors[k]!;
    return results[k]!.isStacked
      ? w.op('TensorListSetItem', [collector, counter, value], { element_dtype: attr.type(value.dtype) }, 'variant')
      : w.op('AddV2', [collector, value], T(value));
  });
  const next = w.op('AddV2', [counter, w.scalar(1)], INT);
  // a function's result must be the output of a node, so arguments are returned by an Identity
  const passed = (ref: Ref): Ref => w.op('Identity', [ref], T(ref));
  const ends = [next, ...variables.slice(1, collectorsAt), ...collected];
  return {
    dims,
    define: (names: readonly string[], all: readonly Ref[]): FunctionDef => {
      const outputs = all.map((v, i) => ends[i] ?? argument(names[i]!, v.dtype));
      const ret = outputs.map((ref) => w.spell(ref.op === '' ? passed(ref) : ref));
      const outputNames = names.map((n) => `${n}_out`);
      return {
        signature: { name, inputArg: args(names, all), outputArg: args(outputNames, all) },
        nodeDef: w.nodes,
        ret: Object.fromEntries(outputNames.map((n, i) => [n, ret[i]!])),
      };
    },
  };
}
