/** Ops that move, repeat, take apart and join elements, over random shapes and attributes, against loops over indices. */
import fc from 'fast-check';
import * as ops from '../../../ops/index.ts';
import { uniform } from '../../../ops/sample.ts';
import {
  axesOf,
  axisOf,
  count,
  each,
  holds,
  positive,
  reader,
  row,
  type Shape,
  shapes,
  type Tensor,
  type Tf,
  tabulate,
} from '../../support/properties.ts';

/** For random arguments that go with a random shape. */
const withShape = <A>(shape: fc.Arbitrary<Shape>, args: (shape: Shape) => fc.Arbitrary<A>) =>
  shape.chain((s) => fc.record({ shape: fc.constant(s), args: args(s) }));

/** The result's element at an index is that of x at another; 'none': the value given. */
const taken =
  (shape: Shape, from: (index: readonly number[]) => readonly number[] | number) =>
  (tf: Tf, [x]: readonly Tensor[]): Tensor => {
    const at = reader(x!);
    return tabulate(tf, shape, (index) => {
      const source = from(index);
      return typeof source === 'number' ? source : at(source);
    });
  };

const pairs = (shape: Shape, most: (d: number) => number) =>
  each(shape, (d) => fc.tuple(fc.integer({ min: 0, max: most(d) }), fc.integer({ min: 0, max: most(d) })));
const mask = fc.nat(31);
const has = (bits: number, i: number): boolean => ((bits >> i) & 1) === 1;

/** What Python's x[begin:end:step] takes of so many elements. */
function pythonRange(d: number, begin: number | undefined, end: number | undefined, step: number): number[] {
  const clip = (at: number): number => {
    const front = at < 0 ? at + d : at;
    return step > 0 ? Math.min(Math.max(front, 0), d) : Math.min(Math.max(front, -1), d - 1);
  };
  const first = begin === undefined ? (step > 0 ? 0 : d - 1) : clip(begin);
  const last = end === undefined ? (step > 0 ? d : -1) : clip(end);
  const taken: number[] = [];
  for (let i = first; step > 0 ? i < last : i > last; i += step) taken.push(i);
  return taken;
}

