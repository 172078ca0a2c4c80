/** The witness: tfjs's own results for a row, in double precision, up to second order. tfjs is not always right. */
import type * as tf from '@tensorflow/tfjs-core';
import type { AnyOp, AttrSchema, Attrs, HostValue } from '../../engine/index.ts';
import { evaluateDim, isDifferentiable, loweringOf, meansKernel, toposort } from '../../engine/index.ts';
import type { Sample, SampleReference } from '../../ops/sample.ts';
import { distance } from './distance.ts';
import { bindingsOf, type DrawnInput } from './draw.ts';
import type { Float64Tf } from './float64.ts';
import { toDouble } from './judge.ts';
import type { Numeric } from './numeric.ts';
import { locationIn } from './rule-line.ts';
import type { Subject } from './subject.ts';

/** 'none': tfjs has no such function, or there is nothing to differentiate. */
export type Verdict = 'right' | 'wrong' | 'throws' | 'hangs' | 'none';

export interface Witness {
  /** The expected values. */
  readonly values?: readonly ArrayLike<number>[];
  /** Whether tfjs's function is right on this row, and tf.grads of it, applied once and twice. */
  readonly verdicts: { readonly forward: Verdict; readonly first: Verdict; readonly second: Verdict };
  /** Why a part is missing. */
  readonly reasons: readonly string[];
}

type Tensors = readonly tf.Tensor[];
type Reference = (inputs: Tensors) => Tensors;
type Values = readonly ArrayLike<number>[];
type Shape = readonly number[];

/** Error bounds in double precision; some of tfjs's formulas are only accurate to 1e-7. */
const FIRST = 1e-4;
const SECOND = 1e-3;

/** A row to ask tfjs about. */
interface Question {
  readonly op: AnyOp | undefined;
  readonly sample: Sample;
  readonly drawn: readonly DrawnInput[];
  readonly subject: Subject;
}

/** @param row its name, for example "Tanh's row 2" */
export function askTfjs(row: string, question: Question, float64: Float64Tf, numeric: Numeric): Witness {
  const { sample, drawn, subject } = question;
  const own = float64 as unknown as typeof tf;
  const reference = referenceOf(question, own);
  const other = ownFunction(question, own) ?? reference;
  const smooth = Object.keys(subject.xs).length > 0;
  const claim = claimOf(sample, subject);
  const reasons = [
    ...(typeof reference === 'string' ? [reference] : typeof other === 'string' ? [other] : []),
    ...(smooth && typeof other !== 'string' && claim !== undefined ? [`tf.grad: ${claim}`] : []),
    ...(smooth && sample.tfGradHangs !== undefined ? [`tf.grad: ${sample.tfGradHangs}`] : []),
  ];
  const inTidy = <T>(f: () => T): T => own.tidy(f as never) as T;
  const toTensor = (value: HostValue): tf.Tensor => tensorOf(value, own);
  const inputs = (): Tensors => drawn.map(({ value }) => toTensor(value));
  const read = (tensors: Tensors): Values => tensors.map((t) => t.dataSync());

  const values =
    typeof reference === 'string' ? undefined : valuesOf(row, () => inTidy(() => read(reference(inputs()))));
  const answer = (forward: Verdict, first: Verdict, second = first): Witness => ({
    ...(values && { values }),
    verdicts: { forward, first, second },
    reasons,
  });
  if (sample.tfjs === 'hangs') return answer('hangs', smooth ? 'hangs' : 'none');
  if (typeof other === 'string') return answer('none', 'none');

  /** Whether tfjs's answer is within a bound of the expected values. */
  const judge = (ask: () => Values | undefined, expected: Values, bound: number): Verdict => {
    try {
      const answer = inTidy(ask);
      return answer !== undefined && distance(answer, expected) <= bound ? 'right' : 'wrong';
    } catch {
      return 'throws';
    }
  };
  const shapes = shapesOf(sample, subject);
  const value = (): Values | undefined => {
    const tensors = other(inputs());
    return haveShapes(tensors, shapes) ? read(tensors) : undefined;
  };
  const forward = judge(value, Object.values(numeric.outputs), FIRST);
  if (!smooth) return answer(forward, 'none');
  if (sample.tfGradHangs !== undefined) return answer(forward, 'hangs');

  const positions = drawn.flatMap(({ name }, i) => (name in subject.xs ? [i] : []));
  const feed = (name: string): tf.Tensor => toTensor(subject.feeds[name]!);
  const ask = (order: 1 | 2) => (): Values => {
    const all = inputs();
    const ws = Object.keys(subject.cotangents).map(feed);
    const vs = Object.keys(subject.xs).map((name) => feed(`v_${name}`));
    const projected = (...xs: tf.Tensor[]): tf.Scalar => {
      const given = [...all];
      positions.forEach((p, k) => {
        given[p] = xs[k]!;
      });
      const ys = other(given).filter((t) => isDifferentiable(t.dtype as 'float32'));
      return project(own, ys, ws);
    };
    const slope = (...xs: tf.Tensor[]): tf.Scalar => project(own, own.grads(projected)(xs), vs);
    return read(own.grads(order === 1 ? projected : slope)(positions.map((p) => all[p]!)));
  };
  return answer(
    forward,
    judge(ask(1), Object.values(numeric.first), FIRST),
    judge(ask(2), Object.values(numeric.second), SECOND),
  );
}

