/** Declares tfjs's types for the references of samples, in this repository but not in the package. */
import type * as tfjs from '@tensorflow/tfjs-core';

declare module './sample.ts' {
  interface SampleTypes {
    readonly tfjs: typeof tfjs;
    readonly tensor: tfjs.Tensor;
  }
}
