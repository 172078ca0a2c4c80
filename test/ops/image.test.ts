// Images, and parts of values: what tfjs gets wrong about them, mistakes of users, and indices that are out of range.
import { expect } from 'chai';
import {
  AttributeError,
  compile,
  DTypeError,
  Graph,
  gradients,
  IndexError,
  type NestedArray,
  ShapeError,
  type Sym,
} from '../../index.node.ts';
import {
  add,
  batchToSpaceND,
  concat2d,
  depthToSpace,
  image,
  meshgrid,
  mirrorPad,
  mul,
  pad,
  pad2d,
  reverse1d,
  slice3d,
  spaceToBatchND,
  square,
  stridedSlice,
  sum,
  tile,
} from '../../ops/index.ts';
import { failure } from '../support/failure.ts';
import { caught, expectClose } from '../support/values.ts';

const BACKENDS = ['cpu', 'wasm'] as const;
const shapeOf = (x: number | NestedArray): number[] =>
  typeof x === 'number' ? [] : [(x as NestedArray).length, ...shapeOf((x as NestedArray)[0] as NestedArray)];

/** The value of f at x. */
async function evaluateAt(backend: string, x: NestedArray, f: (x: Sym) => Sym): Promise<number[]> {
  const program = await compile({ y: f(new Graph().placeholder('x', shapeOf(x))) }, { backend });
  try {
    return [...(await program.run({ x: x as never })).y.data];
  } finally {
    program.dispose();
  }
}
/** The derivative, of some order, of the sum of f at x. */
const slopes = (backend: string, x: NestedArray, f: (x: Sym) => Sym, order = 1): Promise<number[]> =>
  evaluateAt(backend, x, (s) => {
    let y = f(s);
    for (let i = 0; i < order; i++) y = gradients(sum(y), { s }).s;
    return y;
  });

