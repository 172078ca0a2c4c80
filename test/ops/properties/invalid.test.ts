/**
 * Arguments that may make no sense: a builder either refuses them with one of the library's own errors, or gives a value whose shape
 * is made of whole numbers, and which then runs to that shape.
 */
import { expect } from 'chai';
import fc from 'fast-check';
import { cpu } from '../../../backends/cpu/module.ts';
import { wasm } from '../../../backends/wasm/module.ts';
import { compile, Graph, isSym, RetrographError, type Sym, vjp } from '../../../engine/index.ts';
import * as ops from '../../../ops/index.ts';
import { HERE } from '../../support/here.ts';
import { count, runs, type Shape } from '../../support/properties.ts';

const size = fc.integer({ min: 0, max: 4 });
const shape: fc.Arbitrary<Shape> = fc.array(size, { maxLength: 5 });
/** Mostly whole numbers that are too large or too small; now and then none at all. */
const wild = fc.oneof(
  { weight: 12, arbitrary: fc.integer({ min: -6, max: 6 }) },
  fc.constantFrom(0.5, -1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 40),
);
const list = fc.array(wild, { maxLength: 5 });
const axes = fc.oneof(wild, list, fc.constant(null));
const flag = fc.boolean();
const pairs = fc.array(fc.tuple(wild, wild), { maxLength: 6 });
const perAxis = fc.oneof(wild, list);
/** Strides, sizes and the like, most of which do make sense. */
const steps = fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 1, max: 4 }) }, perAxis);
const padding = fc.oneof({ weight: 4, arbitrary: fc.constantFrom('same', 'valid') }, fc.constant('full'), wild, pairs);
const rounding = fc.constantFrom(undefined, undefined, 'floor', 'round', 'ceil', 'up');

type Values = Sym | readonly Sym[];
interface Builder {
  readonly title: string;
  readonly args: fc.Arbitrary<readonly unknown[]>;
  readonly build: (x: Sym, y: Sym, args: readonly never[]) => Values;
}
const builder = <A extends readonly unknown[]>(
  title: string,
  args: fc.Arbitrary<A>,
  build: (x: Sym, y: Sym, ...args: { [K in keyof A]: never }) => Values,
): Builder => ({ title, args, build: (x, y, given) => build(x, y, ...(given as never)) });

