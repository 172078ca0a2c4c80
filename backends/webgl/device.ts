/** The WebGL context of tfjs's backend: creation, loss, limits and availability. */
import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import { env, type KernelBackend } from '@tensorflow/tfjs-core';
import type { Availability, DeviceDetails } from '../../engine/index.ts';
import type { Limits } from '../limits.ts';
import { isSoftware } from '../software.ts';
import type { DeviceWatch } from '../tfjs.ts';

/** tfjs internals that its types keep private. */
interface WebglInternals {
  readonly gpgpu: { readonly gl: WebGL2RenderingContext };
}

const glOf = (backend: KernelBackend): WebGL2RenderingContext => (backend as unknown as WebglInternals).gpgpu.gl;

/** A backend with its own context: tfjs shares one context and its shaders among instances, and it may have been lost. */
export async function create(): Promise<KernelBackend> {
  const { MathBackendWebGL } = await import('@tensorflow/tfjs-backend-webgl');
  return new MathBackendWebGL(makeCanvas() as HTMLCanvasElement);
}

/** The number with which some of tfjs's shaders start a maximum or minimum, instead of an infinity; wrong if all values lie beyond it. */
const SENTINEL = '1.0 / 1e-20';
const INFINITY = 'intBitsToFloat(0x7f800000)';

/** Replaces the sentinel in shaders by infinity. */
export function adjust(backend: KernelBackend): void {
  const internals = backend as MathBackendWebGL;
  const run = internals.runWebGLProgram.bind(internals);
  internals.runWebGLProgram = (program, ...rest) =>
    run(Object.assign(program, { userCode: program.userCode.replaceAll(SENTINEL, INFINITY) }), ...rest);
}

export function watch(backend: KernelBackend, { lost }: DeviceWatch): void {
  glOf(backend).canvas.addEventListener('webglcontextlost', () => lost('its WebGL context is lost'));
}

export const isLost = (backend: KernelBackend): boolean => glOf(backend).isContextLost();

export function limits(backend: KernelBackend): Limits {
  const gl = glOf(backend);
  const side = gl.getParameter(gl.MAX_TEXTURE_SIZE) as number;
  return {
    // an unpacked tensor has a texel for each element
    maxElements: side * side,
    cause: `textures of at most ${side} x ${side}`,
    halfPrecision: !env().getBool('WEBGL_RENDER_FLOAT32_ENABLED'),
  };
}

export const details = (backend: KernelBackend): DeviceDetails => {
  const { maxElements, halfPrecision } = limits(backend);
  return {
    device: rendererOf(glOf(backend)),
    precision: halfPrecision ? 'float16' : 'float32',
    ...(maxElements !== undefined && { maxElements }),
  };
};

export async function availability(): Promise<Availability> {
  const canvas = makeCanvas();
  if (canvas === undefined) return { available: false, reason: 'it needs a browser', remedy: 'use it in a web page' };
  const gl = canvas.getContext('webgl2') as WebGL2RenderingContext | null;
  if (gl === null)
    return { available: false, reason: 'this browser has no WebGL 2', remedy: 'enable hardware acceleration' };
  const renderer = rendererOf(gl);
  gl.getExtension('WEBGL_lose_context')?.loseContext(); // browsers limit the number of contexts of a page
  return { available: true, detail: `WebGL 2, ${renderer}`, software: isSoftware(renderer) };
}

function makeCanvas(): OffscreenCanvas | HTMLCanvasElement | undefined {
  if (typeof OffscreenCanvas === 'function') return new OffscreenCanvas(1, 1);
  return typeof document === 'object' ? document.createElement('canvas') : undefined;
}

function rendererOf(gl: WebGL2RenderingContext): string {
  const info = gl.getExtension('WEBGL_debug_renderer_info');
  return String(gl.getParameter(info === null ? gl.RENDERER : info.UNMASKED_RENDERER_WEBGL));
}
