/** Parses and formats equations of Einstein sums, and finds the dims of their labels. */
import { AttributeError, type Dim, requireEqual, type Shape, ShapeError } from '../../engine/index.ts';

/** A label for each dim of each operand and of the result. */
export interface Equation {
  readonly operands: readonly (readonly string[])[];
  readonly output: readonly string[];
}

const LETTERS: readonly string[] = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const ELLIPSIS = '...';

/**
 * Parses an equation as numpy does, for operands of these ranks: an ellipsis represents the dims without a label; without an arrow, the
 * result has those first, then the labels that occur once, in alphabetical order.
 * @throws AttributeError for an invalid equation; ShapeError if it does not match the ranks
 */
export function parseEquation(equation: string, ranks: readonly number[]): Equation {
  const [left, right, ...more] = equation.replace(/\s/g, '').split('->');
  const terms = left!.split(',').map((term) => splitTerm(term, equation));
  if (more.length > 0) throw new AttributeError(`einsum: '${equation}' has more than one arrow`);
  if (terms.length !== ranks.length)
    throw new AttributeError(`einsum: '${equation}' is for ${terms.length} operands, not ${ranks.length}`);
  const counts = terms.map((term, i) => ellipsisRank(term, ranks[i]!, equation, i));
  const output = right === undefined ? implicitOutput(terms) : splitTerm(right, equation);
  requireOutput(output, terms, equation);

  const width = Math.max(0, ...counts);
  const unused = LETTERS.filter((letter) => !equation.includes(letter)).slice(0, width);
  if (unused.length < width) throw new AttributeError(`einsum: '${equation}' leaves no letters for the ellipsis`);
  const spelled = (term: readonly string[], count: number): readonly string[] =>
    term.flatMap((label) => (label === ELLIPSIS ? unused.slice(width - count) : [label]));
  if (width > 0 && !output.includes(ELLIPSIS))
    throw new AttributeError(`einsum: '${equation}' has no ellipsis in its result, but ${width} dimensions for it`);
  return { operands: terms.map((term, i) => spelled(term, counts[i]!)), output: spelled(output, width) };
}

/** The explicit form, with an arrow and without an ellipsis. */
export const formatEquation = ({ operands, output }: Equation): string =>
  `${operands.map((labels) => labels.join('')).join(',')}->${output.join('')}`;

/** Splits a term into labels; an ellipsis is one of them. */
function splitTerm(term: string, equation: string): readonly string[] {
  const labels = term.match(/\.\.\.|./g) ?? [];
  for (const label of labels)
    if (label !== ELLIPSIS && !LETTERS.includes(label))
      throw new AttributeError(`einsum: '${label}' in '${equation}' is no letter, comma, arrow or ellipsis`);
  if (labels.filter((label) => label === ELLIPSIS).length > 1)
    throw new AttributeError(`einsum: '${term}' in '${equation}' has more than one ellipsis`);
  return labels;
}

function ellipsisRank(term: readonly string[], rank: number, equation: string, operand: number): number {
  const labels = term.filter((label) => label !== ELLIPSIS).length;
  if (rank === labels || (rank > labels && term.includes(ELLIPSIS))) return rank - labels;
  throw new ShapeError(
    `einsum: operand ${operand} has ${rank} dimensions, and '${term.join('')}' in '${equation}' has ${labels} labels`,
  );
}

function implicitOutput(terms: readonly (readonly string[])[]): readonly string[] {
  const all = terms.flat();
  const once = all.filter((label) => label !== ELLIPSIS && all.indexOf(label) === all.lastIndexOf(label));
  return [...(all.includes(ELLIPSIS) ? [ELLIPSIS] : []), ...once.sort()];
}

function requireOutput(output: readonly string[], terms: readonly (readonly string[])[], equation: string): void {
  output.forEach((label, i) => {
    if (output.indexOf(label) !== i)
      throw new AttributeError(`einsum: '${label}' is twice in the result of '${equation}'`);
    if (label !== ELLIPSIS && !terms.some((term) => term.includes(label)))
      throw new AttributeError(`einsum: '${label}' in the result of '${equation}' is in no operand`);
  });
}

/** The dim of each label; a 1 is broadcast to any other dim. */
export function labelDims({ operands }: Equation, shapes: readonly Shape[]): ReadonlyMap<string, Dim> {
  const dims = new Map<string, Dim>();
  operands.forEach((labels, k) => {
    labels.forEach((label, i) => {
      if ((dims.get(label) ?? 1) === 1) dims.set(label, shapes[k]![i]!);
    });
  });
  return dims;
}

/** @throws ShapeError if a label has different dims */
export function requireLabelDims(equation: Equation, shapes: readonly Shape[]): void {
  const dims = labelDims(equation, shapes);
  equation.operands.forEach((labels, k) => {
    labels.forEach((label, i) => {
      const own = shapes[k]![i]!;
      // a diagonal does not broadcast
      const known = labels.indexOf(label) < i ? shapes[k]![labels.indexOf(label)]! : dims.get(label)!;
      if (own !== 1 || labels.indexOf(label) < i) requireEqual(known, own, `einsum: the dimensions of '${label}'`);
    });
  });
}