const BUILDERS: readonly Builder[] = [
  builder('sum', fc.tuple(axes, flag), (x, _, axis, keep) => ops.sum(x, axis, keep)),
  builder('prod', fc.tuple(axes, flag), (x, _, axis, keep) => ops.prod(x, axis, keep)),
  builder('max', fc.tuple(axes, flag), (x, _, axis, keep) => ops.max(x, axis, keep)),
  builder('mean', fc.tuple(axes, flag), (x, _, axis, keep) => ops.mean(x, axis, keep)),
  builder('logSumExp', fc.tuple(axes, flag), (x, _, axis, keep) => ops.logSumExp(x, axis, keep)),
  builder('norm', fc.tuple(fc.oneof(wild, fc.constant('fro')), axes, flag), (x, _, ord, axis, keep) =>
    ops.norm(x, ord, axis, keep),
  ),
  builder('argMax', fc.tuple(wild), (x, _, axis) => ops.argMax(x, axis)),
  builder('softmax', fc.tuple(wild), (x, _, axis) => ops.softmax(x, axis)),
  builder('logSoftmax', fc.tuple(wild), (x, _, axis) => ops.logSoftmax(x, axis)),
  builder('cumsum', fc.tuple(wild, flag, flag), (x, _, ...args) => ops.cumsum(x, ...args)),
  builder('cumprod', fc.tuple(wild, flag, flag), (x, _, ...args) => ops.cumprod(x, ...args)),
  builder('layerNorm', fc.tuple(axes), (x, y, axis) => ops.layerNorm(x, y, undefined, axis)),
  builder('batchNorm', fc.tuple(), (x, y) => ops.batchNorm(x, y, y)),
  builder('add', fc.tuple(), (x, y) => ops.add(x, y)),
  builder('where', fc.tuple(), (x, y) => ops.where(ops.greater(x, 0), y, x)),
  builder('matMul', fc.tuple(flag, flag), (x, y, ...args) => ops.matMul(x, y, ...args)),
  builder('dot', fc.tuple(), (x, y) => ops.dot(x, y)),
  builder('transpose', fc.tuple(list), (x, _, perm) => ops.transpose(x, perm)),
  builder('reshape', fc.tuple(list), (x, _, to) => ops.reshape(x, to)),
  builder('broadcastTo', fc.tuple(list), (x, _, to) => ops.broadcastTo(x, to)),
  builder('expandDims', fc.tuple(wild), (x, _, axis) => ops.expandDims(x, axis)),
  builder('squeeze', fc.tuple(list), (x, _, axis) => ops.squeeze(x, axis)),
  builder('reverse', fc.tuple(axes), (x, _, axis) => ops.reverse(x, axis)),
  builder('slice', fc.tuple(perAxis, perAxis), (x, _, begin, sizes) => ops.slice(x, begin, sizes)),
  builder(
    'stridedSlice',
    fc.tuple(list, list, list, fc.nat(31), fc.nat(31), fc.nat(31), fc.nat(31), fc.nat(31)),
    (x, _, ...args) => ops.stridedSlice(x, ...args),
  ),
  builder('pad', fc.tuple(pairs), (x, _, paddings) => ops.pad(x, paddings)),
  builder('mirrorPad', fc.tuple(pairs, fc.constantFrom('reflect', 'symmetric', 'wrap')), (x, _, ...args) =>
    ops.mirrorPad(x, ...args),
  ),
  builder('tile', fc.tuple(list), (x, _, reps) => ops.tile(x, reps)),
  builder('concat', fc.tuple(wild), (x, y, axis) => ops.concat([x, y], axis)),
  builder('stack', fc.tuple(wild), (x, y, axis) => ops.stack([x, y], axis)),
  builder('unstack', fc.tuple(wild), (x, _, axis) => ops.unstack(x, axis)),
  builder('split', fc.tuple(perAxis, wild), (x, _, ...args) => ops.split(x, ...args)),
  builder('gather', fc.tuple(wild, wild), (x, y, ...args) =>
    ops.gather(x, ops.cast(ops.zerosLike(y), 'int32'), ...args),
  ),
  builder('gatherND', fc.tuple(), (x, y) => ops.gatherND(x, ops.cast(ops.zerosLike(y), 'int32'))),
  builder('scatterND', fc.tuple(list), (x, y, to) => ops.scatterND(ops.cast(ops.zerosLike(y), 'int32'), x, to)),
  builder('unsortedSegmentSum', fc.tuple(wild), (x, y, n) =>
    ops.unsortedSegmentSum(x, ops.cast(ops.zerosLike(y), 'int32'), n),
  ),
  builder('oneHot', fc.tuple(wild), (x, _, depth) => ops.oneHot(ops.cast(ops.zerosLike(x), 'int32'), depth)),
  builder('topk', fc.tuple(wild), (x, _, k) => Object.values(ops.topk(x, k))),
  builder('spaceToBatchND', fc.tuple(list, pairs), (x, _, ...args) => ops.spaceToBatchND(x, ...args)),
  builder('batchToSpaceND', fc.tuple(list, pairs), (x, _, ...args) => ops.batchToSpaceND(x, ...args)),
  builder('depthToSpace', fc.tuple(wild, fc.constantFrom('NHWC', 'NCHW', 'HWC')), (x, _, ...args) =>
    ops.depthToSpace(x, ...args),
  ),
];

