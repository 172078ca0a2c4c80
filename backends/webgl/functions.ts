/** Own kernels of elementwise functions that tfjs's shaders compute imprecisely, or wrongly for infinities. */
import { broadcastShapes, type DType, type KernelTensor, sizeOf } from '../../engine/index.ts';
import { type GpuFunction, gpuFunctions, type ShadingLanguage, sourceOf, type Type } from '../gpu-functions.ts';
import { type NamedKernel, type OwnKernel, ofFloats } from '../own-kernels.ts';

/** tfjs internals that its types keep private. */
interface WebglInternals {
  makeTensorInfo(shape: readonly number[], dtype: DType, values: Float32Array): KernelTensor;
  disposeIntermediateTensorInfo(tensor: KernelTensor): void;
  runWebGLProgram(program: object, inputs: readonly KernelTensor[], dtype: DType): KernelTensor;
}

const TYPES: Readonly<Record<Type, string>> = { float: 'float', int: 'int', word: 'uint', bool: 'bool', pair: 'vec2' };

const GLSL: ShadingLanguage = {
  define: (name, parameters, type, body) => {
    const list = Object.entries(parameters).map(([parameter, of]) => `${TYPES[of]} ${parameter}`);
    return `${TYPES[type]} ${name}(${list.join(', ')}) {\n${body}\n}`;
  },
  declare: (type, name, value) => `${TYPES[type]} ${name} = ${value};`,
  vary: (type, name, value) => `${TYPES[type]} ${name} = ${value};`,
  table: (name, values) => `const int ${name}[${values.length}] = int[${values.length}](${values.join(', ')});`,
  choose: (condition, yes, no) => `(${condition} ? ${yes} : ${no})`,
  toFloat: (int) => `float(${int})`,
  toInt: (value) => `int(${value})`,
  toWord: (int) => `uint(${int})`,
  pair: (a, b) => `vec2(${a}, ${b})`,
  bitsOf: (float) => `floatBitsToInt(${float})`,
  ofBits: (int) => `intBitsToFloat(${int})`,
  nan: 'intBitsToFloat(0x7fc00000)',
  infinity: 'intBitsToFloat(0x7f800000)',
};

/** Further functions: tfjs's shaders select by products with 0 and 1, which turn infinities into NaN. */
const functions: Readonly<Record<string, GpuFunction>> = {
  ...gpuFunctions,
  Prelu: { inputs: ['x', 'alpha'], result: ({ choose }) => choose('x < 0.0', 'alpha * x', 'x') },
  // on some devices the quotient of equal operands is a little less than 1
  RealDiv: {
    inputs: ['a', 'b'],
    result: ({ choose, nan }) => {
      const none = 'a == 0.0 || (floatBitsToInt(a) & 0x7fffffff) == 0x7f800000';
      return choose('a != b', 'a / b', choose(none, nan, '1.0'));
    },
  },
  Relu: { inputs: ['x'], result: ({ choose }) => choose('x <= 0.0', '0.0', 'x') },
};

/** GLSL conditions for whether a pixel's elements to the right and below are inside the tensor. */
function neighbours(shape: readonly number[]): readonly [right: string, below: string] {
  const rank = shape.length;
  if (sizeOf(shape) === 1) return ['false', 'false'];
  if (rank === 1) return [`coords + 1 < ${shape[0]}`, 'false'];
  const [right, below] = [1, 2].map((k) => `coords.${'xyzwuv'[rank - k]} + 1 < ${shape[rank - k]}`);
  return [right!, below!];
}

/** The components of a pixel: its four elements. */
const COMPONENTS = ['x', 'y', 'z', 'w'];
const applied = (names: readonly string[], component: string): string =>
  `apply(${names.map((name) => `${name}.${component}`).join(', ')})`;

/** The shader's main body. Padding after an odd row or column is arbitrary for a unary function, and 0 for others. */
function mainOf(names: readonly string[], shape: readonly number[]): string {
  const values = COMPONENTS.map((component) => applied(names, component));
  if (names.length === 1) return `setOutput(vec4(${values.join(', ')}));`;
  const rank = shape.length;
  const [right, below] = neighbours(shape);
  return `
      ${rank === 0 ? '' : `${rank === 1 ? 'int' : `ivec${rank}`} coords = getOutputCoords();`}
      bool right = ${right};
      bool below = ${below};
      setOutput(vec4(
        ${values[0]},
        right ? ${values[1]} : 0.0,
        below ? ${values[2]} : 0.0,
        right && below ? ${values[3]} : 0.0));`;
}

/** A kernel that applies a function elementwise. */
function exactFunction(own: GpuFunction, internals: WebglInternals): NamedKernel {
  const source = sourceOf(own, 'apply', GLSL);
  const names = own.inputs.map((_, i) => `v${i}`);
  return (inputs) => {
    const tensors = own.inputs.map((input) => inputs[input]!);
    const outputShape = tensors.map(({ shape }) => shape).reduce((a, b) => broadcastShapes(a, b) as readonly number[]);
    const program = {
      variableNames: names,
      supportsBroadcasting: names.length > 1,
      packedInputs: true,
      packedOutput: true,
      outputShape,
      userCode: `
    ${source}
    void main() {
      ${names.map((v) => `vec4 ${v} = get${v.toUpperCase()}AtOutCoords();`).join('\n      ')}
      ${mainOf(names, outputShape)}
    }`,
    };
    return internals.runWebGLProgram(program, tensors, 'float32');
  };
}

/** LeakyRelu as Prelu with a scalar parameter. */
const leakyReluOf =
  (prelu: NamedKernel, internals: WebglInternals): NamedKernel =>
  (inputs, { alpha }) => {
    const parameter = internals.makeTensorInfo([], 'float32', Float32Array.of(alpha as number));
    try {
      return prelu({ ...inputs, alpha: parameter }, {});
    } finally {
      internals.disposeIntermediateTensorInfo(parameter);
    }
  };

const why = 'imprecise, or wrong for infinities';
export const exactFunctions: readonly OwnKernel[] = [
  ...Object.entries(functions).map(
    ([op, own]): OwnKernel => ({
      op,
      why,
      when: ofFloats,
      make: (backend) => exactFunction(own, backend as unknown as WebglInternals),
    }),
  ),
  {
    op: 'LeakyRelu',
    why,
    when: ofFloats,
    make: (backend) => {
      const internals = backend as unknown as WebglInternals;
      return leakyReluOf(exactFunction(functions.Prelu!, internals), internals);
    },
  },
];
