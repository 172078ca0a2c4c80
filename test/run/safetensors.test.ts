/** Safetensors files of others: written here by the published format, and read as variables. */
import { expect } from 'chai';
import fc from 'fast-check';
import { compile, Graph, openVariables, VariableError, type Variables } from '../../index.node.ts';
import { failure } from '../support/failure.ts';
import { runs } from '../support/properties.ts';

interface Entry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

/** https://huggingface.co/docs/safetensors: u64 length of the header, the header, the data, without alignment. */
function write(entries: Readonly<Record<string, Entry>>, metadata?: Readonly<Record<string, string>>): Uint8Array {
  let end = 0;
  const header = Object.fromEntries(
    Object.entries(entries).map(([name, { dtype, shape, bytes }]) => {
      const start = end;
      end += bytes.length;
      return [name, { dtype, shape, data_offsets: [start, end] }];
    }),
  );
  const text = Buffer.from(JSON.stringify({ ...(metadata && { __metadata__: metadata }), ...header }));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([length, text, ...Object.values(entries).map(({ bytes }) => bytes)]);
}

type Put = (view: DataView, at: number, value: number) => void;
interface Format {
  readonly bytes: number;
  readonly put: Put;
  /** Numbers that the format holds exactly. */
  readonly numbers: fc.Arbitrary<number>;
}

const integers = (low: number, high: number): fc.Arbitrary<number> =>
  fc.oneof(fc.integer({ min: low, max: high }), fc.constantFrom(low, high, 0, 1));
const WIDE = fc.oneof(integers(-(2 ** 31), 2 ** 31 - 1), fc.maxSafeInteger());

/** A binary float of so many bits of exponent and fraction, from the number's own parts. */
function floatBits(value: number, exponentBits: number, fractionBits: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 2 ** (exponentBits + fractionBits) : 0;
  const greatest = 2 ** exponentBits - 1;
  const size = Math.abs(value);
  if (Number.isNaN(value)) return greatest * 2 ** fractionBits + 1;
  if (size === Infinity) return sign + greatest * 2 ** fractionBits;
  const bias = 2 ** (exponentBits - 1) - 1;
  const smallest = 2 ** (1 - bias);
  if (size < smallest) return sign + size / (smallest * 2 ** -fractionBits);
  let exponent = 0;
  while (2 ** (exponent + 1) <= size) exponent++;
  while (2 ** exponent > size) exponent--;
  return sign + (exponent + bias) * 2 ** fractionBits + (size / 2 ** exponent - 1) * 2 ** fractionBits;
}
/** Numbers of a binary float: any fraction, any exponent, subnormal ones and those that are not finite. */
const floats = (exponentBits: number, fractionBits: number): fc.Arbitrary<number> => {
  const bias = 2 ** (exponentBits - 1) - 1;
  return fc.oneof(
    fc
      .tuple(
        fc.constantFrom(1, -1),
        fc.integer({ min: 2 ** fractionBits, max: 2 ** (fractionBits + 1) - 1 }),
        fc.integer({ min: 1 - bias, max: bias }),
      )
      .map(([sign, fraction, exponent]) => sign * fraction * 2 ** (exponent - fractionBits)),
    fc.integer({ min: 0, max: 2 ** fractionBits - 1 }).map((fraction) => fraction * 2 ** (1 - bias - fractionBits)),
    fc.constantFrom(0, -0, 1, -1, Infinity, -Infinity, Number.NaN),
  );
};

const FLOATS: Readonly<Record<string, Format>> = {
  F16: { bytes: 2, put: (view, at, v) => view.setUint16(at, floatBits(v, 5, 10), true), numbers: floats(5, 10) },
  BF16: { bytes: 2, put: (view, at, v) => view.setUint16(at, floatBits(v, 8, 7), true), numbers: floats(8, 7) },
  F32: { bytes: 4, put: (view, at, v) => view.setFloat32(at, v, true), numbers: fc.float() },
  F64: { bytes: 8, put: (view, at, v) => view.setFloat64(at, v, true), numbers: fc.oneof(fc.double(), fc.float()) },
};
const INTEGERS: Readonly<Record<string, Format>> = {
  I8: { bytes: 1, put: (view, at, v) => view.setInt8(at, v), numbers: integers(-128, 127) },
  U8: { bytes: 1, put: (view, at, v) => view.setUint8(at, v), numbers: integers(0, 255) },
  I16: { bytes: 2, put: (view, at, v) => view.setInt16(at, v, true), numbers: integers(-(2 ** 15), 2 ** 15 - 1) },
  U16: { bytes: 2, put: (view, at, v) => view.setUint16(at, v, true), numbers: integers(0, 2 ** 16 - 1) },
  I32: { bytes: 4, put: (view, at, v) => view.setInt32(at, v, true), numbers: integers(-(2 ** 31), 2 ** 31 - 1) },
  U32: { bytes: 4, put: (view, at, v) => view.setUint32(at, v, true), numbers: integers(0, 2 ** 32 - 1) },
  I64: { bytes: 8, put: (view, at, v) => view.setBigInt64(at, BigInt(v), true), numbers: WIDE },
  U64: { bytes: 8, put: (view, at, v) => view.setBigUint64(at, BigInt(v), true), numbers: WIDE.map(Math.abs) },
};

