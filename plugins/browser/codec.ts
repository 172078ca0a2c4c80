/** Messages as bytes, for a connection that carries nothing else: MessagePack, with typed arrays as extensions. */
import { Decoder, Encoder, ExtensionCodec } from '@msgpack/msgpack';

const ARRAYS = [Float32Array, Int32Array, Uint8Array] as const;

const extensionCodec = new ExtensionCodec();
ARRAYS.forEach((Type, type) => {
  extensionCodec.register({
    type,
    encode: (value) =>
      value instanceof Type ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength) : null,
    // a copy: what was received may not be aligned
    decode: (bytes) => new Type(new Uint8Array(bytes).buffer),
  });
});

// all numbers as floats, since whole ones would lose the sign of -0
const encoder = new Encoder({ extensionCodec, ignoreUndefined: true, forceIntegerToFloat: true, maxDepth: 1000 });

export const encode = (message: unknown): Uint8Array<ArrayBuffer> => encoder.encode(message) as Uint8Array<ArrayBuffer>;
/** @throws an error for bytes that are no message; none makes a list that is longer than itself */
export const decode = (bytes: ArrayBuffer | Uint8Array): unknown =>
  new Decoder({ extensionCodec, maxArrayLength: bytes.byteLength }).decode(bytes);
