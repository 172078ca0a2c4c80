/** Rules for values of a higher rank than a backend's kernels support: they merge dimensions, or process one axis at a time. */
import type { AnyOp, Dim, LegalizeRule, Node, Shape, Sym } from '../engine/index.ts';
import { broadcastTo, inputRecord, product, reshape } from '../engine/index.ts';
import { transpose } from '../ops/matrix/transpose.ts';
import { along, sliceMiddle } from '../ops/shape/along.ts';
import { type MirrorMode, mirrorPad } from '../ops/shape/mirror-pad.ts';
import { pad } from '../ops/shape/pad.ts';
import { reverse } from '../ops/shape/reverse.ts';
import { tile } from '../ops/shape/tile.ts';

/** A rule for nodes with an input or output of a higher rank. @param how the approach, for the rule's name */
const beyond = (
  rank: number,
  op: string | undefined,
  how: string,
  reason: string,
  rewrite: (x: Sym, node: Node) => readonly Sym[] | Sym | undefined,
): LegalizeRule => ({
  name: `${op?.toLowerCase() ?? 'elementwise'}-of-high-rank-${how}`,
  reason,
  ...(op !== undefined && { op }),
  rewrite: (node) => {
    const widest = Math.max(...[...node.inputs, ...node.outputs].map((s) => s.rank));
    return widest > rank && node.inputs.length > 0 ? rewrite(node.inputs[0]!, node) : undefined;
  },
});

type Pairs = readonly (readonly [Dim, Dim])[];

/** Pads one axis after the other. */
const padded = (x: Sym, paddings: Pairs, padMiddle: (x: Sym, pairs: Pairs) => Sym): Sym =>
  paddings.reduce<Sym>(
    (value, pair, axis) =>
      pair.every((amount) => amount === 0) ? value : along(value, axis, (x3) => padMiddle(x3, [[0, 0], pair, [0, 0]])),
    x,
  );

export const padByAxis = (rank: number, reason: string): LegalizeRule =>
  beyond(rank, 'PadV2', 'by-axis', reason, (x, { attrs }) =>
    padded(x, attrs.paddings as Pairs, (x3, pairs) => pad(x3, pairs, attrs.constantValue as number)),
  );

export const mirrorPadByAxis = (rank: number, reason: string): LegalizeRule =>
  beyond(rank, 'MirrorPad', 'by-axis', reason, (x, { attrs }) =>
    padded(x, attrs.paddings as Pairs, (x3, pairs) => mirrorPad(x3, pairs, attrs.mode as MirrorMode)),
  );

export const reverseByAxis = (rank: number, reason: string): LegalizeRule =>
  beyond(rank, 'Reverse', 'by-axis', reason, (x, { attrs }) =>
    (attrs.dims as readonly number[]).reduce<Sym>((value, axis) => along(value, axis, (x3) => reverse(x3, [1])), x),
  );

export const tileByAxis = (rank: number, reason: string): LegalizeRule =>
  beyond(rank, 'Tile', 'by-axis', reason, (x, { attrs }) =>
    (attrs.reps as readonly Dim[]).reduce<Sym>(
      (value, copies, axis) => (copies === 1 ? value : along(value, axis, (x3) => tile(x3, [1, copies, 1]))),
      x,
    ),
  );

export const sliceByAxis = (rank: number, reason: string): LegalizeRule =>
  beyond(rank, 'Slice', 'by-axis', reason, (x, { attrs }) => {
    const { begin, size } = attrs as Readonly<Record<'begin' | 'size', readonly Dim[]>>;
    return size.reduce<Sym>(
      (value, count, axis) =>
        begin[axis] === 0 && count === x.shape[axis]
          ? value
          : along(value, axis, (x3) => sliceMiddle(x3, begin[axis]!, count)),
      x,
    );
  });

/** Moves one axis at a time to its position. */
export const transposeByAxis = (rank: number, reason: string): LegalizeRule =>
  beyond(rank, 'Transpose', 'by-axis', reason, (x, { outputs, attrs }) => {
    let value = x;
    const order = x.shape.map((_, i) => i);
    for (const [to, axis] of (attrs.perm as readonly number[]).entries()) {
      const from = order.indexOf(axis);
      if (from === to) continue;
      order.splice(to, 0, ...order.splice(from, 1));
      value = moved(value, from, to);
    }
    return reshape(value, outputs[0]!.shape);
  });

/** Moves the axis `from` forwards to `to`. */
function moved(x: Sym, from: number, to: number): Sym {
  const size = x.shape[from]!;
  const [before, between, after] = [x.shape.slice(0, to), x.shape.slice(to, from), x.shape.slice(from + 1)];
  const four = reshape(x, [product(before), product(between), size, product(after)]);
  return reshape(transpose(four, [0, 2, 1, 3]), [...before, size, ...between, ...after]);
}

/**
 * Ops along one axis: merges the dimensions before the axis, and those after it. Pack has the axis only in its output, Unpack only in its
 * input: the other side has two dimensions.
 */
export const foldAround = (op: string, rank: number, reason: string): LegalizeRule =>
  beyond(rank, op, 'folded', reason, (_x, node) => {
    const { inputs, outputs, attrs, arity } = node;
    const axis = attrs.axis as number;
    const has = (s: Sym): boolean => !(op === 'Pack' && inputs.includes(s));
    const parts = inputs.map((s) => {
      const [before, after] = [s.shape.slice(0, axis), s.shape.slice(axis + (has(s) ? 1 : 0))];
      return reshape(s, [product(before), ...(has(s) ? [s.shape[axis]!] : []), product(after)]);
    });
    const made = node.op.nodes(inputRecord(node.op, parts, arity), { ...attrs, axis: 1 });
    return made.map((s, k) => reshape(s, outputs[k]!.shape));
  });

