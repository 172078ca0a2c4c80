/** Products of matrices and resized images, over random shapes and attributes. */
import fc from 'fast-check';
import * as ops from '../../../ops/index.ts';
import { uniform } from '../../../ops/sample.ts';
import { holds, reader, row, type Shape, shapes, type Tensor, tabulate } from '../../support/properties.ts';

describe('properties of products', () => {
  /** A batch, and the two that are broadcast to it. */
  const batches = fc
    .record({
      batch: shapes(0, 3, { elements: 8 }),
      ones: fc.array(fc.tuple(fc.boolean(), fc.boolean()), { minLength: 3, maxLength: 3 }),
      lacks: fc.tuple(fc.nat(3), fc.nat(3)),
    })
    .map(({ batch, ones, lacks }) =>
      lacks.map((n, side) => batch.map((d, i) => (ones[i]![side] ? 1 : d)).slice(Math.min(n, batch.length))),
    );
  const size = fc.constantFrom(1, 2, 2, 3, 3, 0);
  holds(
    'matMul, transposed and over any broadcast batch',
    fc.record({ of: batches, sizes: fc.tuple(size, size, size), flags: fc.tuple(fc.boolean(), fc.boolean()) }),
    ({ of: [a, b], sizes: [m, k, n], flags: [transposeA, transposeB] }) => {
      const rank = Math.max(a!.length, b!.length);
      const dimOf = (batch: Shape, i: number): number => batch[i - rank + batch.length] ?? 1;
      const joint = Array.from({ length: rank }, (_, i) => (dimOf(a!, i) === 1 ? dimOf(b!, i) : dimOf(a!, i)));
      const own = (batch: Shape, index: readonly number[]): number[] =>
        index.slice(rank - batch.length).map((i, d) => (batch[d] === 1 ? 0 : i));
      return row(
        {
          a: uniform([...a!, ...(transposeA ? [k, m] : [m, k])]),
          b: uniform([...b!, ...(transposeB ? [n, k] : [k, n])]),
        },
        (x) => ops.matMul(x.a!, x.b!, transposeA, transposeB),
        (tf, xs) => {
          const [left, right] = xs.map((t: Tensor) => reader(t));
          return tabulate(tf, [...joint, m, n], (index) => {
            const [i, j] = index.slice(rank) as [number, number];
            const [inA, inB] = [own(a!, index.slice(0, rank)), own(b!, index.slice(0, rank))];
            let total = 0;
            for (let c = 0; c < k; c++)
              total +=
                left!([...inA, ...(transposeA ? [c, i] : [i, c])]) *
                right!([...inB, ...(transposeB ? [j, c] : [c, j])]);
            return total;
          });
        },
      );
    },
    3,
  );
});

describe('properties of resizing', () => {
  const resizes = fc.record({
    batch: fc.nat(2),
    from: fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 })),
    to: fc.tuple(fc.nat(5), fc.nat(5)),
    depth: fc.integer({ min: 1, max: 2 }),
    alignment: fc.constantFrom<'corners' | 'centers' | 'none'>('corners', 'centers', 'none'),
    bilinear: fc.boolean(),
  });
  type Alignment = 'corners' | 'centers' | 'none';
  /** Where an output pixel lies in the input, along one axis. */
  const place = (i: number, from: number, to: number, alignment: Alignment, nearest: boolean): number => {
    const scale = alignment === 'corners' && to > 1 ? (from - 1) / (to - 1) : from / to;
    if (alignment !== 'centers') return i * scale;
    return (i + 0.5) * scale - (nearest ? 0 : 0.5);
  };
  holds(
    'resizeBilinear and resizeNearestNeighbor, however aligned',
    resizes,
    ({ batch, from, to, depth, alignment, bilinear }) =>
      row(
        { x: uniform([batch, ...from, depth]) },
        ({ x }) =>
          (bilinear ? ops.image.resizeBilinear : ops.image.resizeNearestNeighbor)(
            x!,
            to,
            alignment === 'corners',
            alignment === 'centers',
          ),
        (tf, [x]) => {
          const at = reader(x!);
          const inside = (k: 0 | 1, i: number): number => Math.min(Math.max(i, 0), from[k] - 1);
          return tabulate(tf, [batch, ...to, depth], ([b, ...rest]) => {
            const c = rest[2]!;
            const [y, z] = ([0, 1] as const).map((k) => place(rest[k]!, from[k], to[k], alignment, !bilinear)) as [
              number,
              number,
            ];
            if (!bilinear) {
              const round = alignment === 'corners' ? Math.round : Math.floor;
              return at([b!, inside(0, round(y)), inside(1, round(z)), c]);
            }
            const [top, left] = [Math.floor(y), Math.floor(z)];
            const weight = (p: number, q: number): number =>
              (p === top ? 1 - (y - top) : y - top) * (q === left ? 1 - (z - left) : z - left);
            return [top, top + 1]
              .flatMap((p) => [left, left + 1].map((q) => weight(p, q) * at([b!, inside(0, p), inside(1, q), c])))
              .reduce((s, v) => s + v, 0);
          });
        },
      ),
    2,
  );
});
