/** Defines pooling ops of images and volumes, with the ops that their derivatives need. */
import { defineComposite, defineOp, type OpDef, ZERO } from '../../engine/index.ts';
import { attrs2d, attrs3d } from './attributes.ts';
import { inferPool, inferPoolGrad, inferPoolGradGrad, isPlain, withoutRounding } from './geometry.ts';
import {
  areWhole,
  averageWindows,
  maxWindows,
  putAtMaxima,
  shareAsWhole,
  shareAverages,
  takeAtMaxima,
} from './windows.ts';

type Schema = typeof attrs2d;
type Pool = OpDef<readonly ['x'], Schema, readonly ['y']>;
type AverageGrad = OpDef<readonly ['dy', 'input'], Schema, readonly ['y']>;
type MaximumGrad = OpDef<readonly ['dy', 'input', 'output'], Schema, readonly ['y']>;

interface Averages {
  readonly pool: Pool;
  readonly grad: AverageGrad;
}

const averages = /* @__NO_SIDE_EFFECTS__ */ (name: string, attrs: Schema): Averages => {
  const pool: Pool = defineOp({
    name,
    inputs: ['x'],
    attrs,
    infer: ({ x }, attrs) => [inferPool(x, attrs)],
    lowering: [
      { kind: 'kernel', when: (_inputs, attrs) => isPlain(attrs) },
      {
        kind: 'composite',
        expand: ({ x }, attrs) => {
          const same = withoutRounding(x.shape, attrs);
          return same === undefined ? averageWindows(x, attrs) : pool.node({ x }, same);
        },
      },
    ],
    traits: { linear: ['x'], routes: { x: 'part' } },
    gradient: { x: ({ x: input }, { dy, attrs }) => grad.node({ dy, input }, attrs) },
  });

  const grad: AverageGrad = defineOp({
    name: `${name}Grad`,
    inputs: ['dy', 'input'],
    attrs,
    infer: ({ dy, input }, attrs) => [inferPoolGrad(dy, input, attrs)],
    lowering: [
      // the kernels divide by the window's size, and so count padding
      { kind: 'kernel', when: ({ input }, attrs) => isPlain(attrs) && areWhole(input.shape, attrs) },
      {
        kind: 'composite',
        expand: ({ dy, input }, attrs) => {
          const same = withoutRounding(input.shape, attrs) ?? attrs;
          return isPlain(same) && !areWhole(input.shape, same)
            ? shareAsWhole(dy, input.shape, same, (dy, input, attrs) => grad.node({ dy, input }, attrs))
            : shareAverages(dy, input.shape, attrs);
        },
      },
    ],
    traits: { linear: ['dy'], routes: { dy: 'whole' } },
    gradient: { dy: (_inputs, { dy: x, attrs }) => pool.node({ x }, attrs), input: ZERO },
  });

  return { pool, grad };
};

interface Maxima {
  readonly pool: Pool;
  readonly grad: MaximumGrad;
  /** The adjoint of `grad`: a value's elements at the windows' maxima. */
  readonly gradGrad: AverageGrad;
}

const maxima = /* @__NO_SIDE_EFFECTS__ */ (name: string, attrs: Schema): Maxima => {
  const pool: Pool = defineOp({
    name,
    inputs: ['x'],
    attrs,
    infer: ({ x }, attrs) => [inferPool(x, attrs, ['float32', 'int32'])],
    lowering: [
      { kind: 'kernel', when: (_inputs, attrs) => isPlain(attrs) },
      {
        kind: 'composite',
        expand: ({ x }, attrs) => {
          const same = withoutRounding(x.shape, attrs);
          return same === undefined ? maxWindows(x, attrs) : pool.node({ x }, same);
        },
      },
    ],
    traits: { routes: { x: 'part' } },
    gradient: { x: ({ x: input }, { y: output, dy, attrs }) => grad.node({ dy, input, output }, attrs) },
  });

  const grad: MaximumGrad = defineOp({
    name: `${name}Grad`,
    inputs: ['dy', 'input', 'output'],
    attrs,
    infer: ({ dy, input }, attrs) => [inferPoolGrad(dy, input, attrs)],
    lowering: [
      { kind: 'kernel', when: (_inputs, attrs) => isPlain(attrs) },
      {
        kind: 'composite',
        expand: ({ dy, input, output }, attrs) => {
          const same = withoutRounding(input.shape, attrs);
          return same === undefined ? putAtMaxima(dy, input, attrs) : grad.node({ dy, input, output }, same);
        },
      },
    ],
    traits: { linear: ['dy'], routes: { dy: 'whole' } },
    gradient: {
      dy: ({ input }, { dy, attrs }) => gradGrad.node({ dy, input }, attrs),
      input: ZERO,
      output: ZERO,
    },
  });

  const gradGrad: AverageGrad = defineComposite({
    name: `${name}GradGrad`,
    inputs: ['dy', 'input'],
    attrs,
    infer: ({ dy, input }, attrs) => [inferPoolGradGrad(dy, input, attrs)],
    lowering: [{ kind: 'composite', expand: ({ dy, input }, attrs) => takeAtMaxima(dy, input, attrs) }],
    traits: { linear: ['dy'], routes: { dy: 'part' } },
    gradient: {
      dy: ({ input }, { dy, attrs }) => grad.node({ dy, input, output: pool.node({ x: input }, attrs) }, attrs),
      input: ZERO,
    },
  });

  return { pool, grad, gradGrad };
};

export const averagesOfImages: Averages = /* @__PURE__ */ averages('AvgPool', attrs2d);
export const averagesOfVolumes: Averages = /* @__PURE__ */ averages('AvgPool3D', attrs3d);
export const maximaOfImages: Maxima = /* @__PURE__ */ maxima('MaxPool', attrs2d);
export const maximaOfVolumes: Maxima = /* @__PURE__ */ maxima('MaxPool3D', attrs3d);