/** Ops along the last axis of one input: merges the dimensions before it. */
export const foldRows = (name: string, rank: number, reason: string): LegalizeRule =>
  beyond(rank, name, 'folded', reason, (x, { op, outputs, attrs }) => {
    const rows = reshape(x, [product(x.shape.slice(0, -1)), x.shape.at(-1)!]);
    return op.nodes({ x: rows }, attrs).map((s, k) => reshape(s, outputs[k]!.shape));
  });

/** Gather: merges the batch dimensions, those between them and the axis, and those after the axis. */
export const foldGather = (rank: number, reason: string): LegalizeRule =>
  beyond(rank, 'GatherV2', 'folded', reason, (x, { op, inputs, outputs, attrs }) => {
    const { axis, batchDims } = attrs as Readonly<Record<'axis' | 'batchDims', number>>;
    const indices = inputs[1]!;
    const batch = x.shape.slice(0, batchDims);
    const [before, after] = [product(x.shape.slice(batchDims, axis)), product(x.shape.slice(axis + 1))];
    const batches = batchDims > 0 ? [product(batch)] : [];
    const [gathered] = op.nodes(
      {
        x: reshape(x, [...batches, before, x.shape[axis]!, after]),
        indices: reshape(indices, [...batches, product(indices.shape.slice(batchDims))]),
      },
      { ...attrs, axis: batches.length + 1, batchDims: batches.length },
    );
    return reshape(gathered!, outputs[0]!.shape);
  });

/** Matrix products: merges all batch dimensions. */
export const foldProducts = (rank: number, reason: string): LegalizeRule =>
  beyond(rank, 'BatchMatMul', 'folded', reason, (_x, { op, inputs, outputs, attrs }) => {
    const { shape } = outputs[0]!;
    const batch = shape.slice(0, -2);
    const [a, b] = inputs.map((s) => {
      const matrix = s.shape.slice(-2);
      return s.shape.slice(0, -2).every((d) => d === 1)
        ? reshape(s, [1, ...matrix])
        : reshape(broadcastTo(s, [...batch, ...matrix]), [product(batch), ...matrix]);
    });
    return reshape(op.nodes({ a: a!, b: b! }, attrs)[0]!, shape);
  });

/** Adjacent axes of one kind. */
interface Run {
  readonly kind: string;
  readonly axes: number[];
}

/** The runs of a shape, without axes of size 1. */
function runsOf(shape: Shape, kindOf: (axis: number) => string): readonly Run[] {
  const runs: Run[] = [];
  for (const [axis, d] of shape.entries()) {
    if (d === 1) continue;
    const kind = kindOf(axis);
    const last = runs.at(-1);
    if (last?.kind === kind) last.axes.push(axis);
    else runs.push({ kind, axes: [axis] });
  }
  return runs;
}

/** The shape with one dim for each run. */
const folded = (shape: Shape, runs: readonly Run[]): Shape =>
  runs.map(({ axes }) => product(axes.map((axis) => shape[axis]!)));

const REDUCTIONS = ['All', 'Any', 'Max', 'Mean', 'Min', 'Prod', 'Sum'];

/** Reductions: merges adjacent reduced and adjacent kept dimensions, and reduces one run after the other. */
export const foldReductions = (rank: number, reason: string): readonly LegalizeRule[] =>
  REDUCTIONS.map((reduction) =>
    beyond(rank, reduction, 'folded', reason, (x, { op, outputs, attrs }) => {
      const name = 'axis' in attrs ? 'axis' : 'reductionIndices';
      const axes = attrs[name] as readonly number[];
      const runs = runsOf(x.shape, (axis) => (axes.includes(axis) ? 'reduced' : 'kept'));
      let value = reshape(x, folded(x.shape, runs));
      for (let run = runs.length - 1; run >= 0; run--)
        if (runs[run]!.kind === 'reduced') value = reducedAt(op, value, run, name);
      return reshape(value, outputs[0]!.shape);
    }),
  );

function reducedAt(op: AnyOp, x: Sym, axis: number, name: string): Sym {
  const [before, after] = [x.shape.slice(0, axis), x.shape.slice(axis + 1)];
  const three = reshape(x, [product(before), x.shape[axis]!, product(after)]);
  return reshape(op.nodes({ x: three }, { [name]: [1], keepDims: false })[0]!, [...before, ...after]);
}

/** Elementwise ops: merges adjacent dimensions along which the same operands are broadcast; if too many remain, broadcasts explicitly. */
export const foldElementwise = (rank: number, reason: string): LegalizeRule =>
  beyond(rank, undefined, 'folded', reason, (_x, { op, inputs, outputs, attrs, arity }) => {
    if (!op.traits.elementwise) return undefined;
    const { shape } = outputs[0]!;
    const whole = inputs.map((s) => [...Array.from({ length: shape.length - s.rank }, () => 1), ...s.shape]);
    const runs = runsOf(shape, (axis) => whole.map((operand) => (operand[axis] === 1 ? '1' : 'n')).join(''));
    const operand = (s: Sym, k: number): Sym => {
      if (s.rank === 0) return s;
      if (runs.length > rank) return reshape(broadcastTo(s, shape), [product(shape)]);
      return reshape(s, folded(whole[k]!, runs));
    };
    const made = op.nodes(inputRecord(op, inputs.map(operand), arity), attrs);
    return made.map((s, k) => reshape(s, outputs[k]!.shape));
  });
