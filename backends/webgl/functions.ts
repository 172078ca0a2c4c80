/** Functions that shaders compute coarsely, as code of our own. */
import type { KernelBackend } from '@tensorflow/tfjs-core';
import type { DType, Kernel, KernelTensor } from '../../engine/index.ts';
import { gpuFunctions, type ShadingLanguage } from '../gpu-functions.ts';

/** tfjs internals that its types keep private. */
interface WebglInternals {
  runWebGLProgram(program: object, inputs: readonly KernelTensor[], dtype: DType): KernelTensor;
}

const GLSL: ShadingLanguage = {
  declare: (type, name, value) => `${type} ${name} = ${value};`,
  choose: (condition, yes, no) => `(${condition} ? ${yes} : ${no})`,
  toFloat: (int) => `float(${int})`,
  toInt: (float) => `int(${float})`,
  bitsOf: (float) => `floatBitsToInt(${float})`,
  ofBits: (int) => `intBitsToFloat(${int})`,
  nan: 'intBitsToFloat(0x7fc00000)',
  infinity: 'intBitsToFloat(0x7f800000)',
};

/** The kernel of that name; in place of some, one that computes its function to single precision. */
export function withExactFunctions(name: string, kernel: Kernel, backend: KernelBackend): Kernel {
  const code = gpuFunctions[name]?.(GLSL);
  if (code === undefined) return kernel;
  const userCode = `
    float apply(float x) {
      ${code.statements}
      return ${code.result};
    }
    void main() {
      vec4 x = getXAtOutCoords();
      setOutput(vec4(apply(x.r), apply(x.g), apply(x.b), apply(x.a)));
    }`;
  return (inputs) => {
    const { x } = inputs as Readonly<Record<string, KernelTensor>>;
    const program = { variableNames: ['x'], packedInputs: true, packedOutput: true, outputShape: x!.shape, userCode };
    return (backend as unknown as WebglInternals).runWebGLProgram(program, [x!], 'float32');
  };
}
