/** Encodes messages as bytes, for a WebSocket: MessagePack, with typed arrays as extensions. */
import { Decoder, Encoder, ExtensionCodec } from '@msgpack/msgpack';

const ARRAYS = [Float32Array, Int32Array, Uint8Array] as const;

const extensionCodec = new ExtensionCodec();
ARRAYS.forEach((Type, type) => {
  extensionCodec.register({
    type,
    encode: (value) =>
      value instanceof Type ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength) : null,
    // copied, since received bytes may be unaligned
    decode: (bytes) => new Type(new Uint8Array(bytes).buffer),
  });
});

// all numbers are encoded as floats, since integers lose the sign of -0
const encoder = new Encoder({ extensionCodec, ignoreUndefined: true, forceIntegerToFloat: true, maxDepth: 1000 });

export const encode = (message: unknown): Uint8Array<ArrayBuffer> => encoder.encode(message) as Uint8Array<ArrayBuffer>;
/** @throws for bytes that are not a message. No array may have more elements than the message has bytes */
export const decode = (bytes: ArrayBuffer | Uint8Array): unknown =>
  new Decoder({ extensionCodec, maxArrayLength: bytes.byteLength }).decode(bytes);
