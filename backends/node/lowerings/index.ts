/** The ops that TensorFlow has, by our names. Others are written by their expressions, or expanded. */
import { convolutions } from './convolution.ts';
import { elementwise } from './elementwise.ts';
import { fusedOps } from './fused.ts';
import { image } from './image.ts';
import { indexing } from './indexing.ts';
import type { Lowerings } from './lowering.ts';
import { matrix } from './matrix.ts';
import { pooling } from './pooling.ts';
import { reduction } from './reduction.ts';
import { shape } from './shape.ts';
import { spectral } from './spectral.ts';

export const LOWERINGS: Lowerings = {
  ...elementwise,
  ...matrix,
  ...reduction,
  ...shape,
  ...indexing,
  ...convolutions,
  ...pooling,
  ...image,
  ...spectral,
  ...fusedOps,
};
