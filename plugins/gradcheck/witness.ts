/** The witness: what tfjs itself gives for a row, in double precision. It is compared, and not always right. */
import type * as tf from '@tensorflow/tfjs-core';
import {
  type AnyOp,
  type AttrSchema,
  type Attrs,
  type HostValue,
  isDifferentiable,
  loweringOf,
  meansKernel,
  type Sample,
  type Sym,
} from '../../engine/index.ts';
import { bindingsOf, type DrawnInput } from './draw.ts';
import type { Float64Tf } from './float64.ts';
import { toDouble } from './judge.ts';

export interface Witness {
  readonly values?: readonly ArrayLike<number>[];
  /** By tf.grads, in the order of the differentiable inputs. */
  readonly gradients?: readonly ArrayLike<number>[];
  /** Why a part is missing. */
  readonly reason?: string;
}

interface Subject {
  readonly outputs: Readonly<Record<string, Sym>>;
  readonly feeds: Readonly<Record<string, HostValue>>;
  readonly xs: Readonly<Record<string, Sym>>;
  readonly cotangents: Readonly<Record<string, Sym>>;
}

type Reference = (inputs: readonly tf.Tensor[]) => readonly tf.Tensor[];

export function askTfjs(
  op: AnyOp | undefined,
  sample: Sample,
  drawn: readonly DrawnInput[],
  subject: Subject,
  float64: Float64Tf,
): Witness {
  const reference = referenceOf(op, sample, drawn, subject, float64);
  if (typeof reference === 'string') return { reason: reference };
  const ask = (): Witness => {
    const toTensor = ({ data, shape, dtype }: HostValue): tf.Tensor =>
      float64.tensor(
        (dtype === 'float32' ? toDouble(data) : data) as never,
        [...shape],
        dtype as 'float32',
      ) as unknown as tf.Tensor;
    const inputs = drawn.map(({ value }) => toTensor(value));
    const values = reference(inputs).map((t) => t.dataSync());
    if (Object.keys(subject.xs).length === 0) return { values };
    if (sample.tfGradIsWrong !== undefined) return { values, reason: `tf.grad: ${sample.tfGradIsWrong}` };
    const ws = Object.keys(subject.cotangents).map((name) => toTensor(subject.feeds[name]!));
    return { values, gradients: gradientsOf(reference, drawn, inputs, ws, subject, float64) };
  };
  return float64.tidy(ask as never) as unknown as Witness;
}

/** tf.grads of <y, w> by the differentiable inputs. */
function gradientsOf(
  reference: Reference,
  drawn: readonly DrawnInput[],
  inputs: readonly tf.Tensor[],
  ws: readonly tf.Tensor[],
  subject: Subject,
  float64: Float64Tf,
): readonly ArrayLike<number>[] {
  const own = float64 as unknown as typeof tf;
  const positions = drawn.flatMap(({ name }, i) => (name in subject.xs ? [i] : []));
  const project = (...xs: tf.Tensor[]): tf.Scalar => {
    const all = [...inputs];
    positions.forEach((p, k) => {
      all[p] = xs[k]!;
    });
    const ys = reference(all).filter((t) => isDifferentiable(t.dtype as 'float32'));
    return ys.map((y, k) => own.sum(own.mul(y, ws[k]!)) as tf.Scalar).reduce((a, b) => own.add(a, b));
  };
  return own
    .grads(project as never)(positions.map((p) => inputs[p]!))
    .map((t) => t.dataSync());
}

/** The row in tfjs, or why there is none. */
function referenceOf(
  op: AnyOp | undefined,
  sample: Sample,
  drawn: readonly DrawnInput[],
  { outputs }: Subject,
  float64: Float64Tf,
): Reference | string {
  const own = float64 as unknown as typeof tf;
  const asList = (result: tf.Tensor | readonly tf.Tensor[]): readonly tf.Tensor[] =>
    Array.isArray(result) ? result : [result as tf.Tensor];
  if (sample.reference === null) return sample.note ?? 'tfjs has nothing that means the same';
  if (sample.reference !== undefined) {
    const { reference } = sample;
    return (inputs) => asList(reference(own, inputs));
  }
  if (sample.build !== undefined || op === undefined) return 'no reference is given for a composition';
  if (own.getKernel(op.name, 'cpu') === undefined) return `tfjs has no kernel '${op.name}'`;
  const kernel = loweringOf(op, 'kernel');
  if (kernel !== undefined && !meansKernel(outputs.y0!.node, kernel))
    return `tfjs's kernel '${op.name}' means something else here`;
  const attrs = boundAttrs(op, outputs.y0!.node.attrs, sample);
  const list = op.slots.length === 1 && op.slots[0]!.kind === 'variadic';
  return (inputs) => {
    const named = list
      ? (inputs as unknown as tf.NamedTensorMap)
      : Object.fromEntries(drawn.map(({ name }, i) => [name, inputs[i]!]));
    return asList(
      own.engine().runKernel(op.name, named, attrs as unknown as tf.NamedAttrMap) as tf.Tensor | tf.Tensor[],
    );
  };
}

function boundAttrs(op: AnyOp, attrs: Attrs, sample: Sample): Attrs {
  const dims = bindingsOf(sample);
  const schema = op.attrs as AttrSchema;
  return Object.fromEntries(
    Object.keys(schema).map((name) => [name, schema[name]!.bind?.(attrs[name], dims) ?? attrs[name]]),
  );
}
