/** Kernels of our own, as compute shaders: what tfjs's webgpu backend lacks, or leaves undone. */
import { type KernelBackend, type KernelConfig, registerKernel } from '@tensorflow/tfjs-core';
import { type DType, type Kernel, type KernelTensor, sizeOf } from '../../engine/index.ts';
import { gpuFunctions, type ShadingLanguage } from '../gpu-functions.ts';
import { placesOf } from '../places.ts';

/** tfjs internals that its types keep private. */
interface WebgpuInternals {
  runWebGPUProgram(program: object, inputs: readonly KernelTensor[], dtype: DType): KernelTensor;
}

const THREADS = 64;

/**
 * Runs code that makes the element `index` of `result`. Inputs and result are arrays of their elements, as they lie in their buffers:
 * bools are integers. The code is compiled once: what is in it tells it from other code.
 */
function run(
  backend: unknown,
  inputs: Readonly<Record<string, KernelTensor>>,
  shape: readonly number[],
  dtype: DType,
  code: string,
): KernelTensor {
  const flat = Object.values(inputs).map((x): KernelTensor => ({ ...x, shape: [sizeOf(x.shape)] }));
  const program = {
    shaderKey: code,
    variableNames: Object.keys(inputs),
    outputShape: [sizeOf(shape)],
    size: true,
    workgroupSize: [THREADS, 1, 1],
    dispatchLayout: { x: [0] },
    dispatch: [Math.ceil(sizeOf(shape) / THREADS), 1, 1],
    getUserCode: () => `fn main(index : i32) { if (index < uniforms.size) { ${code} } }`,
  };
  return { ...(backend as WebgpuInternals).runWebGPUProgram(program, flat, dtype), shape };
}

/**
 * The kernel of that name. tfjs's Cast calls integers floats and leaves them what they are in their buffer, which some shaders then
 * do not compile for; in its place one that makes them floats.
 */
export function withFloatCasts(name: string, kernel: Kernel, backend: KernelBackend): Kernel {
  if (name !== 'Cast') return kernel;
  return (inputs, attrs) => {
    const { x } = inputs as Readonly<Record<string, KernelTensor>>;
    return attrs.dtype === 'float32' && x!.dtype !== 'float32'
      ? run(backend, { x: x! }, x!.shape, 'float32', 'result[index] = f32(x[index]);')
      : kernel(inputs, attrs);
  };
}

/** The kernel of that name; for SparseToDense one in which the last value of a place stays, where tfjs's adds them up. */
export function withLastValues(name: string, kernel: Kernel, backend: KernelBackend): Kernel {
  if (name !== 'SparseToDense') return kernel;
  return (inputs, attrs) => {
    const { sparseIndices: indices, sparseValues: values, defaultValue: rest } = inputs as Record<string, KernelTensor>;
    const shape = attrs.outputShape as readonly number[];
    const { count, slice, strides } = placesOf(indices!, shape);
    const terms = strides.map((stride, k) => `indices[i * ${strides.length} + ${k}] * ${stride}`);
    const code = `
      var found = rest[0];
      for (var i = 0; i < ${count}; i++) {
        if (${terms.join(' + ')} == index / ${slice}) { found = values[i * ${slice} + index % ${slice}]; }
      }
      result[index] = found;`;
    return run(backend, { indices: indices!, values: values!, rest: rest! }, shape, values!.dtype, code);
  };
}

/** The kernel of that name; for FloorDiv of integers one that divides integers, of one shape: tfjs's rounds a quotient of floats. */
export function withIntegerQuotients(name: string, kernel: Kernel, backend: KernelBackend): Kernel {
  if (name !== 'FloorDiv') return kernel;
  const code = `
    let p = a[index];
    let q = b[index];
    if (q == 0) { result[index] = 0; }
    else { result[index] = p / q - select(0, 1, p % q != 0 && (p < 0) != (q < 0)); }`;
  return (inputs, attrs) => {
    const { a, b } = inputs as Readonly<Record<string, KernelTensor>>;
    return a!.dtype === 'int32' ? run(backend, { a: a!, b: b! }, a!.shape, 'int32', code) : kernel(inputs, attrs);
  };
}

const TYPES = { float: 'f32', int: 'i32', bool: 'bool' };

const WGSL: ShadingLanguage = {
  declare: (type, name, value) => `let ${name} : ${TYPES[type]} = ${value};`,
  choose: (condition, yes, no) => `select(${no}, ${yes}, ${condition})`,
  toFloat: (int) => `f32(${int})`,
  toInt: (float) => `i32(${float})`,
  bitsOf: (float) => `bitcast<i32>(${float})`,
  ofBits: (int) => `bitcast<f32>(${int})`,
  // constants cannot be one or the other
  nan: 'uniforms.NAN',
  infinity: 'uniforms.INFINITY',
};

/** The kernel of that name; in place of some, one that computes its function to single precision. */
export function withExactFunctions(name: string, kernel: Kernel, backend: KernelBackend): Kernel {
  const own = gpuFunctions[name]?.(WGSL);
  if (own === undefined) return kernel;
  const code = `
    let x = values[index];
    ${own.statements}
    result[index] = ${own.result};`;
  return (inputs) => {
    const { x } = inputs as Readonly<Record<string, KernelTensor>>;
    return run(backend, { values: x! }, x!.shape, 'float32', code);
  };
}

/** Of operands of one shape. */
const bitwiseAnd = {
  kernelName: 'BitwiseAnd',
  backendName: 'webgpu',
  kernelFunc: ({ inputs: { a, b }, backend }: { inputs: Record<string, KernelTensor>; backend: unknown }) =>
    run(backend, { a: a!, b: b! }, a!.shape, 'int32', 'result[index] = a[index] & b[index];'),
};

/** Adds to tfjs's kernels what they lack. */
export const registerKernels = (): void => registerKernel(bitwiseAnd as unknown as KernelConfig);