function entry(dtype: string, values: readonly number[], shape: readonly number[] = [values.length]): Entry {
  const { bytes: size, put } = { ...FLOATS, ...INTEGERS }[dtype]!;
  const bytes = new Uint8Array(values.length * size);
  for (const [i, value] of values.entries()) put(new DataView(bytes.buffer), i * size, value);
  return { dtype, shape, bytes };
}

/** A store that has declared one variable `v`, of these elements, at 0. */
async function storeOf(dtype: 'float32' | 'int32' | 'bool', shape: readonly number[]): Promise<Variables> {
  const { variables } = await compile({ v: new Graph().variable('v', shape, 0, { dtype }) }, { backend: 'cpu' });
  return variables;
}

describe('safetensors files of others', () => {
  for (const [dtype, { numbers }] of Object.entries(FLOATS))
    it(`give ${dtype} as float32, or say what does not fit`, () =>
      fc.assert(
        fc.asyncProperty(fc.array(numbers, { minLength: 1, maxLength: 6 }), async (values) => {
          const variables = await storeOf('float32', [values.length]);
          const expected = Float32Array.from(values);
          const load = () => variables.fromBytes(write({ odd: entry('U8', [1, 2, 3]), v: entry(dtype, values) }));
          if (values.every((v, i) => Number.isFinite(v) === Number.isFinite(expected[i]))) {
            await load();
            expect((await variables.get('v')).data).to.deep.equal(expected);
          } else {
            const error = await failure(load);
            expect(error).to.be.instanceOf(VariableError);
            expect(error.message).to.match(/'v': F64 has .*, which float32 cannot hold/);
          }
        }),
        runs(2),
      ));

  for (const [dtype, { numbers }] of Object.entries(INTEGERS))
    it(`give ${dtype} as int32, and as bool, where they fit`, () =>
      fc.assert(
        fc.asyncProperty(
          fc.oneof(
            fc.array(numbers, { minLength: 1, maxLength: 6 }),
            fc.array(fc.constantFrom(0, 1), { minLength: 1 }),
          ),
          fc.constantFrom('int32' as const, 'bool' as const),
          async (values, held) => {
            const variables = await storeOf(held, [values.length]);
            const misfit = values.find((v) => (held === 'bool' ? v !== 0 && v !== 1 : v !== (v | 0)));
            const load = () => variables.fromBytes(write({ v: entry(dtype, values) }));
            if (misfit === undefined) {
              await load();
              expect([...(await variables.get('v')).data]).to.deep.equal(values.map((v) => v + 0));
            } else
              expect((await failure(load)).message).to.contain(
                `'v': ${dtype} has ${misfit}, which ${held} cannot hold`,
              );
          },
        ),
        runs(2),
      ));

  it('are judged by what is wanted of them alone', async () => {
    const bytes = write(
      {
        'model.v': entry('BF16', [1, 2]),
        'model.tracked': entry('I64', [2 ** 40], []),
        'model.scale': { dtype: 'F8_E4M3', shape: [1], bytes: Uint8Array.of(1) },
        broken: { dtype: 'F32', shape: [7], bytes: Uint8Array.of(1) },
      },
      { format: 'pt' },
    );
    const variables = await storeOf('float32', [2]);
    await variables.fromBytes(bytes, { rename: (name) => (name === 'model.v' ? 'v' : undefined) });
    expect((await variables.get('v')).array()).to.deep.equal([1, 2]);

    const faults = {
      'model.tracked': "'model.tracked': I64 has 1099511627776, which int32 cannot hold",
      'model.scale': "'model.scale' is F8_E4M3, which no variable can be",
      broken: "not a safetensors file: 'broken' has 1 bytes, not those of F32[7]",
    };
    for (const [wanted, message] of Object.entries(faults)) {
      const error = await failure(() =>
        variables.fromBytes(bytes, { partial: true, rename: (name) => (name === wanted ? name : undefined) }),
      );
      expect(error).to.be.instanceOf(VariableError);
      expect(error.message).to.contain(message);
    }
    // all at once, and nothing is taken
    await variables.set('v', [5, 6]);
    const all = await failure(() => variables.fromBytes(bytes, { rename: (name) => name.replace('model.', '') }));
    for (const message of Object.values(faults))
      expect(all.message).to.contain(message.replace(/^'model\./, "'model."));
    expect((await variables.get('v')).array()).to.deep.equal([5, 6]);
  });

  it('keep the types that variables have: floats are no integers, and shapes are shapes', async () => {
    const variables = await storeOf('int32', [2]);
    const error = await failure(() => variables.fromBytes(write({ v: entry('F32', [1, 2]) })));
    expect(error.message).to.contain("'v' is int32[2], not float32[2]");
    const shape = await failure(() => variables.fromBytes(write({ v: entry('I16', [1, 2], [2, 1]) })));
    expect(shape.message).to.contain("'v' is int32[2], not int32[2, 1]");
  });

  it('open into a store that has declared nothing', async () => {
    const variables = await openVariables({ backend: 'cpu' });
    await variables.fromBytes(write({ a: entry('F16', [0.5], []), b: entry('I64', [-3]), c: entry('U8', [], [0, 2]) }));
    expect((await variables.get('a')).item()).to.equal(0.5);
    expect(await variables.get('b')).to.deep.include({ dtype: 'int32', shape: [1] });
    expect(await variables.get('c')).to.deep.include({ dtype: 'int32', shape: [0, 2] });
    variables.dispose();
  });
});
