/** Legalization rules that all tfjs backends need. */
import type { Dim, LegalizeRule, Node, Sym } from '../engine/index.ts';
import {
  addN,
  broadcastTo,
  expand,
  fill,
  isReady,
  isStatic,
  loweringOf,
  needsKernel,
  reshape,
  sameShape,
  select,
  sizeOf,
} from '../engine/index.ts';
import { concat } from '../ops/shape/concat.ts';
import { slice } from '../ops/shape/slice.ts';
import { stack } from '../ops/shape/stack.ts';
import { tile } from '../ops/shape/tile.ts';

/** The most terms of one AddN: the kernel takes all terms at once, so all are alive together. */
const MAX_TERMS = 8;

const isEmpty = (s: Sym): boolean => isStatic(s.shape) && sizeOf(s.shape) === 0;

const nothingToCompute: LegalizeRule = {
  name: 'nothing-to-compute',
  reason: 'kernels given zero elements read uninitialised memory, or fail; composites assume windows that do not exist',
  rewrite: (node) =>
    needsKernel(node) && node.outputs.every(isEmpty)
      ? node.outputs.map(({ shape, dtype }) => fill(shape, 0, dtype))
      : undefined,
};

/** The results of reductions over no elements. */
const EMPTY_REDUCTIONS: Readonly<Record<string, number>> = {
  Sum: 0,
  Prod: 1,
  Any: 0,
  All: 1,
  Mean: Number.NaN,
  Max: -Infinity,
  Min: Infinity,
  BatchMatMul: 0,
  ScatterNd: 0,
  UnsortedSegmentSum: 0,
  Conv2D: 0,
  Conv2DBackpropFilter: 0,
  Conv2DBackpropInput: 0,
  Conv3D: 0,
  Conv3DBackpropFilterV2: 0,
  Conv3DBackpropInputV2: 0,
  DepthwiseConv2dNative: 0,
  DepthwiseConv2dNativeBackpropFilter: 0,
  DepthwiseConv2dNativeBackpropInput: 0,
};

/** Whether a cotangent that the op is linear in has no elements, as for gradients of poolings; windows need not fit then. */
const hasEmptyCotangent = ({ op, inputs }: Node): boolean =>
  op.traits.linear?.includes('dy') === true && isEmpty(inputs[op.slots.findIndex(({ name }) => name === 'dy')]!);

const reductionOfNothing: LegalizeRule = {
  name: 'reduction-of-nothing',
  reason: 'wasm returns uninitialised memory for it, and composites assume windows that do not exist',
  rewrite: (node) => {
    const value = EMPTY_REDUCTIONS[node.op.name] ?? (hasEmptyCotangent(node) ? 0 : undefined);
    return value !== undefined && node.inputs.some(isEmpty)
      ? node.outputs.map(({ shape, dtype }) => fill(shape, value, dtype))
      : undefined;
  },
};

/** Rules for values without elements. They apply to any op, so they come before all others, which need not handle such values. */
export const emptinessRules: readonly LegalizeRule[] = [nothingToCompute, reductionOfNothing];

export const commonRules: readonly LegalizeRule[] = [
  ...emptinessRules,
  {
    name: 'interleave-by-stacking',
    reason: 'tfjs interleaves on the host only',
    op: 'Interleave',
    rewrite: ({ inputs }) => stack(inputs, -1),
  },
  {
    name: 'deinterleave-by-slices',
    reason: 'tfjs deinterleaves on the host only',
    op: 'Deinterleave',
    rewrite: ({ inputs, outputs }) => {
      const [x] = inputs;
      const { shape } = outputs[0]!;
      return [0, 1].map((part) => reshape(slice(x!, [...shape.map(() => 0), part], [...shape, 1]), shape));
    },
  },
  {
    name: 'select-broadcasts-its-operands',
    reason: "tfjs's Select takes operands of one shape",
    op: 'Select',
    rewrite: ({ inputs, outputs }) => {
      const { shape } = outputs[0]!;
      if (inputs.every((s) => sameShape(s.shape, shape))) return undefined;
      const [condition, t, e] = inputs.map((s) => broadcastTo(s, shape));
      return select(condition!, t!, e!);
    },
  },
  {
    name: 'add-n-in-groups',
    reason: 'a value used thousands of times would keep thousands of terms alive for one call',
    op: 'AddN',
    rewrite: ({ inputs }) => {
      if (inputs.length <= MAX_TERMS) return undefined;
      let total = addN(inputs.slice(0, MAX_TERMS));
      for (let i = MAX_TERMS; i < inputs.length; i += MAX_TERMS - 1)
        total = addN([total, ...inputs.slice(i, i + MAX_TERMS - 1)]);
      return total;
    },
  },
];

/** Expands a node by its op's composite, once that is ready: for rules where the composite is better than the kernel. */
export function asComposite(node: Node): readonly Sym[] | undefined {
  const composite = loweringOf(node.op, 'composite')!;
  return isReady(node, composite) ? expand(node, composite) : undefined;
}

export const boundRules: readonly LegalizeRule[] = [
  ...emptinessRules,
  {
    name: 'concat-without-the-empty',
    reason: 'zero-size inputs add nothing, and kernels treat them differently',
    op: 'Concat',
    rewrite: ({ inputs, attrs }) => {
      const full = inputs.filter((s) => !isEmpty(s));
      if (full.length === inputs.length || full.length === 0) return undefined;
      return full.length === 1 ? full[0] : concat(full, attrs.axis as number);
    },
  },
  {
    name: 'pad-of-nothing',
    reason: 'there is nothing to copy',
    op: 'PadV2',
    rewrite: ({ inputs, outputs, attrs }) =>
      isEmpty(inputs[0]!) ? fill(outputs[0]!.shape, attrs.constantValue as number, outputs[0]!.dtype) : undefined,
  },
  {
    name: 'broadcast-by-tile',
    reason: 'cpu, wasm and webgl have no BroadcastTo',
    op: 'BroadcastTo',
    rewrite: (node) => byTile(node),
  },
];

/** A broadcast by Tile: adds leading dims of 1, and copies along each dim. */
function byTile({ inputs, outputs }: Node): Sym {
  const [x] = inputs;
  const { shape } = outputs[0]!;
  const padded: Dim[] = [...shape.slice(0, shape.length - x!.shape.length).map(() => 1), ...x!.shape];
  const copies = shape.map((d, i) => (padded[i] === d ? 1 : (d as number)));
  return copies.every((n) => n === 1) ? reshape(x!, shape) : tile(reshape(x!, padded), copies);
}
