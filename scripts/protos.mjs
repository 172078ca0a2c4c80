// Makes backends/node/proto/schema.ts, the part that we use of the messages in TensorFlow's wheel:
//   node scripts/protos.mjs tensorflow_cpu-2.12.0-....whl
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { strFromU8, unzipSync } from 'fflate';
import protobuf from 'protobufjs';

const ROOTS = ['core/framework/graph.proto', 'core/protobuf/saved_model.proto', 'core/protobuf/config.proto'];
const TARGET = fileURLToPath(new URL('../backends/node/proto/schema.ts', import.meta.url));

/** The messages and enums to keep, with nested ones. Fields of other types are left out. */
const KEPT = `
  GraphDef NodeDef VersionDef FunctionDefLibrary FunctionDef AttrValue NameAttrList TensorProto TensorShapeProto DataType
  OpList OpDef
  ConfigProto GraphOptions OptimizerOptions RewriterConfig
  SavedModel MetaGraphDef SaverDef CollectionDef SignatureDef TensorInfo VariableDef TrackableObjectGraph
`
  .trim()
  .split(/\s+/);

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
  // asynchronous, since a file's imports are counted only after it is read
  if (file === undefined) setImmediate(done, new Error(`the wheel has no ${path}`));
  else setImmediate(done, null, strFromU8(file));
};
await root.load(ROOTS.map((path) => `tensorflow/${path}`));
root.resolveAll();

const kept = KEPT.map((name) => root.lookup(`tensorflow.${name}`));
const isKept = (type) => type === null || kept.includes(type) || (type.parent !== null && isKept(type.parent));

/** A message or an enum as a line of a .proto file. */
function write(type) {
  if (type instanceof protobuf.Enum) {
    const aliases = type.options?.allow_alias ? ['option allow_alias = true;'] : [];
    const values = Object.entries(type.values).map(([name, id]) => `${name} = ${id};`);
    return `enum ${type.name} { ${[...aliases, ...values].join(' ')} }`;
  }
  const fields = type.fieldsArray.filter((field) => isKept(field.resolvedType)).sort((a, b) => a.id - b.id);
  const oneofs = type.oneofsArray.filter((oneof) => oneof.oneof.length > 1);
  return `message ${type.name} { ${[
    ...type.nestedArray.map(write),
    ...fields.filter((field) => !oneofs.includes(field.partOf)).map(writeField),
    ...oneofs.map((oneof) => {
      const members = fields.filter((field) => field.partOf === oneof);
      return `oneof ${oneof.name} { ${members.map(writeField).join(' ')} }`;
    }),
  ].join(' ')} }`;
}

function writeField(field) {
  const type = field.map ? `map<${field.keyType}, ${field.type}>` : `${field.repeated ? 'repeated ' : ''}${field.type}`;
  return `${type} ${field.name} = ${field.id};`;
}

const HEADER = '// Made by scripts/protos.mjs of the schema that TensorFlow publishes.\n';
const text = ['syntax = "proto3";', 'package tensorflow;', ...kept.map(write)].join('\n');
writeFileSync(TARGET, `${HEADER}export const schema = \`\n${text}\n\`;\n`);
