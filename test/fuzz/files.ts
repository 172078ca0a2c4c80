/**
 * Files of variables that have been changed somewhere: safetensors are read as their bytes say, or refused with no variable changed;
 * checkpoints of SavedModels, which TensorFlow's library reads, are read or refused.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { exportSavedModel, readSavedModel } from '../../backends/node/saved-model/index.ts';
import { assign, compile, Graph, openVariables, RetrographError, VariableError } from '../../index.node.ts';
import { add, mul } from '../../ops/index.ts';
import { cpuSecondsSince } from '../support/cpu-time.ts';
import { NATIVE } from '../support/here.ts';
import { entry, write } from '../support/safetensors-files.ts';
import type { Kind } from './kind.ts';

/** The processor's time that a file takes. */
const SECONDS = 1;

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

/** @throws what is wrong with what a safetensors file is read as */
async function checkSafetensors(bytes: Uint8Array): Promise<void> {
  const variables = await openVariables({ backend: 'cpu' });
  const before = process.cpuUsage();
  try {
    await variables.fromBytes(bytes);
  } catch (e) {
    if (!(e instanceof VariableError)) throw e;
    expect(variables.names()).to.deep.equal([]);
    return;
  } finally {
    expect(cpuSecondsSince(before), 'seconds').to.be.lessThan(SECONDS);
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
  variables.dispose();
}

type Files = Readonly<Record<string, Uint8Array>>;

/** The files of a SavedModel's checkpoint. */
async function makeCheckpoint(path: string): Promise<Files> {
  const g = new Graph();
  const [w, n, b] = [
    g.variable('w', [2, 3], 0.5),
    g.variable('n', [2], [1, 2], { dtype: 'int32' }),
    g.variable('b', [], true, { dtype: 'bool' }),
  ];
  const program = await compile({ y: add(w, 1), n, b }, { backend: 'node', updates: [assign(w, mul(w, 2))] });
  await exportSavedModel(path, { serve: program });
  program.dispose();
  const folder = join(path, 'variables');
  return Object.fromEntries(readdirSync(folder).map((file) => [file, readFileSync(join(folder, file))]));
}

/** Changes of the bytes of the file of some number. */
const checkpointMutation = fc
  .tuple(fc.nat(), fc.nat(), fc.uint8Array({ maxLength: 9 }), fc.constantFrom('write', 'cut', 'insert'))
  .map(([file, place, more, kind]) => (files: Files): Files => {
    const name = Object.keys(files)[file % Object.keys(files).length]!;
    const bytes = files[name]!;
    const at = place % (bytes.length + 1);
    const rest = { write: bytes.subarray(at + more.length), cut: new Uint8Array(), insert: bytes.subarray(at) }[kind];
    return { ...files, [name]: Buffer.concat([bytes.subarray(0, at), more, rest]) };
  });

export const files: Kind = {
  name: 'files',
  open: async () => {
    const folder = mkdtempSync(join(tmpdir(), 'retrograph-fuzz-'));
    const path = join(folder, 'model');
    const good = NATIVE.length === 0 ? undefined : await makeCheckpoint(path);
    const safetensors = fc
      .tuple(goodFiles, fc.array(fileMutation, { minLength: 1, maxLength: 3 }))
      .map(([file, changes]) => ({ safetensors: changes.reduce((bytes, change) => change(bytes), file) }));
    const checkpoint = fc
      .array(checkpointMutation, { minLength: 1, maxLength: 3 })
      .map((changes) => ({ checkpoint: changes.reduce((bytes, change) => change(bytes), good!) }));

    /** @throws what is wrong with what a checkpoint is read as */
    const checkCheckpoint = async (changed: Files): Promise<void> => {
      for (const [name, bytes] of Object.entries(changed)) writeFileSync(join(path, 'variables', name), bytes);
      const before = process.cpuUsage();
      try {
        const { tensors } = await readSavedModel(path);
        for (const { data, shape } of tensors.values()) expect(data.length).to.equal(shape.reduce((a, b) => a * b, 1));
      } catch (e) {
        if (!(e instanceof RetrographError)) throw e;
      }
      expect(cpuSecondsSince(before), 'seconds').to.be.lessThan(SECONDS);
    };
    return {
      property: fc.asyncProperty(good === undefined ? safetensors : fc.oneof(safetensors, checkpoint), async (one) => {
        try {
          await ('safetensors' in one ? checkSafetensors(one.safetensors) : checkCheckpoint(one.checkpoint));
        } catch (e) {
          const bytes = 'safetensors' in one ? { safetensors: one.safetensors } : one.checkpoint;
          const hex = Object.entries(bytes).map(([name, b]) => `${name} ${Buffer.from(b).toString('hex')}`);
          throw new Error([(e as Error).message, ...hex].join('\n'), { cause: e });
        }
      }),
      close: async () => rmSync(folder, { recursive: true }),
    };
  },
};
