import { attr, defineComposite, type OpDoc, type Sym, type SymLike } from '../../engine/index.ts';
import { add } from '../elementwise/add.ts';
import { clipByValue } from '../elementwise/clip-by-value.ts';
import { erf } from '../elementwise/erf.ts';
import { mul } from '../elementwise/multiply.ts';
import { neg } from '../elementwise/neg.ts';
import { gaussian } from '../elementwise/slopes.ts';
import { square } from '../elementwise/square.ts';
import { float, inferUnary } from '../elementwise/unary.ts';
import { sigmoid } from './sigmoid.ts';

/** Constants of the approximation tanh(SCALE (x + CUBIC x^3)). */
const SCALE = Math.sqrt(2 / Math.PI);
const CUBIC = 0.044715;

export const Gelu = defineComposite({
  name: 'Gelu',
  inputs: ['x'],
  attrs: { approximate: attr.bool(false) },
  infer: ({ x }) => inferUnary(x),
  lowering: [
    { kind: 'composite', expand: ({ x }, { approximate }) => mul(x, approximate ? approximateCdf(x) : exactCdf(x)) },
  ],
  traits: { elementwise: true, finiteSlopes: true },
  gradient: {
    x: ({ x }, { dy, attrs: { approximate } }) =>
      mul(dy, approximate ? approximateDerivative(x) : add(exactCdf(x), mul(x, density(x)))),
  },
});

/** The probability that a standard normal variable is below x, exactly. */
const exactCdf = (x: Sym): Sym => mul(0.5, add(1, erf(mul(x, Math.SQRT1_2))));
/** Approximately, with (1 + tanh u) / 2 = sigmoid 2u. */
const approximateCdf = (x: Sym): Sym => sigmoid(approximateLogit(x));
const approximateLogit = (x: Sym): Sym => mul(mul(2 * SCALE, x), add(1, mul(CUBIC, square(x))));

/** The density of a standard normal variable at x. */
const density = (x: Sym): Sym => mul(1 / Math.sqrt(2 * Math.PI), gaussian(x, 0.5));

/** Beyond this size of x, the approximate cdf is 0 or 1 in float32. */
const SATURATED = 16;

/** The product rule: cdf + x cdf'. */
function approximateDerivative(all: Sym): Sym {
  const x = clipByValue(all, -SATURATED, SATURATED);
  const slope = mul(2 * SCALE, add(1, mul(3 * CUBIC, square(x))));
  const logit = approximateLogit(x);
  return mul(sigmoid(logit), add(1, mul(mul(x, slope), sigmoid(neg(logit)))));
}

/** x times the probability that a standard normal variable is below x. `approximate` computes it by tanh, as BERT and GPT-2 do. */
export const gelu = (x: SymLike, { approximate = false }: { readonly approximate?: boolean } = {}): Sym =>
  Gelu.node({ x: float(x) }, { approximate });

export const doc: OpDoc = {
  summary: 'Gaussian error linear unit.',
  forward:
    'y = x \\Phi(x), \\quad \\Phi(x) = \\tfrac12 (1 + \\operatorname{erf}(x / \\sqrt 2)) \\approx \\tfrac12 (1 + \\tanh(\\sqrt{2 / \\pi} (x + 0.044715 x^3)))',
  gradient: { x: "\\bar y \\odot (\\Phi(x) + x \\odot \\Phi'(x))" },
  source: 'Hendrycks, Gimpel, "Gaussian error linear units" (2016)',
};