/** Those that take images or volumes: of shapes that are mostly of the right rank. */
const IMAGES: readonly Builder[] = [
  builder('resizeBilinear', fc.tuple(list, flag, flag), (x, _, ...args) => ops.image.resizeBilinear(x, ...args)),
  builder('resizeNearestNeighbor', fc.tuple(list, flag, flag), (x, _, ...args) =>
    ops.image.resizeNearestNeighbor(x, ...args),
  ),
  builder(
    'conv2d',
    fc.tuple(steps, padding, fc.constantFrom('NHWC', 'NCHW', 'CHWN'), steps, rounding),
    (x, y, ...args) => ops.conv2d(x, y, ...args),
  ),
  builder(
    'depthwiseConv2d',
    fc.tuple(steps, padding, fc.constantFrom('NHWC', 'NCHW'), steps, rounding),
    (x, y, ...args) => ops.depthwiseConv2d(x, y, ...args),
  ),
  builder('conv2dTranspose', fc.tuple(list, steps, padding, rounding), (x, y, ...args) =>
    ops.conv2dTranspose(x, y, ...args),
  ),
  builder('conv3d', fc.tuple(steps, padding, fc.constantFrom('NDHWC', 'NCDHW'), steps), (x, y, ...args) =>
    ops.conv3d(x, y, ...args),
  ),
  builder('maxPool', fc.tuple(steps, steps, padding, rounding), (x, _, ...args) => ops.maxPool(x, ...args)),
  builder('avgPool', fc.tuple(steps, steps, padding, rounding), (x, _, ...args) => ops.avgPool(x, ...args)),
  builder('maxPool3d', fc.tuple(steps, steps, padding, rounding), (x, _, ...args) => ops.maxPool3d(x, ...args)),
  builder(
    'pool',
    fc.tuple(steps, fc.constantFrom('avg', 'max', 'min'), padding, steps, steps, rounding),
    (x, _, ...args) => ops.pool(x, ...args),
  ),
  builder('dilation2d', fc.tuple(steps, padding, steps), (x, y, ...args) => ops.dilation2d(x, y, ...args)),
];
const images: fc.Arbitrary<Shape> = fc.oneof(
  { weight: 8, arbitrary: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 3, maxLength: 5 }) },
  shape,
);

/** More elements than are worth running. */
const LARGE = 10_000;
const isWhole = (d: unknown): boolean => Number.isSafeInteger(d) && (d as number) >= 0;

async function judge(g: Graph, build: () => readonly Sym[]): Promise<void> {
  let outputs: readonly Sym[];
  try {
    outputs = build();
  } catch (e) {
    expect(e, String((e as Error).stack)).to.be.instanceOf(RetrographError);
    return;
  }
  for (const { shape: own } of outputs) expect(own.every(isWhole), `a shape [${own.join(', ')}]`).to.equal(true);
  if (outputs.some(({ shape: own }) => count(own as Shape) > LARGE)) return;
  const xs = Object.fromEntries(g.named);
  const smooth = outputs.filter(({ dtype }) => dtype === 'float32');
  const gradients =
    smooth.length > 0
      ? vjp(
          smooth,
          smooth.map(() => 1),
          xs,
          { unconnected: 'zeros' },
        )
      : ({} as Record<string, Sym>);
  const wanted = {
    ...Object.fromEntries(outputs.map((y, i) => [`y${i}`, y])),
    ...Object.fromEntries(Object.entries(gradients).map(([n, s]) => [`d_${n}`, s])),
  };
  if (Object.keys(wanted).length === 0) return;
  const feeds = Object.fromEntries(
    Object.entries(xs).map(([name, { shape: own }]) => [
      name,
      { data: new Float32Array(count(own as Shape)).fill(0.5), shape: own as Shape, dtype: 'float32' as const },
    ]),
  );
  for (const backend of HERE) {
    const before = backend.memory().buffers;
    const program = await compile(wanted, { backend });
    try {
      const results = await program.run(feeds);
      for (const [name, { shape: own }] of Object.entries(wanted)) {
        const value = results[name as keyof typeof results]!;
        expect([...value.shape], name).to.deep.equal([...own]);
        expect(value.data.length, name).to.equal(count(own as Shape));
      }
    } catch (e) {
      if (!(e instanceof RetrographError)) throw e;
    } finally {
      program.dispose();
    }
    expect(backend.memory().buffers, `buffers on ${backend.name}`).to.equal(before);
  }
}

describe('arguments that make no sense are refused in words', () => {
  before(() => Promise.all([cpu.start(), wasm.start()]));

  for (const [builders, shapesOf] of [
    [BUILDERS, shape],
    [IMAGES, images],
  ] as const)
    for (const { title, args, build } of builders)
      it(title, async function () {
        this.timeout(600_000);
        const property = fc.asyncProperty(shapesOf, shapesOf, args, (a, b, given) => {
          const g = new Graph();
          const [x, y] = [g.placeholder('x', a), g.placeholder('y', b)];
          return judge(g, () => {
            const built = build(x, y, given as never);
            return isSym(built) ? [built] : built;
          });
        });
        await fc.assert(property, runs<[Shape, Shape, readonly unknown[]]>(2));
      });
});
