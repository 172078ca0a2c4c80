/** Ops that choose elements by index, and that add by index, over random shapes and indices, against loops. */
import fc from 'fast-check';
import type { Sym } from '../../../engine/index.ts';
import * as ops from '../../../ops/index.ts';
import { distinct, type SampleInput, uniform } from '../../../ops/sample.ts';
import {
  accumulate,
  count,
  holds,
  indexInput,
  indicesOf,
  positive,
  reader,
  row,
  type Shape,
  shapes,
  tabulate,
} from '../../support/properties.ts';

/** So many indices of an axis of that size. */
const indicesInto = (size: number, n: number, low = 0): fc.Arbitrary<number[]> =>
  fc.array(fc.integer({ min: low, max: size - 1 }), { minLength: n, maxLength: n });

/** Indices of a shape; none, which a list cannot say the shape of, are drawn. */
const chosen = (shape: Shape, flat: readonly number[]): SampleInput =>
  count(shape) > 0 ? indexInput(shape, flat) : { kind: 'uniform', shape, low: 0, high: 1, dtype: 'int32' };

describe('properties of ops by index', () => {
  const gathers = shapes(1, 4, { least: 1, elements: 24 }).chain((shape) =>
    fc
      .record({
        axis: fc.nat(shape.length - 1),
        batchDims: fc.nat(2),
        more: shapes(0, 2, { elements: 4 }),
        negative: fc.boolean(),
      })
      .chain(({ axis, batchDims, more, negative }) => {
        const batch = Math.min(batchDims, axis);
        const at = [...shape.slice(0, batch), ...more];
        return fc.record({
          shape: fc.constant(shape),
          axis: fc.constant(negative ? axis - shape.length : axis),
          batch: fc.constant(batch),
          at: fc.constant(at),
          flat: indicesInto(shape[axis]!, count(at)),
        });
      }),
  );
  holds(
    'gather, along any axis and with batch dimensions',
    gathers,
    ({ shape, axis, batch, at, flat }) => {
      const along = positive(axis, shape.length);
      const more = at.length - batch;
      return row(
        { x: uniform(shape), indices: chosen(at, flat) },
        ({ x, indices }) => ops.gather(x!, indices!, axis, batch),
        (tf, [x, indices]) => {
          const [value, index] = [reader(x!), reader(indices!)];
          return tabulate(tf, [...shape.slice(0, along), ...at.slice(batch), ...shape.slice(along + 1)], (i) => {
            const place = index([...i.slice(0, batch), ...i.slice(along, along + more)]);
            return value([...i.slice(0, along), place, ...i.slice(along + more)]);
          });
        },
      );
    },
    2,
  );

  /** A value, and rows of indices into its first dims. */
  const places = shapes(1, 4, { least: 1, elements: 16 }).chain((shape) =>
    fc
      .record({ depth: fc.integer({ min: 1, max: shape.length }), rows: shapes(1, 2, { elements: 4 }) })
      .chain(({ depth, rows }) =>
        fc.record({
          shape: fc.constant(shape),
          depth: fc.constant(depth),
          rows: fc.constant(rows),
          flat: fc
            .array(fc.tuple(...shape.slice(0, depth).map((d) => fc.nat(d - 1))), {
              minLength: count(rows),
              maxLength: count(rows),
            })
            .map((list) => list.flat()),
        }),
      ),
  );
  holds('gatherND', places, ({ shape, depth, rows, flat }) =>
    row(
      { x: uniform(shape), indices: chosen([...rows, depth], flat) },
      ({ x, indices }) => ops.gatherND(x!, indices!),
      (tf, [x, indices]) => {
        const [value, index] = [reader(x!), reader(indices!)];
        return tabulate(tf, [...rows, ...shape.slice(depth)], (i) => {
          const place = Array.from({ length: depth }, (_, k) => index([...i.slice(0, rows.length), k]));
          return value([...place, ...i.slice(rows.length)]);
        });
      },
    ),
  );
  holds('scatterND, which adds up', places, ({ shape, depth, rows, flat }) =>
    row(
      { updates: uniform([...rows, ...shape.slice(depth)]), indices: chosen([...rows, depth], flat) },
      ({ updates, indices }) => ops.scatterND(indices!, updates!, shape),
      (tf, [updates, indices]) => {
        const [value, index] = [reader(updates!), reader(indices!)];
        return accumulate(
          tf,
          shape,
          indicesOf(updates!.shape).map((i) => {
            const place = Array.from({ length: depth }, (_, k) => index([...i.slice(0, rows.length), k]));
            return [[...place, ...i.slice(rows.length)], value(i)] as const;
          }),
        );
      },
    ),
  );
  holds('tensorScatterUpdate, of which the last of equal indices stays', places, ({ shape, depth, rows, flat }) =>
    row(
      {
        x: uniform(shape),
        updates: uniform([...rows, ...shape.slice(depth)]),
        indices: chosen([...rows, depth], flat),
      },
      ({ x, updates, indices }) => ops.tensorScatterUpdate(x!, indices!, updates!),
      (tf, [x, updates, indices]) => {
        const [old, value, index] = [reader(x!), reader(updates!), reader(indices!)];
        const written = new Map(
          indicesOf(updates!.shape).map((i) => {
            const place = Array.from({ length: depth }, (_, k) => index([...i.slice(0, rows.length), k]));
            return [String([...place, ...i.slice(rows.length)]), value(i)] as const;
          }),
        );
        return tabulate(tf, shape, (i) => written.get(String(i)) ?? old(i));
      },
    ),
  );
  holds(
    'unsortedSegmentSum, with ids that name none',
    fc
      .record({
        ids: shapes(1, 2, { elements: 6 }),
        rest: shapes(0, 2, { elements: 4 }),
        segments: fc.integer({ min: 1, max: 4 }),
      })
      .chain(({ ids, rest, segments }) =>
        fc.record({
          ids: fc.constant(ids),
          rest: fc.constant(rest),
          segments: fc.constant(segments),
          flat: indicesInto(segments, count(ids), -1),
        }),
      ),
    ({ ids, rest, segments, flat }) =>
      row(
        { x: uniform([...ids, ...rest]), segmentIds: chosen(ids, flat) },
        ({ x, segmentIds }) => ops.unsortedSegmentSum(x!, segmentIds!, segments),
        (tf, [x, segmentIds]) => {
          const [value, id] = [reader(x!), reader(segmentIds!)];
          return accumulate(
            tf,
            [segments, ...rest],
            indicesOf(x!.shape).flatMap((i) => {
              const segment = id(i.slice(0, ids.length));
              return segment < 0 ? [] : [[[segment, ...i.slice(ids.length)], value(i)] as const];
            }),
          );
        },
      ),
  );
  holds(
    'sparseSegmentSum and sparseSegmentMean',
    fc
      .record({
        shape: shapes(1, 3, { least: 1, elements: 12 }),
        n: fc.nat(5),
        segments: fc.integer({ min: 1, max: 3 }),
        mean: fc.boolean(),
      })
      .chain((spec) =>
        fc.record({
          spec: fc.constant(spec),
          flat: indicesInto(spec.shape[0]!, spec.n),
          ids: indicesInto(spec.segments, spec.n),
        }),
      ),
    ({ spec: { shape, n, segments, mean }, flat, ids }) =>
      row(
        { data: uniform(shape), indices: chosen([n], flat), segmentIds: chosen([n], ids) },
        ({ data, indices, segmentIds }) =>
          (mean ? ops.sparse.sparseSegmentMean : ops.sparse.sparseSegmentSum)(data!, indices!, segmentIds!, {
            numSegments: segments,
          }),
        (tf, [data]) => {
          const value = reader(data!);
          const size = (segment: number): number => ids.filter((id) => id === segment).length;
          return accumulate(
            tf,
            [segments, ...shape.slice(1)],
            ids.flatMap((segment, k) =>
              indicesOf(shape.slice(1)).map((rest) => {
                const element = value([flat[k]!, ...rest]);
                return [[segment, ...rest], mean ? element / size(segment) : element] as const;
              }),
            ),
          );
        },
      ),
  );
  holds(
    'topk',
    shapes(1, 4, { elements: 24 }).chain((shape) => fc.record({ shape: fc.constant(shape), k: fc.nat(shape.at(-1)!) })),
    ({ shape, k }) =>
      row(
        { x: distinct(shape) },
        ({ x }) => Object.values(ops.topk(x!, k)) as Sym[],
        (tf, [x]) => {
          const at = reader(x!);
          const order = (lead: readonly number[]): number[] =>
            [...Array(shape.at(-1)!).keys()].sort((a, b) => at([...lead, b]) - at([...lead, a]));
          const result = [...shape.slice(0, -1), k];
          const position = (i: readonly number[]): number => order(i.slice(0, -1))[i.at(-1)!]!;
          return [
            tabulate(tf, result, (i) => at([...i.slice(0, -1), position(i)])),
            tf.cast(tabulate(tf, result, position), 'int32'),
          ];
        },
      ),
  );
});