describe('properties of ops that move elements', () => {
  holds(
    'transpose',
    withShape(shapes(0, 6), (shape) => fc.shuffledSubarray([...shape.keys()], { minLength: shape.length })),
    ({ shape, args: perm }) =>
      row(
        { x: uniform(shape) },
        ({ x }) => ops.transpose(x!, perm),
        taken(
          perm.map((p) => shape[p]!),
          (index) => shape.map((_, i) => index[perm.indexOf(i)]!),
        ),
      ),
  );
  holds(
    'reverse',
    withShape(shapes(0, 6), ({ length }) => axesOf(length)),
    ({ shape, args: axes }) => {
      const along = axes.map((a) => positive(a, shape.length));
      return row(
        { x: uniform(shape) },
        ({ x }) => ops.reverse(x!, axes),
        taken(shape, (index) => index.map((i, k) => (along.includes(k) ? shape[k]! - 1 - i : i))),
      );
    },
  );
  holds(
    'slice',
    withShape(shapes(1, 6), (shape) =>
      each(shape, (d) =>
        fc
          .nat(d)
          .chain((begin) => fc.record({ begin: fc.constant(begin), size: fc.integer({ min: -1, max: d - begin }) })),
      ),
    ),
    ({ shape, args }) =>
      row(
        { x: uniform(shape) },
        ({ x }) =>
          ops.slice(
            x!,
            args.map(({ begin }) => begin),
            args.map(({ size }) => size),
          ),
        taken(
          args.map(({ begin, size }, i) => (size === -1 ? shape[i]! - begin : size)),
          (index) => index.map((i, k) => i + args[k]!.begin),
        ),
      ),
  );
  holds(
    'stridedSlice, with every mask',
    withShape(shapes(0, 4), ({ length }) =>
      fc.record({
        // what an entry is: a range, an element, or a new axis
        entries: fc.array(
          fc.record({
            kind: fc.constantFrom('range', 'range', 'element', 'new'),
            begin: fc.integer({ min: -6, max: 6 }),
            end: fc.integer({ min: -6, max: 6 }),
            step: fc.constantFrom(1, 1, 2, 3, -1, -2, -3),
          }),
          { maxLength: length },
        ),
        ellipsis: fc.option(fc.nat(4), { nil: undefined }),
        beginMask: mask,
        endMask: mask,
      }),
    ),
    ({ shape, args: { entries, ellipsis, beginMask, endMask } }) => {
      const dots = ellipsis === undefined ? undefined : Math.min(ellipsis, entries.length);
      const real = entries.filter(({ kind }) => kind !== 'new').length;
      const spelled: { kind: string; begin: number; end: number; step: number }[] = [...entries];
      if (dots !== undefined) spelled.splice(dots, 0, { kind: 'dots', begin: 0, end: 0, step: 1 });
      const wholes = (n: number): readonly (readonly number[])[] =>
        Array.from({ length: n }, (_, k) => [...Array(shape[sources.length + k]!).keys()]);
      // for each axis of x the positions taken, and which axis of the result has them: none of an element
      const sources: { positions: readonly number[]; shrinks: boolean }[] = [];
      const result: (number | 'new')[] = [];
      const whole = (n: number): void => {
        for (const positions of wholes(n)) {
          result.push(sources.length);
          sources.push({ positions, shrinks: false });
        }
      };
      let [shrinkAxisMask, newAxisMask, ellipsisMask] = [0, 0, 0];
      const given = spelled.map((entry, i) => {
        if (entry.kind === 'dots') {
          ellipsisMask = 1 << i;
          whole(shape.length - real);
        } else if (entry.kind === 'new') {
          newAxisMask |= 1 << i;
          result.push('new');
        } else {
          const d = shape[sources.length]!;
          if (entry.kind === 'element' && d > 0) {
            shrinkAxisMask |= 1 << i;
            const position = positive(entry.begin, d) % d;
            const at = position < 0 ? position + d : position;
            sources.push({ positions: [at], shrinks: true });
            return { ...entry, begin: entry.begin < 0 ? at - d : at, step: 1 };
          }
          result.push(sources.length);
          sources.push({
            positions: pythonRange(
              d,
              has(beginMask, i) ? undefined : entry.begin,
              has(endMask, i) ? undefined : entry.end,
              entry.step,
            ),
            shrinks: false,
          });
        }
        return entry;
      });
      whole(shape.length - sources.length);
      return row(
        { x: uniform(shape) },
        ({ x }) =>
          ops.stridedSlice(
            x!,
            given.map(({ begin }) => begin),
            given.map(({ end }) => end),
            given.map(({ step }) => step),
            beginMask,
            endMask,
            ellipsisMask,
            newAxisMask,
            shrinkAxisMask,
          ),
        taken(
          result.map((axis) => (axis === 'new' ? 1 : sources[axis]!.positions.length)),
          (index) =>
            sources.map(({ positions, shrinks }, axis) => positions[shrinks ? 0 : index[result.indexOf(axis)]!]!),
        ),
      );
    },
    4,
  );
  holds(
    'pad',
    withShape(shapes(1, 5, { elements: 12 }), (shape) =>
      fc.record({ paddings: pairs(shape, () => 2), value: fc.constantFrom(0, 0, 1.5, -2) }),
    ),
    ({ shape, args: { paddings, value } }) =>
      row(
        { x: uniform(shape) },
        ({ x }) => ops.pad(x!, paddings, value),
        taken(
          shape.map((d, i) => d + paddings[i]![0] + paddings[i]![1]),
          (index) => {
            const source = index.map((i, k) => i - paddings[k]![0]);
            return source.every((i, k) => i >= 0 && i < shape[k]!) ? source : value;
          },
        ),
      ),
  );
  holds(
    'mirrorPad',
    fc.constantFrom('reflect' as const, 'symmetric' as const).chain((mode) =>
      withShape(shapes(1, 5, { elements: 12 }), (shape) =>
        fc.record({
          mode: fc.constant(mode),
          paddings: pairs(shape, (d) => Math.max(0, d - (mode === 'reflect' ? 1 : 0))),
        }),
      ),
    ),
    ({ shape, args: { mode, paddings } }) => {
      const skip = mode === 'reflect' ? 1 : 0;
      const mirrored = (i: number, d: number): number => (i < 0 ? -i - 1 + skip : i >= d ? 2 * d - 1 - i - skip : i);
      return row(
        { x: uniform(shape) },
        ({ x }) => ops.mirrorPad(x!, paddings, mode),
        taken(
          shape.map((d, i) => d + paddings[i]![0] + paddings[i]![1]),
          (index) => index.map((i, k) => mirrored(i - paddings[k]![0], shape[k]!)),
        ),
      );
    },
    2,
  );
  holds(
    'tile',
    withShape(shapes(0, 5, { elements: 12 }), (shape) => each(shape, () => fc.constantFrom(1, 1, 2, 3, 0))),
    ({ shape, args: reps }) =>
      row(
        { x: uniform(shape) },
        ({ x }) => ops.tile(x!, reps),
        taken(
          shape.map((d, i) => d * reps[i]!),
          (index) => index.map((i, k) => i % shape[k]!),
        ),
      ),
  );
  holds(
    'broadcastTo',
    withShape(shapes(0, 5), (shape) =>
      fc.record({ ones: each(shape, () => fc.boolean()), lacks: fc.nat(shape.length) }),
    ),
    ({ shape, args: { ones, lacks } }) => {
      const own = shape.map((d, i) => (ones[i] ? 1 : d)).slice(lacks);
      return row(
        { x: uniform(own) },
        ({ x }) => ops.broadcastTo(x!, shape),
        taken(shape, (index) => index.slice(lacks).map((i, k) => (own[k] === 1 ? 0 : i))),
      );
    },
  );
});

