/**
 * Functions of floats that shaders compute coarsely (a sine to 2^-11, a logarithm near 1 to 2^-21), or differently at 0 and beyond,
 * written out for both shading languages: polynomials of S. L. Moshier's Cephes library (sinf.c, logf.c), what is special by the bits.
 * Results are right to about 2e-7, for sines, cosines and tangents where |x| is at most 10,000; from there on their error grows with x.
 */

/** What differs between the shading languages. */
export interface ShadingLanguage {
  readonly declare: (type: Type, name: string, value: string) => string;
  readonly choose: (condition: string, yes: string, no: string) => string;
  readonly toFloat: (int: string) => string;
  readonly toInt: (float: string) => string;
  /** The bits of a float, as an integer; and back. */
  readonly bitsOf: (float: string) => string;
  readonly ofBits: (int: string) => string;
  readonly nan: string;
  readonly infinity: string;
}

type Type = 'float' | 'int' | 'bool';

/** A function's body, by a float `x`. */
export interface FunctionCode {
  readonly statements: string;
  readonly result: string;
}

type Definitions = readonly (readonly [type: Type, name: string, value: string])[];

const literal = (value: number): string => (Number.isInteger(value) ? value.toFixed(1) : String(value));

/** A polynomial, from the highest power to the constant. */
const polynomial = (coefficients: readonly number[], z: string): string =>
  coefficients.map(literal).reduce((sum, c) => `(${sum} * ${z} + ${c})`);

const code = ({ declare }: ShadingLanguage, definitions: Definitions, result: string): FunctionCode => ({
  statements: definitions.map(([type, name, value]) => declare(type, name, value)).join('\n'),
  result,
});

const SINE = [-1.9515295891e-4, 8.3321608736e-3, -1.6666654611e-1];
const COSINE = [2.443315711809948e-5, -1.388731625493765e-3, 4.166664568298827e-2];

/** Pi / 2, in parts with so few bits that their products with thousands are exact (Cody and Waite). */
const [COARSE, FINE] = [201 / 2 ** 7, 2029 / 2 ** 22];
const FINEST = Math.PI / 2 - COARSE - FINE;

/** The bits of infinity: those of a NaN are more. */
const INFINITE = 0x7f800000;

/** Sine and cosine of what is left of x without right angles, and how many of these there are: an integer whose last two bits count. */
const reduced = ({ choose, toInt, bitsOf, ofBits }: ShadingLanguage): Definitions => [
  ['int', 'magnitude', `${bitsOf('x')} & 0x7fffffff`],
  ['float', 'count', `floor(x * ${literal(2 / Math.PI)} + 0.5)`],
  // compilers may take the parts together again, unless there is something between that they cannot look through: 1 for very large x
  ['int', 'zero', choose('magnitude > 0x4e000000', '1', '0')],
  ['float', 'coarse', ofBits(`${bitsOf(`x - count * ${literal(COARSE)}`)} ^ zero`)],
  ['float', 'rest', `coarse - count * ${literal(FINE)} - count * ${literal(FINEST)}`],
  // at most pi / 4, but for very large x
  ['float', 'angle', 'clamp(rest, -0.8, 0.8)'],
  ['float', 'z', 'angle * angle'],
  ['float', 'sine', `${polynomial(SINE, 'z')} * z * angle + angle`],
  ['float', 'cosine', `${polynomial(COSINE, 'z')} * z * z - 0.5 * z + 1.0`],
  ['int', 'quadrant', toInt('count')],
];

const unlessInfinite = ({ choose, nan }: ShadingLanguage, value: string): string =>
  choose(`magnitude >= ${INFINITE}`, nan, value);

/** The sine of x and so many right angles. */
function sine(language: ShadingLanguage, angles: number): FunctionCode {
  const { choose } = language;
  const definitions: Definitions = [
    ...reduced(language),
    ['int', 'turned', `quadrant + ${angles}`],
    ['float', 'size', choose('(turned & 1) == 0', 'sine', 'cosine')],
  ];
  return code(language, definitions, unlessInfinite(language, choose('(turned & 2) == 0', 'size', '-size')));
}

function tangent(language: ShadingLanguage): FunctionCode {
  const value = language.choose('(quadrant & 1) == 0', 'sine / cosine', '-cosine / sine');
  return code(language, reduced(language), unlessInfinite(language, value));
}

const LOGARITHM = [
  7.0376836292e-2, -1.151461031e-1, 1.167699874e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1,
  2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
];
/** Of 2, in two parts: so few bits that its products with exponents are exact, and what is missing. */
const [LOG_OF_2, MISSING] = [0.693359375, -2.1219444e-4];

/**
 * The logarithm of a value, by its bits: of 2^exponent (1 + fraction), where that is at least the square root of 1/2, and at most of 2.
 * @param fraction in place of that of the value
 */
function logarithm(
  language: ShadingLanguage,
  value: string,
  given: Definitions = [],
  fraction: (own: string) => string = (own) => own,
): FunctionCode {
  const { choose, toFloat, bitsOf, ofBits, nan, infinity } = language;
  const definitions: Definitions = [
    ...given,
    ['int', 'bits', bitsOf(value)],
    ['int', 'magnitude', 'bits & 0x7fffffff'],
    // such bits count in units of 2^-149
    ['bool', 'subnormal', 'magnitude < 0x800000'],
    ['int', 'normal', choose('subnormal', bitsOf(toFloat('magnitude')), 'magnitude')],
    ['int', 'exponent', '(normal - 0x3f3504f3) >> 23'],
    ['float', 'fraction', fraction(`${ofBits('normal - (exponent << 23)')} - 1.0`)],
    ['float', 'power', toFloat(`exponent - ${choose('subnormal', '149', '0')}`)],
    ['float', 'z', 'fraction * fraction'],
    ['float', 'small', `${polynomial(LOGARITHM, 'fraction')} * fraction * z + ${literal(MISSING)} * power - 0.5 * z`],
    ['float', 'finite', `fraction + small + ${literal(LOG_OF_2)} * power`],
    ['float', 'positive', choose(`bits == ${INFINITE}`, infinity, 'finite')],
  ];
  const none = `bits < 0 || bits > ${INFINITE}`;
  return code(language, definitions, choose('magnitude == 0', `-${infinity}`, choose(none, nan, 'positive')));
}

/** Near 0, where 1 + x would lose what x is, that is 1, and x its fraction. */
const logarithmOfNext = (language: ShadingLanguage): FunctionCode =>
  logarithm(
    language,
    'next',
    [
      ['bool', 'near', `(${language.bitsOf('x')} & 0x7fffffff) < 0x3e800000`],
      ['float', 'next', language.choose('near', '1.0', '1.0 + x')],
    ],
    (own) => language.choose('near', 'x', own),
  );

/** The functions, by the names of their kernels. */
export const gpuFunctions: Readonly<Record<string, (language: ShadingLanguage) => FunctionCode>> = {
  Cos: (language) => sine(language, 1),
  Log: (language) => logarithm(language, 'x'),
  Log1p: logarithmOfNext,
  Sin: (language) => sine(language, 0),
  Tan: tangent,
};