describe('images', () => {
  for (const backend of BACKENDS) {
    it(`of half pixels have the gradient of what was copied, on ${backend}`, async () => {
      const nearest = await slopes(backend, [[[[1], [2], [3]]]], (x) =>
        image.resizeNearestNeighbor(x, [1, 1], false, true),
      );
      expect(nearest).to.deep.equal([0, 1, 0]);
      const linear = await slopes(backend, [[[[1], [2]]]], (x) => image.resizeBilinear(x, [1, 4], false, true));
      expectClose(linear, [2, 2]);
    });

    it(`of one pixel are aligned with several, on ${backend}`, async () => {
      const f = (x: Sym): Sym => image.resizeNearestNeighbor(x, [3, 3], true);
      expect(await slopes(backend, [[[[5]]]], f)).to.deep.equal([9]);
    });

    it(`have third derivatives, on ${backend}`, async () => {
      const cube = (x: Sym): Sym => mul(x, square(x));
      const x = [[[[0.5], [-1]]]];
      const third = await slopes(backend, x, (s) => cube(image.resizeBilinear(s, [1, 2], true)), 3);
      expectClose(third, [6, 6]);
      const flipped = await slopes(backend, x, (s) => cube(image.flipLeftRight(s)), 3);
      expectClose(flipped, [6, 6]);
    });

    it(`that are not there are an error, on ${backend}`, async () => {
      for (const number of [-1, 2]) {
        const crop = (x: Sym): Sym => image.cropAndResize(x, [[0, 0, 1, 1]], [number], [2, 2]);
        const images = [[[[1], [2]]], [[[3], [4]]]];
        const error = await failure(() => evaluateAt(backend, images, crop));
        expect(error, String(number)).to.be.instanceOf(IndexError);
        expect(error.message).to.contain(String(number));
        expect(await failure(() => slopes(backend, images, crop))).to.be.instanceOf(IndexError);
      }
    });

    it(`may be cropped by boxes that are no numbers, on ${backend}`, async () => {
      const crop = (x: Sym): Sym =>
        image.cropAndResize(x, [[Number.NaN, 0, Number.NaN, 1]], [0], [1, 2], 'bilinear', 7);
      const dx = await slopes(backend, [[[[1], [2]]]], crop);
      expect(dx.every(Number.isFinite)).to.equal(true);
    });

    it(`are each transformed, not the first only, on ${backend}`, async () => {
      const shift = [1, 0, 1, 0, 1, 0, 0, 0];
      const y = await evaluateAt(backend, [[[[1], [2]]], [[[3], [4]]]], (x) =>
        image.transform(x, [shift], 'nearest', 'nearest'),
      );
      expect(y).to.deep.equal([2, 2, 4, 4]);
    });
  }

  it('are refused at once where they cannot be meant', () => {
    const g = new Graph();
    const x = g.placeholder('x', ['$n', 4, 4, 3]);
    const boxes = g.placeholder('boxes', ['$k', 4]);
    const numbers = g.placeholder('numbers', ['$k'], 'int32');
    const mistakes: readonly (readonly [() => unknown, new (...args: never[]) => Error, string])[] = [
      [() => image.resizeBilinear(sum(x), [2, 2]), ShapeError, 'rank 0'],
      [() => image.resizeBilinear(x, [2, 2], true, true), AttributeError, 'exclude each other'],
      [() => image.resizeBilinear(x, [2]), AttributeError, 'a size of 1 numbers'],
      [() => image.resizeNearestNeighbor(g.placeholder('b', [1, 2, 2, 1], 'bool'), [2, 2]), DTypeError, 'bool'],
      [() => image.resizeBilinear(g.placeholder('e', [1, 0, 2, 1]), [2, 2]), ShapeError, 'without pixels'],
      [() => image.cropAndResize(x, boxes, numbers, [0, 2]), AttributeError, 'a crop size of [0, 2]'],
      [() => image.cropAndResize(x, [[0, 0, 1]], [0], [2, 2]), ShapeError, 'the numbers of a box'],
      [() => image.cropAndResize(x, boxes, g.placeholder('f', ['$k']), [2, 2]), DTypeError, 'int32'],
      [() => image.transform(x, [[1, 0, 0, 0, 1, 0]]), ShapeError, 'the numbers of a transform'],
      [() => image.rotateWithOffset(x, Number.NaN), AttributeError, 'NaN'],
      [() => image.rotateWithOffset(tile(x, [1, 1, 1, 2]), 1, [1, 2, 3]), ShapeError, '6 channels'],
      [() => image.grayscaleToRGB(x), ShapeError, 'channels'],
      [() => image.rgbToGrayscale(boxes), ShapeError, 'channels'],
      [() => image.threshold(x), ShapeError, '[height, width, 1 or 3]'],
    ];
    for (const [make, kind, text] of mistakes) {
      const error = caught(make);
      expect(error, text).to.be.instanceOf(kind);
      expect(error.message).to.contain(text);
    }
  });
});

