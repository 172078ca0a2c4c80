// Makes backends/node/proto/schema.ts, the messages that we write and read, from the schema that TensorFlow publishes in its wheel:
//   node scripts/protos.mjs tensorflow_cpu-2.12.0-....whl
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { strFromU8, unzipSync } from 'fflate';
import protobuf from 'protobufjs';

const ROOTS = ['core/framework/graph.proto', 'core/protobuf/saved_model.proto', 'core/protobuf/config.proto'];
const TARGET = fileURLToPath(new URL('../backends/node/proto/schema.ts', import.meta.url));

const [wheel] = process.argv.slice(2);
if (wheel === undefined) {
  console.error('usage: node scripts/protos.mjs WHEEL');
  process.exit(1);
}

const prefix = 'tensorflow/include/';
const files = unzipSync(readFileSync(wheel), {
  filter: ({ name }) => name.startsWith(prefix) && name.endsWith('.proto'),
});
const root = new protobuf.Root();
root.resolvePath = (_origin, path) => path;
root.fetch = (path, done) => {
  const file = files[prefix + path];
  // not at once: what a file imports is counted when it has been read
  if (file === undefined) setImmediate(done, new Error(`the wheel has no ${path}`));
  else setImmediate(done, null, strFromU8(file));
};
await root.load(ROOTS.map((path) => `tensorflow/${path}`));
const HEADER = '// Made by scripts/protos.mjs of the schema that TensorFlow publishes.\n';
writeFileSync(TARGET, `${HEADER}export const schema = ${JSON.stringify(root.toJSON(), null, 1)};\n`);
