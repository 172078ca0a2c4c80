/** What the workloads need of a library, so that each is written once: functions of values, and a train step made of a loss. */

export interface Library<T> {
  readonly name: string;
  add(a: T, b: T | number): T;
  sub(a: T, b: T): T;
  mul(a: T, b: T | number): T;
  div(a: T, b: T): T;
  relu(x: T): T;
  tanh(x: T): T;
  sigmoid(x: T): T;
  sqrt(x: T): T;
  /** Over the last axis. */
  softmax(x: T): T;
  /** Over the last axis, which stays with size 1. */
  mean(x: T): T;
  meanOfAll(x: T): T;
  /** The mean softmax cross-entropy of rows. */
  crossEntropy(labels: T, logits: T): T;
  matMul(a: T, b: T): T;
  reshape(x: T, shape: readonly number[]): T;
  transpose(x: T, perm: readonly number[]): T;
  /** Equal parts along an axis. */
  split(x: T, count: number, axis: number): readonly T[];
  /** Without padding, by steps of 1; images and filters are in the library's own layout. */
  conv2d(x: T, filter: T): T;
  /** Windows of 2 by 2, by steps of 2. */
  maxPool(x: T): T;
  /** By steps of 2, where the output is twice as large. */
  conv2dTranspose(x: T, filter: T, outShape: readonly [number, number, number, number]): T;
  /** Rows of images, channels last. */
  flatten(x: T): T;
  /** The inverse of `flatten`, for images of a shape with channels last. */
  images(x: T, shape: readonly [number, number, number, number]): T;
  /** A train step that gives the loss before it. @throws if the library cannot train the workload */
  start(workload: Workload, values: Values): Promise<Step>;
}

export interface Step {
  /** Makes a step and reads the loss. */
  run(): number;
  dispose(): void;
}

/** Shapes of values by their name; `image` and `filter` tell which have an own layout in a library. */
export interface Shaped {
  readonly shape: readonly number[];
  readonly kind?: 'image' | 'filter';
}

export interface Workload {
  readonly name: string;
  readonly parameters: Readonly<Record<string, Shaped>>;
  readonly inputs: Readonly<Record<string, Shaped>>;
  /** The input that is a row of probabilities. */
  readonly labels?: string;
  readonly optimizer: 'sgd' | 'adam';
  readonly learningRate: number;
  loss<T>(library: Library<T>, values: Readonly<Record<string, T>>): T;
  /** How many times as fast as each peer it has to be. */
  readonly bars: Readonly<Record<string, number>>;
}

/** Elements by name, in the order of the shape with channels last. */
export type Values = Readonly<Record<string, Float32Array>>;
