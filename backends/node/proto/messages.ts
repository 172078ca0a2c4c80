/** TensorFlow's protobuf messages: types of those used here, and encoding by the published schema (schema.ts, made by scripts/protos.mjs). */
import protobuf from 'protobufjs';
import { schema } from './schema.ts';

export interface TensorShape {
  readonly dim?: readonly { readonly size: number }[];
  readonly unknownRank?: boolean;
}

export interface TensorMessage {
  readonly dtype: number;
  readonly tensorShape: TensorShape;
  readonly tensorContent?: Uint8Array;
  readonly floatVal?: readonly number[];
  readonly intVal?: readonly number[];
  readonly boolVal?: readonly boolean[];
  readonly stringVal?: readonly Uint8Array[];
}

/** Exactly one field is set. */
export interface AttrValue {
  readonly s?: Uint8Array;
  readonly i?: number;
  readonly f?: number;
  readonly b?: boolean;
  readonly type?: number;
  readonly shape?: TensorShape;
  readonly tensor?: TensorMessage;
  readonly list?: {
    readonly s?: readonly Uint8Array[];
    readonly i?: readonly number[];
    readonly f?: readonly number[];
    readonly type?: readonly number[];
    readonly shape?: readonly TensorShape[];
  };
  readonly func?: { readonly name: string };
}

export interface NodeDef {
  readonly name: string;
  readonly op: string;
  /** `node`, `node:output`, or in a function `node:name:index`; `^node` for a control input. */
  readonly input: readonly string[];
  readonly attr: Readonly<Record<string, AttrValue>>;
}

interface ArgDef {
  readonly name: string;
  readonly type: number;
}

export interface FunctionDef {
  readonly signature: {
    readonly name: string;
    readonly inputArg: readonly ArgDef[];
    readonly outputArg: readonly ArgDef[];
  };
  readonly nodeDef: readonly NodeDef[];
  readonly ret: Readonly<Record<string, string>>;
}

export interface GraphDef {
  readonly node: readonly NodeDef[];
  readonly library?: { readonly function: readonly FunctionDef[] };
  readonly versions: { readonly producer: number; readonly minConsumer?: number };
}

/** A tensor of a signature: `operation:output`. */
export interface TensorInfo {
  readonly name: string;
  readonly dtype: number;
  readonly tensorShape: TensorShape;
}

export interface SignatureDef {
  readonly inputs: Readonly<Record<string, TensorInfo>>;
  readonly outputs: Readonly<Record<string, TensorInfo>>;
  readonly methodName: string;
}

export interface SaverDef {
  readonly filenameTensorName: string;
  readonly saveTensorName: string;
  readonly restoreOpName: string;
  readonly maxToKeep: number;
  /** 2: files with an index. */
  readonly version: 2;
}

const { root } = protobuf.parse(schema);

/** The bytes of a message. */
export const encode = (
  name: 'GraphDef' | 'ConfigProto' | 'SavedModel' | 'VariableDef',
  message: object,
): Uint8Array => {
  const type = root.lookupType(`tensorflow.${name}`);
  return type.encode(type.fromObject(message)).finish();
};

/** Decodes a message. @throws Error for invalid bytes */
export const decode = (name: 'OpList' | 'TrackableObjectGraph', bytes: Uint8Array): Record<string, unknown> => {
  const type = root.lookupType(`tensorflow.${name}`);
  return type.toObject(type.decode(bytes), { longs: Number, defaults: true });
};
