/** Every row with complex values, once more with those values made of parts that are broadcast. */
import { expect } from 'chai';
import { complexOf, type Sym } from '../../engine/index.ts';
import { hashSeed } from '../../engine/random.ts';
import { type Sample, type SampleInput, type SampleOptions, uniform } from '../../ops/sample.ts';
import { type SampledEntry, sampled } from '../../ops/samples.ts';
import { describeFault, gradcheck } from '../../plugins/gradcheck/index.ts';
import { EFFORT } from '../support/effort.ts';
import { HERE, NAMED } from '../support/here.ts';
import { SEED } from '../support/seed.ts';
import { compareUnoptimized } from '../support/unoptimized.ts';

type Shape = Extract<SampleInput, { kind: 'uniform' }>['shape'];
type Narrow = (shape: Shape) => Shape;

/** The shapes of the two parts, which broadcast to the whole. */
const PARTS: Readonly<Record<string, readonly [re: Narrow, im: Narrow]>> = {
  'a scalar real part': [() => [], (shape) => shape],
  'a scalar imaginary part': [(shape) => shape, () => []],
  'parts of lower rank and of size 1': [
    (shape) => shape.slice(1),
    (shape) => shape.map((d, axis) => (axis === 0 ? d : 1)),
  ],
};

const isComplex = (input: Sample['inputs'][string]): input is Extract<SampleInput, { kind: 'uniform' }> =>
  'kind' in input && input.kind === 'uniform' && input.dtype === 'complex64';

/** The row over parts in place of its complex inputs. */
function withParts({ op }: SampledEntry, sample: Sample, [re, im]: (typeof PARTS)[string]): Sample {
  const inputs = Object.entries(sample.inputs).flatMap(
    ([name, input]): [string, SampleInput | readonly SampleInput[]][] =>
      isComplex(input)
        ? [
            [`${name}_re`, uniform(re(input.shape), input.low, input.high)],
            [`${name}_im`, uniform(im(input.shape), input.low, input.high)],
            // what binds the dims that neither part has
            [`${name}_like`, { ...input, dtype: 'bool', low: 0, high: 2 }],
          ]
        : [[name, input]],
  );
  const build: SampleOptions['build'] = (given) => {
    const whole: Record<string, Sym> = { ...given };
    for (const [name, input] of Object.entries(sample.inputs))
      if (isComplex(input)) {
        whole[name] = complexOf(given[`${name}_re`]!, given[`${name}_im`]!);
        for (const part of ['re', 'im', 'like']) delete whole[`${name}_${part}`];
      }
    return sample.build === undefined ? op!.nodes(whole, sample.attrs ?? {}) : sample.build(whole);
  };
  const { notDifferentiable, tolerance } = sample;
  return {
    inputs: Object.fromEntries(inputs),
    build,
    reference: null,
    note: 'parts that are broadcast',
    ...(notDifferentiable !== undefined && { notDifferentiable }),
    ...(tolerance !== undefined && { tolerance }),
  };
}

/** Quick takes a row of each op in one way, full a draw. */
function* waysOf(entry: SampledEntry): Generator<readonly [row: number, sample: Sample, way: string]> {
  const names = Object.keys(PARTS);
  const rows = [...entry.samples.entries()].filter(
    ([, { inputs, wideIntegers }]) => !wideIntegers && Object.values(inputs).some(isComplex),
  );
  const first = hashSeed(SEED, entry.path) % names.length;
  for (const [at, [row, sample]] of rows.entries())
    for (const [k, way] of names.entries())
      if (
        EFFORT === 'deep' ||
        (at === 0 && k === first) ||
        (EFFORT === 'full' && hashSeed(SEED, `${entry.path}/${row}/${way}`) % 4 === 0)
      )
        yield [row, sample, way];
}

describe('complex values whose parts are broadcast', () => {
  before(() => Promise.all(HERE.map((b) => b.start())));

  for (const entry of sampled) {
    const ways = [...waysOf(entry)];
    if (ways.length === 0) continue;
    it(`${entry.path}: ${ways.length} rows on ${NAMED.join(', ')}`, async () => {
      for (const [row, sample, way] of ways) {
        const made = { op: undefined, path: entry.path, samples: [withParts(entry, sample, PARTS[way]!)] };
        const { rows } = await gradcheck({ ops: [made], backends: HERE });
        const faults = rows.flatMap((r) => r.faults.map((f) => `${r.backend}: ${describeFault(f)}`));
        expect(faults, `row ${row}, ${way}`).to.deep.equal([]);
        for (const backend of HERE)
          expect(await compareUnoptimized(made, made.samples[0]!, backend), `row ${row}, ${way}`).to.be.at.most(1e-5);
      }
    });
  }
});
