/** Arguments that ops of indices, order and shape refuse: at once where sizes are known, else when they are bound. */
import { expect } from 'chai';
import { cpu } from '../../backends/cpu/module.ts';
import { AttributeError, DTypeError, evaluate, Graph, ShapeError, type Sym } from '../../engine/index.ts';
import {
  basicLSTMCell,
  bincount,
  bitwiseAnd,
  denseBincount,
  ensureShape,
  inTopK,
  multiRNNCell,
  searchSorted,
  sparse,
  sparseToDense,
  tensorScatterUpdate,
  topk,
  where,
  zeros,
} from '../../ops/index.ts';
import { failure } from '../support/failure.ts';
import { caught } from '../support/values.ts';

describe('ensureShape', () => {
  const g = new Graph();
  const x = g.placeholder('x', ['$n', 3]);

  it('refuses at once what can never be', () => {
    expect(caught(() => ensureShape(x, [null, 4]))).to.be.instanceOf(ShapeError);
    expect(caught(() => ensureShape(x, [null]))).to.be.instanceOf(ShapeError);
  });

  it('checks what is unknown when it is bound, and knows it from there on', async () => {
    const y = ensureShape(x, [2, null]);
    expect(y.shape).to.deep.equal([2, 3]);
    const rows = (n: number) => Array.from({ length: n }, () => [1, 2, 3]);
    expect((await evaluate({ y }, { x: rows(2) }, { backend: cpu })).y.shape).to.deep.equal([2, 3]);
    const error = await failure(() => evaluate({ y }, { x: rows(4) }, { backend: cpu }));
    expect(error).to.be.instanceOf(ShapeError);
    expect(error.message).to.contain('expected shape');
  });
});

describe('segments', () => {
  it('have a number that is given, or follows from constant ids', () => {
    const ids = new Graph().placeholder('ids', [3], 'int32');
    const error = caught(() => sparse.sparseSegmentSum(zeros([4, 2]), [0, 1, 2], ids));
    expect(error).to.be.instanceOf(AttributeError);
    expect(error.message).to.contain('numSegments');
    expect(sparse.sparseSegmentSum(zeros([4, 2]), [0, 1, 2], [0, 0, 2]).shape).to.deep.equal([3, 2]);
    expect(sparse.sparseSegmentMean(zeros([4, 2]), [0, 1, 2], ids, { numSegments: '$s' }).rank).to.equal(2);
  });
});

describe('arguments', () => {
  const x = zeros([2, 3]);
  const refused: Readonly<Record<string, readonly [call: () => unknown, error: unknown]>> = {
    'more of a row than it has': [() => topk(x, 4), ShapeError],
    'the largest bools': [() => topk(zeros([3], 'bool'), 1), DTypeError],
    'the largest of a scalar': [() => topk(1), ShapeError],
    'targets for other rows': [() => inTopK(x, [0, 1, 2]), ShapeError],
    'more predictions than there are': [() => inTopK(x, [0, 1], 4), ShapeError],
    'sequences and values that do not go together': [() => searchSorted(x, zeros([3, 2])), ShapeError],
    'a place outside of the known rank': [() => sparseToDense([[0, 1, 2]], [1], [2, 2]), ShapeError],
    'too few values': [() => sparseToDense([0, 1], [1], [3]), ShapeError],
    'updates of another dtype': [() => tensorScatterUpdate(x, [[0]], zeros([1, 3], 'int32')), DTypeError],
    'floats as what is counted': [() => bincount(zeros([3]), [], 2), DTypeError],
    'weights for others': [() => bincount([0, 1], [1, 2, 3], 2), ShapeError],
    'rows of rows to count': [() => denseBincount(zeros([1, 1, 1], 'int32'), [], 2), ShapeError],
    'bits of floats': [() => bitwiseAnd(x, x), DTypeError],
    'a cell without a batch': [
      () => basicLSTMCell(1, zeros([4, 4]), zeros([4]), zeros([3]), zeros([1]), zeros([1])),
      ShapeError,
    ],
    'cells without a state each': [() => multiRNNCell([], 1, [x], [x]), AttributeError],
    'a choice of nothing': [() => where(true, undefined as unknown as Sym, x), AttributeError],
  };
  for (const [what, [call, error]] of Object.entries(refused))
    it(`${what}: refused`, () => {
      expect(caught(call)).to.be.instanceOf(error as typeof ShapeError);
    });
});
