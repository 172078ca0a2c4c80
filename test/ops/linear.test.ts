/** The trait `linear`: where such an input is 0, so is the result, whatever the attributes and the other inputs are. */
import { expect } from 'chai';
import { cpu } from '../../backends/cpu/module.ts';
import { compile, fill, type Node, type Sym, toposort } from '../../engine/index.ts';
import { sampled } from '../../ops/samples.ts';
import { drawInputs } from '../../plugins/gradcheck/draw.ts';
import { buildSubject } from '../../plugins/gradcheck/subject.ts';

/** The node with zeros for one of its inputs, for each input in which it is linear. */
const withZeros = ({
  op,
  inputs,
  arity,
  attrs,
  graph,
  outputs: own,
}: Node): readonly (readonly [what: string, y: Sym, own: Sym])[] => {
  const names = op.slots.flatMap(({ name }, i) => Array.from({ length: arity?.[i] ?? 1 }, () => name));
  return inputs.flatMap((x, i) => {
    if (!op.traits.linear?.includes(names[i]!)) return [];
    const zero = graph!.adopt(fill(x.shape, 0, x.dtype));
    const { outputs } = graph!.intern(op, inputs.with(i, zero), arity, attrs);
    return outputs.map((y, k) => [`${op.name} of ${names[i]} = 0`, y, own[k]!] as const);
  });
};

const seen = new Set<string>();

describe('an op that is linear in an input is 0 where that is', () => {
  before(() => cpu.start());

  for (const { op, path, samples } of sampled) {
    it(path, async () => {
      for (const [row, sample] of samples.entries()) {
        const { outputs, gradients, feeds } = buildSubject(op, sample, drawInputs(sample, 1), 1);
        const nodes = toposort([...Object.values(outputs), ...Object.values(gradients)]);
        const zeros = nodes.flatMap(withZeros);
        if (zeros.length === 0) continue;
        // without passes, which would take the trait at its word
        const passes = { simplify: false, 'fold-constants': false };
        const results = Object.fromEntries(
          zeros.flatMap(([, y, own], k) => [
            [`zero${k}`, y],
            [`own${k}`, own],
          ]),
        );
        // the row's own too, whose inputs bind all dims
        const program = await compile({ ...results, ...outputs, ...gradients }, { backend: cpu, passes });
        try {
          const { placeholders } = program;
          const needed = Object.fromEntries(Object.entries(feeds).filter(([name]) => placeholders.has(name)));
          const run = await program.run(needed);
          for (const [k, [what, { node }]] of zeros.entries()) {
            seen.add(node.op.name);
            const own = run[`own${k}`]!.data;
            // 0 / 0 is NaN, where 1 / 0 is no number either
            const isZero = [...run[`zero${k}`]!.data].every((v, i) => v === 0 || !Number.isFinite(own[i]));
            expect(isZero, `row ${row}: ${what}`).to.equal(true);
          }
        } finally {
          program.dispose();
        }
      }
    });
  }

  it('has met every op with the trait', function () {
    if (seen.size === 0) this.skip();
    const linear = sampled.flatMap(({ op }) => (op?.traits.linear === undefined ? [] : op.name));
    expect(linear.filter((name) => !seen.has(name))).to.deep.equal([]);
  });
});
