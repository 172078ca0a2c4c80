/** Safetensors files of others: written here by the published format, and read as variables. */
import { expect } from 'chai';
import fc from 'fast-check';
import { compile, Graph, openVariables, VariableError, type Variables } from '../../index.node.ts';
import { cpuSecondsSince } from '../support/cpu-time.ts';
import { EFFORT } from '../support/effort.ts';
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
      },
      { format: 'pt' },
    );
    const variables = await storeOf('float32', [2]);
    await variables.fromBytes(bytes, { rename: (name) => (name === 'model.v' ? 'v' : undefined) });
    expect((await variables.get('v')).array()).to.deep.equal([1, 2]);

    const faults = {
      'model.tracked': "'model.tracked': I64 has 1099511627776, which int32 cannot hold",
      'model.scale': "'model.scale' is F8_E4M3, which no variable can be",
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

describe('a safetensors file', () => {
  const a = { dtype: 'F32', shape: [2], data_offsets: [0, 8] };
  const b = { dtype: 'I32', shape: [], data_offsets: [8, 12] };
  /** A file of this header, which may be wrong. */
  const raw = (header: string, length = 12): Uint8Array => {
    const text = Buffer.from(header);
    const size = Buffer.alloc(8);
    size.writeBigUInt64LE(BigInt(text.length));
    return Buffer.concat([size, text, new Uint8Array(length)]);
  };
  const refusal = async (bytes: Uint8Array): Promise<string> => {
    const variables = await openVariables({ backend: 'cpu' });
    const error = await failure(() => variables.fromBytes(bytes));
    expect(error).to.be.instanceOf(VariableError);
    expect(variables.names()).to.deep.equal([]);
    return error.message;
  };

  it('has each byte of its data in one tensor, each name once, and texts for metadata', async () => {
    const json = JSON.stringify;
    const cases: readonly (readonly [string, string, number?])[] = [
      [json({ a, b: { ...a, dtype: 'I32' } }), "'b' starts at byte 0 of its data, and the one before it ends at 8"],
      [json({ b }), "'b' starts at byte 8 of its data, and the one before it ends at 0"],
      [json({ a }), 'its data have 12 bytes, and its tensors 8'],
      [json({ a, b }), "the offsets of 'b' are not within its data", 8],
      [json({ a: { ...a, shape: [3] }, b }), "'a' has 8 bytes, not those of F32[3]"],
      [json({ a: { ...a, dtype: ['F32'] }, b }), "'a' has no dtype"],
      [json({ a: { ...a, shape: [2 ** 52, 2 ** 52, 2 ** 52] }, b }), "'a' has 8 bytes"],
      [`{"a":${json(a)},"b":${json(b)},"\\u0061":${json(a)}}`, "its header has 'a' twice"],
      ['{"a":{"dtype":"F32","shape":[3],"shape":[2],"data_offsets":[0,8]}}', "its header has 'shape' twice", 8],
      [json({ __metadata__: { n: 1 }, a, b }), 'its metadata are no record of texts'],
      [` ${json({ a, b })}`, "its header does not begin with '{'"],
    ];
    for (const [header, message, length] of cases) expect(await refusal(raw(header, length))).to.contain(message);
    const bytes = raw(json({ a, b }));
    bytes[10] = 0xff; // no UTF-8
    expect(await refusal(bytes)).to.contain('its header is not JSON');
  });

  it('of 3,000 tensors over one block is refused', async () => {
    const entry = { dtype: 'U8', shape: [1_000_000], data_offsets: [0, 1_000_000] };
    const header = Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`t${i}`, entry]));
    expect(await refusal(raw(JSON.stringify(header), 1_000_000))).to.contain("'t1' starts at byte 0");
  });

  it('has any name but that of the metadata', async () => {
    const variables = await openVariables({ backend: 'cpu' });
    for (const name of ['__proto__', 'constructor', '1', '0', '', '"\\\n', '\ud800']) await variables.set(name, [1, 2]);
    const again = await openVariables({ backend: 'cpu' });
    await again.fromBytes(await variables.toBytes());
    expect([...again.names()].sort()).to.deep.equal([...variables.names()].sort());
    await variables.set('__metadata__', 1);
    expect(await failure(() => variables.toBytes())).to.be.instanceOf(VariableError);
  });

  it('that is mutated is read right or refused, soon', () =>
    fc.assert(
      fc.asyncProperty(goodFiles, fc.array(fileMutation, { minLength: 1, maxLength: 3 }), async (good, changes) => {
        const bytes = changes.reduce((file, change) => change(file), good);
        const variables = await openVariables({ backend: 'cpu' });
        const before = process.cpuUsage();
        try {
          await variables.fromBytes(bytes);
        } catch (e) {
          expect(e).to.be.instanceOf(VariableError);
          expect(variables.names()).to.deep.equal([]);
          return;
        } finally {
          expect(cpuSecondsSince(before)).to.be.lessThan(1);
        }
        // by the format's words: what is read are the bytes at the offsets, and no byte is read twice
        const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
        const { __metadata__: _, ...header } = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
        expect([...variables.names()].sort()).to.deep.equal(Object.keys(header).sort());
        let read = 0;
        for (const [name, { dtype, shape, data_offsets: offsets }] of Object.entries<Header>(header)) {
          const { data, shape: own } = await variables.get(name);
          expect(own).to.deep.equal(shape);
          const part = bytes.slice(8 + length + offsets[0], 8 + length + offsets[1]);
          read += part.length;
          if (dtype === 'F32' || dtype === 'I32') expect(new Uint8Array(data.slice().buffer)).to.deep.equal(part);
          else if (dtype === 'U8' || dtype === 'BOOL') expect([...data]).to.deep.equal([...part]);
        }
        expect(read).to.equal(bytes.length - 8 - length);
      }),
      { numRuns: { quick: 1_000, full: 10_000, deep: 100_000 }[EFFORT] },
    )).timeout(120_000);
});

