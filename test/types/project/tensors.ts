// A project that has tfjs: its tensors are feeds and results, and its functions are references of samples.
import * as tf from '@tensorflow/tfjs-core';
import { compile } from 'retrograph';
import { sample, uniform } from 'retrograph/engine';
import { square } from 'retrograph/ops';
import { x } from './program.ts';

declare module 'retrograph/engine' {
  interface SampleTypes {
    readonly tfjs: typeof tf;
    readonly tensor: tf.Tensor;
  }
}

const program = await compile({ y: square(x) }, { backend: 'cpu' });
const fed: tf.Tensor2D = tf.tensor2d([[1, 2]]);
const { y } = await program.run<tf.Tensor>({ x: fed }, { as: 'tensor' });
export const sum: tf.Tensor = tf.sum(y);
export const now: tf.Tensor = program.runSync<tf.Tensor>({ x: y }, { as: 'tensor' }).y;
// @ts-expect-error: without its type, a result is a tensor of any library
tf.sum((await program.run({ x: fed }, { as: 'tensor' })).y);

export const samples = [
  sample({ x: uniform([2]) }, { reference: (tfjs, [t]) => tfjs.square(t!) }),
  // @ts-expect-error: tfjs has no such function
  sample({ x: uniform([2]) }, { reference: (tfjs, [t]) => tfjs.squared(t!) }),
];
