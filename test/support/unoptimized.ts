/** A row of an op's samples with all passes and with none: the largest difference of values and gradients. */
import {
  type Backend,
  building,
  compile,
  Graph,
  isDifferentiable,
  isSym,
  PIPELINE,
  type Sym,
  vjp,
} from '../../engine/index.ts';
import type { Sample } from '../../ops/sample.ts';
import { drawInputs } from '../../plugins/gradcheck/draw.ts';
import type { CheckedEntry } from '../../plugins/gradcheck/index.ts';

/** Legalizing cannot be left out: it chooses the kernels. */
const NO_PASSES = Object.fromEntries(
  PIPELINE.filter((p) => p.name !== 'legalize' && p.name !== 'inline').map((p) => [p.name, false]),
);

export async function compareUnoptimized(entry: CheckedEntry, sample: Sample, backend: Backend): Promise<number> {
  const g = new Graph();
  const drawn = drawInputs(sample, 1);
  const slots: Record<string, Sym | readonly Sym[]> = {};
  for (const { name, slot, shape, dtype } of drawn) {
    const p = g.placeholder(name, shape, dtype);
    const several = Array.isArray(sample.inputs[slot]);
    slots[slot] = several ? [...((slots[slot] ?? []) as readonly Sym[]), p] : p;
  }
  const built =
    sample.build === undefined
      ? entry.op!.nodes(slots, sample.attrs ?? {})
      : building(g, () => sample.build!(slots as Record<string, Sym>));
  const ys = (isSym(built) ? [built] : built).map((s) => g.adopt(s));
  const floats = ys.filter((y) => isDifferentiable(y.dtype));
  const xs = sample.notDifferentiable === undefined ? g.named : new Map<string, Sym>();
  const differentiable = Object.fromEntries([...xs].filter(([, x]) => isDifferentiable(x.dtype)));
  const grads =
    floats.length > 0
      ? vjp(
          floats,
          floats.map(() => 1),
          differentiable,
          { unconnected: 'zeros' },
        )
      : {};
  const outputs = {
    ...Object.fromEntries(ys.map((y, k) => [`y${k}`, y])),
    ...Object.fromEntries(Object.entries(grads).map(([n, s]) => [`d_${n}`, s])),
  };
  const feeds = Object.fromEntries(drawn.map(({ name, value }) => [name, value]));
  const [withPasses, without] = [
    await compile(outputs, { backend, verify: true }),
    await compile(outputs, { backend, passes: { ...NO_PASSES, 'dead-code': true } }),
  ];
  try {
    const [a, b] = [await withPasses.run(feeds), await without.run(feeds)];
    return Math.max(0, ...Object.keys(outputs).map((name) => difference(a[name]!.data, b[name]!.data)));
  } finally {
    withPasses.dispose();
    without.dispose();
  }
}

function difference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  let scale = 1;
  for (let i = 0; i < b.length; i++) if (Number.isFinite(b[i])) scale = Math.max(scale, Math.abs(b[i]!));
  let worst = 0;
  for (let i = 0; i < b.length; i++)
    if (!Object.is(a[i], b[i])) worst = Math.max(worst, Math.abs(a[i]! - b[i]!) / scale);
  return Number.isNaN(worst) ? Number.POSITIVE_INFINITY : worst;
}
