/** Rows that the GPU backends need not compute as cpu does, and why. */

export interface Exception {
  readonly path: string;
  /** The row's note; all rows of the op, where it is not given. */
  readonly note?: string;
  readonly backends: readonly string[];
  /** How far off values and gradients may be; not given: the row is not run. */
  readonly tolerance?: number;
  readonly reason: string;
}

const GPU = ['webgl', 'webgpu'];

const sines = {
  backends: GPU,
  tolerance: 5e-4,
  reason: 'sines and cosines of shaders are good to an absolute 2^-11 (WGSL, accuracy of builtins)',
};

export const exceptions: readonly Exception[] = [
  { path: 'elementwise/sin', ...sines },
  { path: 'elementwise/cos', ...sines },
  { path: 'primitives/call', ...sines },
  { path: 'primitives/map', ...sines },
  {
    path: 'linalg/slogdet',
    note: 'a singular matrix',
    backends: GPU,
    reason: 'the logarithm of 0 is that of the smallest normal number in software (SwiftShader), not -Infinity',
  },
];