describe('parts and borders', () => {
  for (const backend of BACKENDS) {
    it(`of a mirror image count for what they mirror, on ${backend}`, async () => {
      expect(await slopes(backend, [1, 2, 3, 4], (x) => mirrorPad(x, [[1, 1]], 'reflect'))).to.deep.equal([1, 2, 2, 1]);
    });

    it(`are taken by strides where another axis is left out, on ${backend}`, async () => {
      const x = [
        [1, 2, 3],
        [4, 5, 6],
      ];
      const row = (s: Sym): Sym => stridedSlice(s, [1, 2], [2, 0], [1, -2], 0, 2, 0, 0, 1);
      expect(await evaluateAt(backend, x, row)).to.deep.equal([6, 4]);
      expect(await slopes(backend, x, row)).to.deep.equal([0, 0, 0, 1, 0, 1]);
    });

    it(`are added in more dimensions than kernels have, on ${backend}`, async () => {
      const padded = await evaluateAt(backend, [[[[[[[1, 2]]]]]]], (x) =>
        pad(x, [...Array(5).fill([0, 0]), [0, 1], [1, 0]], 9),
      );
      expect(padded).to.deep.equal([9, 1, 2, 9, 9, 9]);
    });
  }

  it('are refused at once where they cannot be meant', () => {
    const g = new Graph();
    const x = g.placeholder('x', [3, 4]);
    const blocks = g.placeholder('blocks', [3, 4, 2]);
    const mistakes: readonly (readonly [() => unknown, new (...args: never[]) => Error, string])[] = [
      [() => stridedSlice(x, [0], [3], [0]), AttributeError, 'a stride of 0'],
      [() => stridedSlice(x, [0, 0], [3], [1]), AttributeError, '2 begins, 1 ends'],
      [() => stridedSlice(x, [0, 0, 0], [1, 1, 1]), ShapeError, '3 ranges for 2 dimensions'],
      [() => stridedSlice(x, [0, 0], [1, 1], [1, 1], 0, 0, 3), AttributeError, 'more than one ellipsis'],
      [() => stridedSlice(x, [3], [4], [1], 0, 0, 0, 0, 1), ShapeError, 'axis 0'],
      [() => stridedSlice(x, [-4], [4], [1], 0, 0, 0, 0, 1), ShapeError, 'axis 0'],
      [() => stridedSlice(x, [1], [2], [-1], 0, 0, 0, 0, 1), AttributeError, 'a stride of -1'],
      [() => mirrorPad(sum(x), [], 'reflect'), ShapeError, 'a scalar'],
      [
        () =>
          mirrorPad(
            x,
            [
              [3, 0],
              [0, 0],
            ],
            'reflect',
          ),
        ShapeError,
        'axis 0',
      ],
      [
        () =>
          mirrorPad(
            x,
            [
              [4, 0],
              [0, 0],
            ],
            'symmetric',
          ),
        ShapeError,
        'axis 0',
      ],
      [() => depthToSpace(blocks, 2), ShapeError, 'rank 3'],
      [() => depthToSpace(g.placeholder('d', [1, 2, 2, 6]), 2), ShapeError, 'channels'],
      [() => depthToSpace(g.placeholder('e', [1, 2, 2, 6]), 1), AttributeError, 'blocks of 1'],
      [() => spaceToBatchND(blocks, [3], [[0, 0]]), ShapeError, 'blocks of 3'],
      [() => spaceToBatchND(blocks, [2], []), AttributeError, '0 pairs'],
      [() => batchToSpaceND(blocks, [2], [[0, 0]]), ShapeError, 'the batch'],
      [() => batchToSpaceND(blocks, [3], [[6, 7]]), ShapeError, 'cropped'],
      [
        () =>
          pad2d(blocks, [
            [0, 0],
            [0, 0],
          ]),
        ShapeError,
        'pad2d',
      ],
      [() => slice3d(x, [0, 0, 0], [1, 1, 1]), ShapeError, 'slice3d'],
      [() => reverse1d(x), ShapeError, 'reverse1d'],
      [() => concat2d([x, blocks], 0), ShapeError, 'concat2d'],
      [() => meshgrid(x, x, { indexing: 'yx' as 'xy' }), AttributeError, "indexing 'yx'"],
    ];
    for (const [make, kind, text] of mistakes) {
      const error = caught(make);
      expect(error, text).to.be.instanceOf(kind);
      expect(error.message).to.contain(text);
    }
  });

  it('of unknown sizes are checked when those are known', async () => {
    const g = new Graph();
    const x = g.placeholder('x', ['$n', 4]);
    const taken = stridedSlice(x, [2], [3], [1], 0, 0, 0, 0, 1);
    const program = await compile({ y: add(taken, 1) }, { backend: 'cpu' });
    try {
      const two = await failure(() =>
        program.run({
          x: [
            [1, 2, 3, 4],
            [5, 6, 7, 8],
          ],
        }),
      );
      expect(two.message).to.contain('axis 0');
      const three = await program.run({
        x: [
          [1, 2, 3, 4],
          [5, 6, 7, 8],
          [9, 10, 11, 12],
        ],
      });
      expect([...three.y.data]).to.deep.equal([10, 11, 12, 13]);
    } finally {
      program.dispose();
    }
  });
});
