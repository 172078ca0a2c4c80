/** Computes an Einstein sum pair by pair, each pair as a matrix product. */
import { type Dim, product, reshape, type Sym, sumAxes } from '../../engine/index.ts';
import { mul } from '../elementwise/multiply.ts';
import { diagonalOf, onDiagonal } from './diagonal.ts';
import type { Equation } from './einsum-equation.ts';
import { matMul } from './mat-mul.ts';
import { transpose } from './transpose.ts';

type Labels = readonly string[];
/** A value with a label for each dim. */
interface Term {
  readonly value: Sym;
  readonly labels: Labels;
}

/** Computes the sum of products of an equation. */
export function contract(equation: Equation, tensors: readonly Sym[], dims: ReadonlyMap<string, Dim>): Sym {
  const { output } = equation;
  let terms = tensors.map((value, k) => withDistinctLabels({ value, labels: equation.operands[k]! }, dims));
  while (terms.length > 1) {
    terms = terms.map((term) => sumOut(term, [...output, ...terms.flatMap((t) => (t === term ? [] : t.labels))]));
    const [i, j] = cheapestPair(terms, output);
    const rest = terms.filter((_, k) => k !== i && k !== j);
    terms = [pairProduct(terms[i]!, terms[j]!, [...output, ...rest.flatMap((t) => t.labels)]), ...rest];
  }
  return permuted(sumOut(terms[0]!, output), output).value;
}

/** Takes diagonals for labels that a value has twice, and removes dims of 1 that are broadcast. */
function withDistinctLabels(term: Term, dims: ReadonlyMap<string, Dim>): Term {
  let { value, labels } = term;
  for (;;) {
    const twice = labels.find((label, i) => labels.indexOf(label) !== i);
    if (twice === undefined) break;
    const others = labels.filter((label) => label !== twice);
    const axes = positions(labels, twice);
    const rest = axes.slice(2).map(() => twice);
    const perm = [...labels.flatMap((label, i) => (label === twice ? [] : [i])), ...axes.slice(2), ...axes.slice(0, 2)];
    value = diagonalOf(transpose(value, perm));
    labels = [...others, ...rest, twice];
  }
  const kept = labels.filter((label, i) => !isStretched(value.shape[i]!, dims.get(label)!));
  return { value: reshape(value, shapeOf({ value, labels }, kept)), labels: kept };
}

/** Whether a dim of 1 is broadcast. */
export const isStretched = (own: Dim, dim: Dim): boolean => own === 1 && dim !== 1;

/**
 * The adjoint of taking diagonals: from a value with each label `once` makes one with `labels`, of which some are equal, and zeros where
 * equal labels have different indices.
 */
export function onDiagonals(value: Sym, once: Labels, labels: Labels): Sym {
  let term: Term = { value, labels: once };
  for (const label of once) {
    for (let count = positions(labels, label).length; count > 1; count--) {
      const at = term.labels.indexOf(label);
      const others = term.labels.flatMap((_, i) => (i === at ? [] : [i]));
      term = {
        value: onDiagonal(transpose(term.value, [...others, at])),
        labels: [...others.map((i) => term.labels[i]!), label, label],
      };
    }
  }
  return permuted(term, labels).value;
}

const positions = (labels: Labels, label: string): readonly number[] =>
  labels.flatMap((l, i) => (l === label ? [i] : []));

const shapeOf = ({ value, labels }: Term, some: Labels): readonly Dim[] =>
  some.map((label) => value.shape[labels.indexOf(label)]!);

function sumOut({ value, labels }: Term, kept: Labels): Term {
  const axes = labels.flatMap((label, i) => (kept.includes(label) ? [] : [i]));
  return { value: sumAxes(value, axes), labels: labels.filter((label) => kept.includes(label)) };
}

/** Transposes dims to the order of these labels, which may occur twice. */
function permuted({ value, labels }: Term, order: Labels): Term {
  const perm = order.map((label, i) => positions(labels, label)[positions(order.slice(0, i), label).length]!);
  return { value: perm.every((p, i) => p === i) ? value : transpose(value, perm), labels: order };
}

/** The size assumed for an unknown dim. */
const UNKNOWN_SIZE = 64;
const sizeOfLabels = (shape: readonly Dim[]): number =>
  shape.reduce((size: number, d) => size * (typeof d === 'number' ? d : UNKNOWN_SIZE), 1);

/** The pair whose product leaves the smallest total size of values. */
function cheapestPair(terms: readonly Term[], output: Labels): readonly [number, number] {
  let best: readonly [number, number] = [0, 1];
  let least = Infinity;
  for (let i = 0; i < terms.length; i++) {
    for (let j = i + 1; j < terms.length; j++) {
      const [a, b] = [terms[i]!, terms[j]!];
      const needed = [...output, ...terms.flatMap((t) => (t === a || t === b ? [] : t.labels))];
      const alone = b.labels.filter((label) => !a.labels.includes(label));
      const result = [...shapeOf(a, a.labels.filter(isIn(needed))), ...shapeOf(b, alone.filter(isIn(needed)))];
      const growth = sizeOfLabels(result) - sizeOfLabels(a.value.shape) - sizeOfLabels(b.value.shape);
      if (growth < least) [least, best] = [growth, [i, j]];
    }
  }
  return best;
}

const isIn =
  (list: Labels) =>
  (label: string): boolean =>
    list.includes(label);

/** The product of two terms, summed over the labels that are not kept. Labels that only one of them has must be kept. */
function pairProduct(a: Term, b: Term, kept: Labels): Term {
  const shared = a.labels.filter(isIn(b.labels));
  const batch = shared.filter(isIn(kept));
  const summed = shared.filter((label) => !kept.includes(label));
  const left = a.labels.filter((label) => !b.labels.includes(label));
  const right = b.labels.filter((label) => !a.labels.includes(label));
  const labels = [...batch, ...left, ...right];
  const shape = [...shapeOf(a, [...batch, ...left]), ...shapeOf(b, right)];
  if (summed.length > 0 && a.value.dtype === 'float32') {
    const [x, transposeA] = asMatrices(a, batch, left, summed);
    const [y, transposeB] = asMatrices(b, batch, summed, right);
    return { value: reshape(matMul(x, y, transposeA, transposeB), shape), labels };
  }
  // elementwise products if there is nothing to sum, and for integers, which have no matrix product
  const x = inGroups(a, [batch, left, [], summed]);
  const y = inGroups(b, [batch, [], right, summed]);
  return { value: reshape(sumAxes(mul(x, y), [3]), shape), labels };
}

/** A term as matrices, or as transposed ones if its dims are in that order; with a batch dim if there is a batch. */
function asMatrices(term: Term, batch: Labels, rows: Labels, columns: Labels): readonly [Sym, transposed: boolean] {
  const transposed = term.labels.join() === [...batch, ...columns, ...rows].join();
  const groups = transposed ? [columns, rows] : [rows, columns];
  return [inGroups(term, batch.length === 0 ? groups : [batch, ...groups]), transposed];
}

/** Merges each group of labels into one dim. */
function inGroups(term: Term, groups: readonly Labels[]): Sym {
  return reshape(
    permuted(term, groups.flat()).value,
    groups.map((group) => product(shapeOf(term, group))),
  );
}
