/** Quotients of equal operands: tfjs's kernel gives 1 for all of them, 0 / 0 and those of infinities too. */
import { backend_util, type KernelBackend } from '@tensorflow/tfjs-core';
import { type DType, type Kernel, type KernelTensor, sizeOf } from '../../engine/index.ts';

/** tfjs internals that its types keep private. */
interface WebglInternals {
  runWebGLProgram(program: object, inputs: readonly KernelTensor[], dtype: DType): KernelTensor;
}

/** Whether there are elements to the right and below, where a pixel is the first of its four. */
function neighbours(shape: readonly number[]): readonly [right: string, below: string] {
  const rank = shape.length;
  if (sizeOf(shape) === 1) return ['false', 'false'];
  if (rank === 1) return [`coords + 1 < ${shape[0]}`, 'false'];
  const [right, below] = [1, 2].map((k) => `coords.${'xyzwuv'[rank - k]} + 1 < ${shape[rank - k]}`);
  return [right!, below!];
}

/** The kernel of that name; for RealDiv one of our own. */
export function withQuotients(name: string, kernel: Kernel, backend: KernelBackend): Kernel {
  if (name !== 'RealDiv') return kernel;
  return (inputs) => {
    const { a, b } = inputs as Readonly<Record<string, KernelTensor>>;
    const outputShape = backend_util.assertAndGetBroadcastShape([...a!.shape], [...b!.shape]);
    const [right, below] = neighbours(outputShape);
    const rank = outputShape.length;
    const coords = rank === 0 ? '' : `${rank === 1 ? 'int' : `ivec${rank}`} coords = getOutputCoords();`;
    const program = {
      variableNames: ['A', 'B'],
      supportsBroadcasting: true,
      packedInputs: true,
      packedOutput: true,
      outputShape,
      // some devices divide equal operands to a little less than 1; and beyond an odd row or column there should be 0
      userCode: `
        float quotient(float a, float b) {
          if (a != b) return a / b;
          return a == 0.0 || (floatBitsToInt(a) & 0x7fffffff) == 0x7f800000 ? intBitsToFloat(0x7fc00000) : 1.0;
        }
        void main() {
          vec4 a = getAAtOutCoords();
          vec4 b = getBAtOutCoords();
          ${coords}
          bool right = ${right};
          bool below = ${below};
          setOutput(vec4(
            quotient(a.x, b.x),
            right ? quotient(a.y, b.y) : 0.0,
            below ? quotient(a.z, b.z) : 0.0,
            right && below ? quotient(a.w, b.w) : 0.0));
        }`,
    };
    return (backend as unknown as WebglInternals).runWebGLProgram(program, [a!, b!], 'float32');
  };
}
