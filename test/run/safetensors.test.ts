/** Safetensors files of others: written by the published format, and read as variables. */
import { expect } from 'chai';
import fc from 'fast-check';
import { compile, Graph, openVariables, VariableError, type Variables } from '../../index.node.ts';
import { failure } from '../support/failure.ts';
import { runs } from '../support/properties.ts';
import { entry, FLOATS, INTEGERS, write } from '../support/safetensors-files.ts';

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
});