/** Why tf.grad is not used: the sample says that it is wrong, or values are complex. */
export const claimOf = ({ tfGradIsWrong }: Sample, { outputs }: Pick<Subject, 'outputs'>): string | undefined =>
  tfGradIsWrong ??
  (toposort(Object.values(outputs)).some((node) => node.outputs.some(({ dtype }) => dtype === 'complex64'))
    ? 'none for complex numbers'
    : undefined);

/** The shapes of the values under test, with known dims. */
const shapesOf = (sample: Sample, { outputs }: Subject): readonly Shape[] =>
  Object.values(outputs).map(({ shape }) => shape.map((d) => evaluateDim(d, bindingsOf(sample))));

/** Whether tensors have these shapes, which comparing elements does not show. */
const haveShapes = (tensors: Tensors, shapes: readonly Shape[]): boolean =>
  shapes.every((shape, i) => shape.join() === tensors[i]?.shape.join());

function tensorOf({ data, shape, dtype }: HostValue, own: typeof tf): tf.Tensor {
  const make = (values: ArrayLike<number>, type: 'float32' | 'int32' | 'bool'): tf.Tensor =>
    own.tensor(values as never, [...shape], type);
  if (dtype !== 'complex64') return make(dtype === 'float32' ? toDouble(data) : data, dtype);
  const part = (offset: 0 | 1): tf.Tensor => make(toDouble(data.filter((_, i) => i % 2 === offset)), 'float32');
  return own.complex(part(0), part(1));
}

/** The sum of the inner products of values and directions; for complex values, of both parts. */
const project = (own: typeof tf, ys: Tensors, ws: Tensors): tf.Scalar =>
  ys.map((y, k) => inner(own, y, ws[k]!)).reduce((a, b) => own.add(a, b));

function inner(own: typeof tf, y: tf.Tensor, w: tf.Tensor): tf.Scalar {
  if (y.dtype !== 'complex64') return own.sum(own.mul(y, w));
  return own.add(inner(own, own.real(y), own.real(w)), inner(own, own.imag(y), own.imag(w)));
}

function wrap(reference: SampleReference | null, own: typeof tf, attrs: Attrs, otherwise: string): Reference | string {
  if (reference === null) return otherwise;
  return (inputs) => {
    const result = reference(own, inputs, attrs);
    return Array.isArray(result) ? result : [result as tf.Tensor];
  };
}

/** Thrown if a row's `reference` throws: the row is at fault, not the op. */
class SampleError extends Error {
  override readonly name = 'SampleError';
}

/** The values of a row's reference. @throws SampleError, which names the row and the line */
function valuesOf(row: string, reference: () => Values): Values {
  try {
    return reference();
  } catch (cause) {
    const { name, message } = cause as Error;
    const line = locationIn(cause as Error);
    const at = line === undefined ? '' : `, at ${line}`;
    throw new SampleError(`the reference of ${row} throws ${name}: ${message}${at}`, { cause });
  }
}

function referenceOf(question: Question, own: typeof tf): Reference | string {
  const { op, sample } = question;
  const { outputs } = question.subject;
  if (sample.reference !== undefined) {
    const attrs = attrsOf(op, sample, outputs);
    return wrap(sample.reference, own, attrs, sample.note ?? 'tfjs has nothing that means the same');
  }
  if (sample.build !== undefined || op === undefined) return 'no reference is given for a composition';
  if (own.getKernel(op.name, 'cpu') === undefined) return `tfjs has no kernel '${op.name}'`;
  const kernel = loweringOf(op, 'kernel');
  if (kernel !== undefined && !meansKernel(outputs.y0!.node, kernel))
    return `tfjs's kernel '${op.name}' means something else here`;
  return kernelReference(op, question, own);
}

/** tfjs's own function for the row, if it is not the reference. */
function ownFunction(question: Question, own: typeof tf): Reference | string | undefined {
  const { op, sample, subject } = question;
  if (sample.tfjs === undefined) return undefined;
  if (sample.tfjs === 'hangs') return 'tfjs does not return';
  return sample.tfjs === 'kernel'
    ? kernelReference(op!, question, own)
    : wrap(sample.tfjs, own, attrsOf(op, sample, subject.outputs), 'tfjs-core has no such function');
}

function kernelReference(op: AnyOp, { sample, drawn, subject }: Question, own: typeof tf): Reference {
  const attrs = boundAttrs(op, subject.outputs.y0!.node.attrs, sample);
  const list = op.slots.length === 1 && op.slots[0]!.kind === 'variadic';
  return (inputs) => {
    const named = list
      ? (inputs as unknown as tf.NamedTensorMap)
      : Object.fromEntries(drawn.map(({ name }, i) => [name, inputs[i]!]));
    const result = own.engine().runKernel(op.name, named, attrs as unknown as tf.NamedAttrMap);
    return Array.isArray(result) ? result : [result];
  };
}

/** The attributes for a reference: those of the node under test, or for a row with a builder, those of the sample. */
const attrsOf = (op: AnyOp | undefined, sample: Sample, { y0 }: Subject['outputs']): Attrs =>
  op === undefined || sample.build !== undefined ? (sample.attrs ?? {}) : boundAttrs(op, y0!.node.attrs, sample);

function boundAttrs(op: AnyOp, attrs: Attrs, sample: Sample): Attrs {
  const dims = bindingsOf(sample);
  const schema = op.attrs as AttrSchema;
  return Object.fromEntries(
    Object.keys(schema).map((name) => [name, schema[name]!.bind?.(attrs[name], dims) ?? attrs[name]]),
  );
}
