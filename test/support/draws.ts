/** Draws of each distribution on the host, from any state and stream. */
import {
  draw,
  type IntOptions,
  intOf,
  type NormalOptions,
  normalOf,
  type RandomWords,
  truncatedNormalOf,
  type UniformOptions,
  uniformOf,
} from '../../engine/random.ts';

/** What `uniformOf` gives for 32 bits, by plain arithmetic. */
export const uniformBits = (bits: number): number => (bits >>> 8) * 2 ** -24;

export const randomUniform = (state: RandomWords, stream: number, length: number, options?: UniformOptions) =>
  draw(state, stream, (bits) => uniformOf(bits, options), new Float32Array(length));
export const randomNormal = (state: RandomWords, stream: number, length: number, options?: NormalOptions) =>
  draw(state, stream, (bits) => normalOf(bits, options), new Float32Array(length));
export const truncatedNormal = (state: RandomWords, stream: number, length: number, options?: NormalOptions) =>
  draw(state, stream, (bits) => truncatedNormalOf(bits, options), new Float32Array(length));
export const randomInt = (state: RandomWords, stream: number, length: number, options: IntOptions) =>
  draw(state, stream, (bits) => intOf(bits, options), new Int32Array(length));