/** Which part an index along an axis belongs to, and where in it. */
function partAt(sizes: readonly number[], at: number): readonly [part: number, within: number] {
  let rest = at;
  for (const [k, size] of sizes.entries()) {
    if (rest < size) return [k, rest];
    rest -= size;
  }
  throw new Error('beyond the parts');
}
const replaced = (index: readonly number[], axis: number, by: number): number[] =>
  index.map((i, k) => (k === axis ? by : i));

const alongAxis = (shape: fc.Arbitrary<Shape>) => withShape(shape, ({ length }) => axisOf(length));
const named = (parts: readonly Shape[]) => ({ inputs: parts.map((s) => uniform(s)) });
type Parts = { readonly inputs: readonly never[] };

describe('properties of ops that join and take apart', () => {
  holds(
    'concat',
    fc.record({
      of: alongAxis(shapes(1, 5, { elements: 10 })),
      sizes: fc.array(fc.nat(3), { minLength: 1, maxLength: 4 }),
    }),
    ({ of: { shape, args: axis }, sizes }) => {
      const along = positive(axis, shape.length);
      return row(
        named(sizes.map((d) => replaced(shape, along, d))),
        (x) => ops.concat((x as unknown as Parts).inputs, axis),
        (tf, xs) => {
          const at = xs.map(reader);
          return tabulate(
            tf,
            replaced(
              shape,
              along,
              sizes.reduce((a, b) => a + b),
            ),
            (index) => {
              const [part, within] = partAt(sizes, index[along]!);
              return at[part]!(replaced(index, along, within));
            },
          );
        },
      );
    },
  );
  holds(
    'split',
    fc.record({
      of: alongAxis(shapes(1, 5, { elements: 10 })),
      sizes: fc.array(fc.nat(3), { minLength: 1, maxLength: 4 }),
      even: fc.boolean(),
      rest: fc.option(fc.nat(3), { nil: undefined }),
    }),
    ({ of: { shape, args: axis }, sizes: drawn, even, rest }) => {
      const along = positive(axis, shape.length);
      const sizes = even ? drawn.map(() => drawn[0]!) : drawn;
      const given = even ? sizes.length : sizes.map((d, i) => (i === rest ? -1 : d));
      return row(
        {
          x: uniform(
            replaced(
              shape,
              along,
              sizes.reduce((a, b) => a + b),
            ),
          ),
        },
        ({ x }) => ops.split(x!, given, axis),
        (tf, [x]) => {
          const at = reader(x!);
          return sizes.map((d, part) => {
            const start = sizes.slice(0, part).reduce((a, b) => a + b, 0);
            return tabulate(tf, replaced(shape, along, d), (index) =>
              at(replaced(index, along, start + index[along]!)),
            );
          });
        },
      );
    },
  );
  holds(
    'stack and unstack',
    fc.record({
      of: shapes(0, 4, { elements: 10 }).chain((shape) =>
        fc.record({ shape: fc.constant(shape), axis: axisOf(shape.length + 1) }),
      ),
      parts: fc.integer({ min: 1, max: 4 }),
      apart: fc.boolean(),
    }),
    ({ of: { shape, axis }, parts, apart }) => {
      const along = positive(axis, shape.length + 1);
      const joined = [...shape.slice(0, along), parts, ...shape.slice(along)];
      const without = (index: readonly number[]) => index.filter((_, k) => k !== along);
      return apart
        ? row(
            { x: uniform(joined) },
            ({ x }) => ops.unstack(x!, axis),
            (tf, [x]) => {
              const at = reader(x!);
              return Array.from({ length: parts }, (_, k) =>
                tabulate(tf, shape, (index) => at([...index.slice(0, along), k, ...index.slice(along)])),
              );
            },
          )
        : row(
            named(Array.from({ length: parts }, () => shape)),
            (x) => ops.stack((x as unknown as Parts).inputs, axis),
            (tf, xs) => {
              const at = xs.map(reader);
              return tabulate(tf, joined, (index) => at[index[along]!]!(without(index)));
            },
          );
    },
  );
  holds(
    'reshape, expandDims and squeeze',
    withShape(shapes(0, 4), ({ length }) => fc.record({ axis: axisOf(length + 1), flat: fc.boolean() })),
    ({ shape, args: { axis, flat } }) =>
      row(
        { x: uniform(shape) },
        ({ x }) => {
          const wider = ops.expandDims(x!, axis);
          const line = flat ? ops.reshape(wider, [count(shape)]) : wider;
          return flat ? ops.reshape(line, shape) : ops.squeeze(line, [axis]);
        },
        (tf, [x]) => tf.clone(x!),
      ),
  );

  const blocks = fc
    .record({
      batch: fc.integer({ min: 0, max: 2 }),
      // rows of blocks, the block's size, and what is cropped or padded away
      axes: fc.array(
        fc.record({
          blocks: fc.integer({ min: 1, max: 2 }),
          block: fc.integer({ min: 1, max: 3 }),
          before: fc.nat(3),
          after: fc.nat(3),
        }),
        { minLength: 1, maxLength: 3 },
      ),
      rest: fc.array(fc.integer({ min: 1, max: 2 }), { maxLength: 1 }),
    })
    .map(({ batch, axes, rest }) => {
      const spatial = axes.map(({ blocks: n, block, before, after }) => {
        const whole = n * block;
        const first = Math.min(before, whole);
        return { n, block, whole, before: first, after: Math.min(after, whole - first) };
      });
      return { batch, spatial, rest };
    });
  holds('spaceToBatchND and batchToSpaceND', fc.record({ of: blocks, back: fc.boolean() }), ({ of, back }) => {
    const { batch, spatial, rest } = of;
    const blockShape = spatial.map(({ block }) => block);
    const cut = spatial.map(({ before, after }) => [before, after] as const);
    const image = [batch, ...spatial.map(({ whole, before, after }) => whole - before - after), ...rest];
    const cells = [batch * count(blockShape), ...spatial.map(({ n }) => n), ...rest];
    /** Where a cell lies in the image. */
    const inImage = (index: readonly number[]): number[] => {
      let places = batch === 0 ? 0 : Math.floor(index[0]! / batch);
      const offsets = blockShape.map(() => 0);
      for (let k = blockShape.length - 1; k >= 0; k--) {
        offsets[k] = places % blockShape[k]!;
        places = Math.floor(places / blockShape[k]!);
      }
      return [
        index[0]! % batch,
        ...spatial.map(({ block, before }, k) => index[k + 1]! * block + offsets[k]! - before),
        ...index.slice(1 + spatial.length),
      ];
    };
    /** The other way round. */
    const inCells = (index: readonly number[]): number[] => {
      const padded = spatial.map(({ before }, k) => index[k + 1]! + before);
      const place = padded.reduce((at, p, k) => at * blockShape[k]! + (p % blockShape[k]!), 0);
      return [
        place * batch + index[0]!,
        ...padded.map((p, k) => Math.floor(p / blockShape[k]!)),
        ...index.slice(1 + spatial.length),
      ];
    };
    return back
      ? row({ x: uniform(cells) }, ({ x }) => ops.batchToSpaceND(x!, blockShape, cut), taken(image, inCells))
      : row(
          { x: uniform(image) },
          ({ x }) => ops.spaceToBatchND(x!, blockShape, cut),
          taken(cells, (index) => {
            const source = inImage(index);
            return source.every((i, k) => i >= 0 && i < image[k]!) ? source : 0;
          }),
        );
  });
  holds(
    'depthToSpace',
    fc.record({
      size: fc.tuple(fc.nat(2), fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 3 })),
      block: fc.constantFrom(2, 2, 3),
      depth: fc.integer({ min: 1, max: 2 }),
      format: fc.constantFrom('NHWC' as const, 'NCHW' as const),
    }),
    ({ size: [n, h, w], block, depth, format }) => {
      const last = format === 'NHWC';
      const order = (b: number, i: number, j: number, c: number) => (last ? [b, i, j, c] : [b, c, i, j]);
      return row(
        { x: uniform(order(n, h, w, depth * block * block)) },
        ({ x }) => ops.depthToSpace(x!, block, format),
        taken(order(n, h * block, w * block, depth), (index) => {
          const [b, i, j, c] = last ? index : [index[0], index[2], index[3], index[1]];
          const place = (i! % block) * block + (j! % block);
          return order(b!, Math.floor(i! / block), Math.floor(j! / block), place * depth + c!);
        }),
      );
    },
  );
});