interface Header {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

const goodFiles: fc.Arbitrary<Uint8Array> = fc
  .array(
    fc.tuple(
      fc.constantFrom('F32', 'I32', 'U8', 'F16', 'I64', 'F8_E4M3'),
      fc.constantFrom<readonly number[]>([], [0], [2], [1, 3], [0, 7]),
    ),
    { maxLength: 4 },
  )
  .map((list) =>
    write(
      Object.fromEntries(
        list.map(([dtype, shape], i) => {
          const length = shape.reduce((n, d) => n * d, 1);
          if (dtype === 'F8_E4M3') return [`t${i}`, { dtype, shape, bytes: new Uint8Array(length) }];
          return [
            `t${i}`,
            entry(
              dtype,
              Array.from({ length }, (_, k) => k % 3),
              shape,
            ),
          ];
        }),
      ),
      { format: 'pt', 'retrograph.seed': '7' },
    ),
  );

/** Changes a file's bytes, or a piece of its header's text: then its length is put right. */
const fileMutation: fc.Arbitrary<(file: Uint8Array) => Uint8Array> = fc.oneof(
  fc.tuple(fc.nat(), fc.nat(255)).map(([at, value]) => (file: Uint8Array) => {
    const copy = Uint8Array.from(file);
    copy[at % copy.length] = value;
    return copy;
  }),
  fc.tuple(fc.nat(), fc.uint8Array({ maxLength: 9 })).map(([at, more]) => (file: Uint8Array) => {
    const cut = file.slice(0, Math.max(8, at % (file.length + 9)));
    return Uint8Array.from([...(cut.length < file.length ? cut : file), ...more]);
  }),
  fc
    .tuple(
      fc.nat(),
      fc.constantFrom(
        '0',
        '-1',
        '8',
        '1e300',
        '9007199254740993',
        '"F32"',
        '"U8"',
        '"BOOL"',
        '["F32"]',
        'null',
        '[]',
        '{}',
      ),
    )
    .map(([at, value]) => headerChange(/"[^"]*"(?!:)|-?\d+|\[[^\]]*\]/g, at, () => value)),
  fc
    .tuple(
      fc.nat(),
      fc.constantFrom('"t0":', '"t1":', '"__metadata__":', '"__proto__":', '"shape":', '"retrograph.runs":'),
    )
    .map(([at, key]) => headerChange(/"[^"]*":/g, at, () => key)),
  fc.nat().map((at) => headerChange(/"[^"]*":(\{[^{}]*\}|\[[^\]]*\]|"[^"]*")/g, at, (found) => `${found},${found}`)),
);

function headerChange(piece: RegExp, at: number, change: (found: string) => string) {
  return (file: Uint8Array): Uint8Array => {
    const length = Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true));
    if (length > file.length - 8) return file;
    const text = Buffer.from(file.subarray(8, 8 + length)).toString('latin1');
    const found = [...text.matchAll(piece)];
    const one = found[at % found.length];
    if (one === undefined) return file;
    const changed = Buffer.from(
      text.slice(0, one.index) + change(one[0]) + text.slice(one.index + one[0].length),
      'latin1',
    );
    const size = Buffer.alloc(8);
    size.writeBigUInt64LE(BigInt(changed.length));
    return Uint8Array.from(Buffer.concat([size, changed, file.subarray(8 + length)]));
  };
}
