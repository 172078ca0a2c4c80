/** Own kernels of the webgpu backend, as compute shaders. */
import { backend_util, type KernelBackend, type KernelConfig, registerKernel } from '@tensorflow/tfjs-core';
import { type DType, type KernelTensor, sizeOf } from '../../engine/index.ts';
import { type GpuFunction, gpuFunctions, type ShadingLanguage, sourceOf, type Type } from '../gpu-functions.ts';
import { indexStridesOf } from '../index-strides.ts';
import { type NamedKernel, type OwnKernel, ofFloats } from '../own-kernels.ts';

/** tfjs internals that its types keep private. */
interface WebgpuInternals {
  runWebGPUProgram(program: object, inputs: readonly KernelTensor[], dtype: DType): KernelTensor;
}

const THREADS = 64;

/** Runs a shader. Its source is its cache key, so it is compiled once. */
function runShader(
  backend: unknown,
  inputs: Readonly<Record<string, KernelTensor>>,
  shape: readonly number[],
  dtype: DType,
  code: string,
  definitions = '',
): KernelTensor {
  const program = {
    shaderKey: definitions + code,
    variableNames: Object.keys(inputs),
    outputShape: shape,
    size: true,
    workgroupSize: [THREADS, 1, 1],
    dispatchLayout: { x: shape.map((_, axis) => axis) },
    dispatch: [Math.ceil(sizeOf(shape) / THREADS), 1, 1],
    getUserCode: () => `${definitions} fn main(index : i32) { if (index < uniforms.size) { ${code} } }`,
  };
  return (backend as WebgpuInternals).runWebGPUProgram(program, Object.values(inputs), dtype);
}

const asVector = (x: KernelTensor): KernelTensor => ({ ...x, shape: [sizeOf(x.shape)] });

/** Runs code that computes the element `index` of `result`. Inputs and result are flat arrays; bools are integers. */
function run(
  backend: unknown,
  inputs: Readonly<Record<string, KernelTensor>>,
  shape: readonly number[],
  dtype: DType,
  code: string,
): KernelTensor {
  const flat = Object.fromEntries(Object.entries(inputs).map(([name, x]) => [name, asVector(x)]));
  return { ...runShader(backend, flat, [sizeOf(shape)], dtype, code), shape };
}

const floatCasts: OwnKernel = {
  op: 'Cast',
  why: 'changes the dtype of integers to float32 without converting the buffer, for which some shaders do not compile',
  when: ({ x }, { dtype }) => dtype === 'float32' && x!.dtype !== 'float32',
  make:
    (backend) =>
    ({ x }) =>
      run(backend, { x: x! }, x!.shape, 'float32', 'result[index] = f32(x[index]);'),
};

const lastValues: OwnKernel = {
  op: 'SparseToDense',
  why: 'adds several values for one element, where the last should win',
  complete: true,
  make: (backend) => (inputs, attrs) => {
    const { sparseIndices: indices, sparseValues: values, defaultValue: rest } = inputs;
    const shape = attrs.outputShape as readonly number[];
    const { count, slice, strides } = indexStridesOf(indices!, shape);
    const terms = strides.map((stride, k) => `indices[i * ${strides.length} + ${k}] * ${stride}`);
    const code = `
      var found = rest[0];
      for (var i = 0; i < ${count}; i++) {
        if (${terms.join(' + ')} == index / ${slice}) { found = values[i * ${slice} + index % ${slice}]; }
      }
      result[index] = found;`;
    return run(backend, { indices: indices!, values: values!, rest: rest! }, shape, values!.dtype, code);
  },
};

/** For int32 operands of one shape. */
const integerQuotients: OwnKernel = {
  op: 'FloorDiv',
  why: 'rounds a quotient of floats',
  when: ({ a }) => a!.dtype === 'int32',
  make: (backend) => {
    const code = `
    let p = a[index];
    let q = b[index];
    if (q == 0) { result[index] = 0; }
    else { result[index] = p / q - select(0, 1, p % q != 0 && (p < 0) != (q < 0)); }`;
    return ({ a, b }) => run(backend, { a: a!, b: b! }, a!.shape, 'int32', code);
  },
};

const TYPES: Readonly<Record<Type, string>> = {
  float: 'f32',
  int: 'i32',
  word: 'u32',
  bool: 'bool',
  pair: 'vec2<f32>',
};

const WGSL: ShadingLanguage = {
  define: (name, parameters, type, body) => {
    const list = Object.entries(parameters).map(([parameter, of]) => `${parameter} : ${TYPES[of]}`);
    return `fn ${name}(${list.join(', ')}) -> ${TYPES[type]} {\n${body}\n}`;
  },
  declare: (type, name, value) => `let ${name} : ${TYPES[type]} = ${value};`,
  vary: (type, name, value) => `var ${name} : ${TYPES[type]} = ${value};`,
  table: (name, values) =>
    `var<private> ${name} : array<i32, ${values.length}> = array<i32, ${values.length}>(${values.join(', ')});`,
  choose: (condition, yes, no) => `select(${no}, ${yes}, ${condition})`,
  toFloat: (int) => `f32(${int})`,
  toInt: (value) => `i32(${value})`,
  toWord: (int) => `u32(${int})`,
  pair: (a, b) => `vec2<f32>(${a}, ${b})`,
  bitsOf: (float) => `bitcast<i32>(${float})`,
  ofBits: (int) => `bitcast<f32>(${int})`,
  // WGSL constant expressions cannot be NaN or infinite
  nan: 'uniforms.NAN',
  infinity: 'uniforms.INFINITY',
};

/** A kernel that applies a function elementwise. */
function exactFunction(own: GpuFunction, backend: KernelBackend): NamedKernel {
  const definitions = sourceOf(own, 'apply', WGSL);
  const names = own.inputs.map((_, i) => `v${i}`);
  const code = `result[index] = apply(${names.map((v) => `get${v.toUpperCase()}ByOutputIndex(index)`).join(', ')});`;
  return (inputs) => {
    const tensors = own.inputs.map((input) => inputs[input]!);
    const shape = tensors.map((x) => [...x.shape]).reduce((a, b) => backend_util.assertAndGetBroadcastShape(a, b));
    // shaders support six dimensions, so values that are not broadcast are flattened
    const isPlain = tensors.every((x) => sizeOf(x.shape) === sizeOf(shape));
    const operands = Object.fromEntries(tensors.map((x, i) => [names[i]!, isPlain ? asVector(x) : x]));
    const made = isPlain ? [sizeOf(shape)] : shape;
    return { ...runShader(backend, operands, made, 'float32', code, definitions), shape };
  };
}

export const ownKernels: readonly OwnKernel[] = [
  ...Object.entries(gpuFunctions).map(
    ([op, own]): OwnKernel => ({
      op,
      why: 'imprecise, or wrong for infinities',
      when: ofFloats,
      make: (backend) => exactFunction(own, backend),
    }),
  ),
  floatCasts,
  integerQuotients,
  lastValues,
];

/** For operands of one shape. */
const bitwiseAnd = {
  kernelName: 'BitwiseAnd',
  backendName: 'webgpu',
  kernelFunc: ({ inputs: { a, b }, backend }: { inputs: Record<string, KernelTensor>; backend: unknown }) =>
    run(backend, { a: a!, b: b! }, a!.shape, 'int32', 'result[index] = a[index] & b[index];'),
};

/** Registers kernels that tfjs lacks. */
export const registerKernels = (): void => registerKernel(bitwiseAnd as unknown as KernelConfig);
