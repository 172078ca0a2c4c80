/**
 * Functions that shaders compute imprecisely (a sine to 2^-11, a logarithm near 1 to 2^-21, a tanh of small numbers), or wrongly for zeros,
 * subnormals, infinities and NaN, written for both shading languages after S. L. Moshier's Cephes library (sinf.c, expf.c, logf.c and so
 * on); special values are detected by their bits. The relative error is at most 2e-6 over the range of float32, and mostly below 3e-7.
 */

/** The syntax that differs between the shading languages. */
export interface ShadingLanguage {
  readonly define: (name: string, parameters: Parameters, type: Type, body: string) => string;
  readonly declare: (type: Type, name: string, value: string) => string;
  /** Declares a mutable variable. */
  readonly vary: (type: Type, name: string, value: string) => string;
  readonly table: (name: string, values: readonly number[]) => string;
  readonly choose: (condition: string, yes: string, no: string) => string;
  readonly toFloat: (int: string) => string;
  readonly toInt: (value: string) => string;
  readonly toWord: (int: string) => string;
  readonly pair: (a: string, b: string) => string;
  /** The bits of a float, as an integer; and back. */
  readonly bitsOf: (float: string) => string;
  readonly ofBits: (int: string) => string;
  readonly nan: string;
  readonly infinity: string;
}

export type Type = 'float' | 'int' | 'word' | 'bool' | 'pair';
export type Parameters = Readonly<Record<string, Type>>;

type Definitions = readonly (readonly [type: Type, name: string, value: string])[];

/** The body of a function in a shading language. */
interface Code {
  readonly type?: Type;
  readonly table?: readonly [name: string, values: readonly number[]];
  /** A condition with an early result. */
  readonly unless?: readonly [condition: string, result: string];
  readonly definitions: Definitions;
  /** A loop after the definitions: mutable variables, the condition, and the assignments of each iteration by variable. */
  readonly loop?: {
    readonly from: Definitions;
    readonly condition: string;
    readonly steps: Readonly<Record<string, string>>;
  };
  readonly result: string;
}

interface FunctionOf {
  readonly parameters: Parameters;
  readonly code: (language: ShadingLanguage) => Code;
}

const literal = (value: number): string => (Number.isInteger(value) ? value.toFixed(1) : String(value));

/** A polynomial, from the highest power to the constant. */
const polynomial = (coefficients: readonly number[], z: string): string =>
  coefficients.map(literal).reduce((sum, c) => `(${sum} * ${z} + ${c})`);

/** The bits of infinity; those of a NaN are larger. */
const INFINITE = 0x7f800000;
const magnitudeOf = ({ bitsOf }: ShadingLanguage, value: string): string => `(${bitsOf(value)} & 0x7fffffff)`;
const isNaNumber = (language: ShadingLanguage, value: string): string =>
  `${magnitudeOf(language, value)} > ${INFINITE}`;
/** A magnitude with the sign of a value, also of -0. */
const withSign = ({ choose, bitsOf }: ShadingLanguage, value: string, size: string): string =>
  choose(`${bitsOf(value)} < 0`, `-${size}`, size);
/** An odd function: a polynomial for |x| < near, else `size` with x's sign. */
const odd = (language: ShadingLanguage, near: number, coefficients: readonly number[], size: string): string =>
  language.choose(
    `size < ${literal(near)}`,
    `${polynomial(coefficients, 'z')} * z * x + x`,
    withSign(language, 'x', size),
  );

/** The first definitions of odd functions of x. */
const SIZED: Definitions = [
  ['float', 'size', 'abs(x)'],
  ['float', 'z', 'x * x'],
];

const fn = (code: (language: ShadingLanguage) => Code, parameters: Parameters = { x: 'float' }): FunctionOf => ({
  parameters,
  code,
});

// --- Sines, after reducing x to a quadrant and an angle of at most pi / 4

const SINE = [-1.9515295891e-4, 8.3321608736e-3, -1.6666654611e-1];
const COSINE = [2.443315711809948e-5, -1.388731625493765e-3, 4.166664568298827e-2];

/** Pi / 2 as a sum of terms, all but the last with so few bits that their products with thousands are exact (Cody and Waite). */
const RIGHT_ANGLE = [201 / 2 ** 7, 2029 / 2 ** 22, 1297 / 2 ** 34, 2.563344151594519e-12];
/** Angles from here on are reduced by Payne and Hanek's method. */
const LARGE_ANGLE = 8192;

/** The bytes of 2^-16 2 / pi, starting with that of the units. */
const TWO_OVER_PI = [
  ...[0, 0, 0, 0xa2, 0xf9, 0x83, 0x6e, 0x4e, 0x44, 0x15, 0x29, 0xfc, 0x27, 0x57],
  ...[0xd1, 0xf5, 0x34, 0xdd, 0xc0, 0xdb, 0x62, 0x95, 0x99, 0x3c, 0x43, 0x90, 0x41],
];
/** The bytes of the product: enough to leave 30 bits for the angle closest to a multiple of pi / 2. */
const PRODUCT_BYTES = 12;

/** The reduced angle and the number of right angles, for |x| < LARGE_ANGLE. */
const turnOfModerate = fn((language) => {
  const { pair, bitsOf } = language;
  const [coarse, ...finer] = RIGHT_ANGLE.map((part) => `count * ${literal(part)}`);
  const less = (value: string, part: string): string => `ownHidden(${value} - ${part}, ${bitsOf('x')})`;
  return {
    type: 'pair',
    definitions: [['float', 'count', `floor(x * ${literal(2 / Math.PI)} + 0.5)`]],
    result: pair(finer.reduce(less, less('x', coarse!)), 'count'),
  };
});

/**
 * The same for larger angles: M. H. Payne, R. N. Hanek, "Radian reduction for trigonometric functions" (1983). The 24 bits of x are
 * multiplied by those bits of 2 / pi that neither make whole turns nor are negligible; the product gives the quadrant and its fraction.
 */
const turnOfLarge = fn((language) => {
  const { choose, toFloat, toInt, toWord, pair, bitsOf } = language;
  const bytes = Array.from({ length: PRODUCT_BYTES }, (_, k) => k);
  const products = bytes.toReversed().map((k): Definitions[number] => {
    const carry = k === PRODUCT_BYTES - 1 ? '' : ` + (product${k + 1} >> 8)`;
    return ['word', `product${k}`, `digits * ${toWord(`twoOverPi[first + ${k}]`)}${carry}`];
  });
  const joined = (k: number): string =>
    [0, 1, 2, 3].map((i) => `((product${k + i} & ${toWord('255')}) << ${24 - 8 * i})`).join(' | ');
  // in two shifts, since a shift by 32 bits does nothing
  const shifted = (high: string, low: string): string =>
    `(${high} << ${toWord('shift')}) | ((${low} >> 1) >> ${toWord('31 - shift')})`;
  const fraction = `${toFloat(toInt('upper'))} * ${2 ** -32} + ${toFloat('lower')} * ${2 ** -64}`;
  return {
    type: 'pair',
    table: ['twoOverPi', TWO_OVER_PI],
    definitions: [
      ['int', 'magnitude', `${bitsOf('x')} & 0x7fffffff`],
      // x is digits 2^(power - 16): bytes before `first` make whole turns
      ['int', 'power', '(magnitude >> 23) - 150 + 16'],
      ['int', 'first', choose(`magnitude < ${INFINITE}`, 'power >> 3', '0')],
      ['int', 'shift', 'power & 7'],
      ['word', 'digits', toWord('(magnitude & 0x7fffff) | 0x800000')],
      ...products,
      ['word', 'high', joined(0)],
      ['word', 'middle', joined(4)],
      ['word', 'low', joined(8)],
      ['word', 'whole', shifted('high', 'middle')],
      ['word', 'rest', shifted('middle', 'low')],
      // the fraction of a right angle, as a signed number of 64 bits
      ['word', 'upper', '(whole << 8) | (rest >> 24)'],
      ['word', 'lower', 'rest << 8'],
      [
        'float',
        'quarters',
        `${toFloat(`${toInt('whole >> 24')} & 3`)} + ${choose(`${toInt('upper')} < 0`, '1.0', '0.0')}`,
      ],
      ['float', 'angle', `(${fraction}) * ${literal(Math.PI / 2)}`],
    ],
    result: choose('x < 0.0', pair('-angle', '-quarters'), pair('angle', 'quarters')),
  };
});

const TURNED: Definitions = [
  ['pair', 'turn', 'ownTurn(x)'],
  ['float', 'z', 'turn.x * turn.x'],
  ['float', 'sine', `${polynomial(SINE, 'z')} * z * turn.x + turn.x`],
  ['float', 'cosine', `${polynomial(COSINE, 'z')} * z * z - 0.5 * z + 1.0`],
];
const unlessInfinite = (language: ShadingLanguage, value: string): string =>
  language.choose(`${magnitudeOf(language, 'x')} >= ${INFINITE}`, language.nan, value);

/** The sine of x plus `angles` right angles. */
const sine = (angles: number): FunctionOf =>
  fn((language) => {
    const { choose, toInt } = language;
    return {
      definitions: [
        ...TURNED,
        ['int', 'quadrant', `${toInt('turn.y')} + ${angles}`],
        ['float', 'size', choose('(quadrant & 1) == 0', 'sine', 'cosine')],
      ],
      result: unlessInfinite(language, choose('(quadrant & 2) == 0', 'size', '-size')),
    };
  });

// --- Logarithms

const LOGARITHM = [
  7.0376836292e-2, -1.151461031e-1, 1.167699874e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1,
  2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
];
/** The logarithm of 2 as a sum: a term with so few bits that its products with exponents are exact, and the remainder. */
const [LOG_OF_2, MISSING] = [0.693359375, -2.1219444e-4];

/**
 * Splits a value by its bits into 2^power (1 + fraction), with 1 + fraction between sqrt(1/2) and sqrt(2).
 * @param fraction replaces the fraction
 */
const scaled = (
  { choose, toFloat, bitsOf, ofBits }: ShadingLanguage,
  value: string,
  fraction: (own: string) => string = (own) => own,
): Definitions => [
  ['int', 'bits', bitsOf(value)],
  ['int', 'magnitude', 'bits & 0x7fffffff'],
  // the bits of a subnormal are an integer times 2^-149
  ['bool', 'subnormal', 'magnitude < 0x800000'],
  ['int', 'normal', choose('subnormal', bitsOf(toFloat('magnitude')), 'magnitude')],
  ['int', 'exponent', '(normal - 0x3f3504f3) >> 23'],
  ['float', 'fraction', fraction(`${ofBits('normal - (exponent << 23)')} - 1.0`)],
  ['float', 'power', toFloat(`exponent - ${choose('subnormal', '149', '0')}`)],
  ['float', 'z', 'fraction * fraction'],
  ['float', 'tail', `${polynomial(LOGARITHM, 'fraction')} * fraction * z`],
];

/** The logarithm of a value. @param fraction replaces the value's fraction */
const logarithm = (
  value: string,
  given: (language: ShadingLanguage) => Definitions = () => [],
  fraction: (language: ShadingLanguage, own: string) => string = (_language, own) => own,
): FunctionOf =>
  fn((language) => {
    const { choose, nan, infinity } = language;
    const none = `bits < 0 || bits > ${INFINITE}`;
    return {
      definitions: [
        ...given(language),
        ...scaled(language, value, (own) => fraction(language, own)),
        ['float', 'small', `tail + ${literal(MISSING)} * power - 0.5 * z`],
        ['float', 'finite', `fraction + small + ${literal(LOG_OF_2)} * power`],
        ['float', 'positive', choose(`bits == ${INFINITE}`, infinity, 'finite')],
      ],
      result: choose('magnitude == 0', `-${infinity}`, choose(none, nan, 'positive')),
    };
  });

/** log(1 + x). Near 0, where 1 + x would lose x's digits, it uses the value 1 with the fraction x. */
const logarithmOfNext = logarithm(
  'next',
  (language) => [
    ['bool', 'near', `${magnitudeOf(language, 'x')} < 0x3e800000`],
    ['float', 'next', language.choose('near', '1.0', '1.0 + x')],
  ],
  ({ choose }, own) => choose('near', 'x', own),
);

/** The logarithm of a positive number as a sum of two floats: the second has the digits that do not fit into the first. */
const logarithmInParts = fn((language) => ({
  type: 'pair',
  definitions: [
    ...scaled(language, 'x'),
    ['pair', 'squared', 'ownProduct(fraction, fraction)'],
    ['pair', 'near', 'ownSum(fraction, -0.5 * squared.x)'],
    ['float', 'whole', `${literal(LOG_OF_2)} * power`],
    ['pair', 'far', language.choose('power == 0.0', language.pair('near.x', '0.0'), 'ownSum(whole, near.x)')],
    ['float', 'rest', `far.y + (near.y + (tail - 0.5 * squared.y) + ${literal(MISSING)} * power)`],
  ],
  result: 'ownSum(far.x, rest)',
}));

// --- Exponentials

const EXPONENTIAL = [
  1.98756915e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1,
];
/** Below, which is about half the logarithm of 2, the polynomial is used directly. */
const NEAR_ZERO = 0.34;
/** e^x is 0 below the first, and 2^-1 e^x is infinite above the second. */
const [LEAST, MOST] = [-104, 90];

/** e^x 2^power, for a power of -1 or 0. */
const exponential = fn(
  (language) => {
    const { choose, toInt, bitsOf, ofBits, nan, infinity } = language;
    return {
      definitions: [
        ['float', 'limited', `clamp(x, ${literal(LEAST)}, ${literal(MOST)})`],
        ['float', 'count', `floor(limited * ${literal(Math.LOG2E)} + 0.5)`],
        ['float', 'coarse', `ownHidden(limited - count * ${literal(LOG_OF_2)}, ${bitsOf('x')})`],
        ['float', 'rest', `coarse - count * ${literal(MISSING)}`],
        ['float', 'near', `${polynomial(EXPONENTIAL, 'rest')} * rest * rest + rest + 1.0`],
        ['int', 'whole', `${toInt('count')} + power`],
        ['int', 'halved', 'whole >> 1'],
        // in two factors, since the power of two of the largest and smallest results is not a float
        ['float', 'size', `near * ${ofBits('(halved + 127) << 23')} * ${ofBits('(whole - halved + 127) << 23')}`],
      ],
      result: choose(isNaNumber(language, 'x'), nan, choose(`x > ${literal(MOST)}`, infinity, 'size')),
    };
  },
  { x: 'float', power: 'int' },
);

/** e^|x| / 2 and e^-|x| / 2. */
const HALVES: Definitions = [
  ['float', 'halved', 'ownExponential(size, -1)'],
  ['float', 'decay', '0.25 / min(halved, 1e20)'],
];

// --- Angles

const ARC_SINE = [4.2163199048e-2, 2.4181311049e-2, 4.5470025998e-2, 7.4953002686e-2, 1.6666752422e-1];
const ARC_TANGENT = [8.05374449538e-2, -1.38776856032e-1, 1.99777106478e-1, -3.33329491539e-1];
const [TAN_PI_8, TAN_3_PI_8] = [Math.SQRT2 - 1, Math.SQRT2 + 1];
/** Operands of quotients beyond these are scaled, since intermediate results could leave the device's range. */
const [HUGE, TINY] = [2 ** 64, 2 ** -64];

/** Definitions of arc functions: for |x| > 1/2, by the half-angle of the complement. */
const ARC: Definitions = [
  ['float', 'size', 'abs(x)'],
  ['bool', 'steep', 'size > 0.5'],
  ['float', 'halved', '0.5 * (1.0 - size)'],
];
const arc = ({ choose }: ShadingLanguage): Definitions => [
  ...ARC,
  ['float', 'side', choose('steep', 'sqrt(max(halved, 0.0))', 'size')],
  ['float', 'z', 'side * side'],
  ['float', 'angle', `${polynomial(ARC_SINE, 'z')} * z * side + side`],
];
const within = (language: ShadingLanguage, value: string): string =>
  language.choose('size <= 1.0', value, language.nan);

// --- The error function: by a series in x, or by the complementary function

const ERF = [
  7.853861353153693e-5, -8.010193625184903e-4, 5.188327685732524e-3, -2.685381193529856e-2, 1.128358514861418e-1,
  -3.7612625824233e-1, 1.12837916572671,
];
const ERFC_MODERATE = [
  2.326819970068386e-2, -1.387039388740657e-1, 3.687424674597105e-1, -5.824733027278666e-1, 6.210004621745983e-1,
  -4.944515323274145e-1, 3.404879937665872e-1, -2.741127028184656e-1, 5.638259427386472e-1,
];
const ERFC_LARGE = [
  -1.047766399936249e1, 1.297719955372516e1, -7.495518717768503, 2.921019019210786, -1.0152652792027,
  4.218463358204948e-1, -2.820767439740514e-1, 5.641895067754075e-1,
];

/** The functions by name; `sourceOf` puts the definitions of called functions before their callers. */
const FUNCTIONS: Readonly<Record<string, FunctionOf>> = {
  // an identity that compilers cannot optimise away: they would reassociate the terms of a sum
  ownHidden: fn(
    ({ choose, bitsOf, ofBits }) => ({
      definitions: [],
      result: ofBits(`${bitsOf('value')} ^ ${choose('bits == 1', '1', '0')}`),
    }),
    { value: 'float', bits: 'int' },
  ),
  /** The sum of a larger and a smaller number, and its rounding error. */
  ownSum: fn(
    ({ pair, bitsOf }) => ({
      type: 'pair',
      definitions: [['float', 'sum', `ownHidden(a + b, ${bitsOf('a')})`]],
      result: pair('sum', 'b - (sum - a)'),
    }),
    { a: 'float', b: 'float' },
  ),
  /** The product and its rounding error, by splitting both factors in halves (Dekker 1971). */
  ownProduct: fn(
    ({ pair, bitsOf, ofBits }) => ({
      type: 'pair',
      definitions: [
        ['float', 'product', `ownHidden(a * b, ${bitsOf('a')})`],
        ['float', 'p', ofBits(`${bitsOf('a')} & -4096`)],
        ['float', 'q', ofBits(`${bitsOf('b')} & -4096`)],
      ],
      result: pair('product', '((p * q - product) + p * (b - q) + (a - p) * q) + (a - p) * (b - q)'),
    }),
    { a: 'float', b: 'float' },
  ),
  ownTurnOfModerate: turnOfModerate,
  ownTurnOfLarge: turnOfLarge,
  ownTurn: fn(() => ({
    type: 'pair',
    unless: [`abs(x) < ${literal(LARGE_ANGLE)}`, 'ownTurnOfModerate(x)'],
    definitions: [],
    result: 'ownTurnOfLarge(x)',
  })),
  ownSin: sine(0),
  ownCos: sine(1),
  ownTan: fn((language) => ({
    definitions: [...TURNED, ['int', 'quadrant', language.toInt('turn.y')]],
    result: unlessInfinite(language, language.choose('(quadrant & 1) == 0', 'sine / cosine', '-cosine / sine')),
  })),
  ownLog: logarithm('x'),
  ownLog1p: logarithmOfNext,
  ownExponential: exponential,
  ownExp: fn(() => ({ definitions: [], result: 'ownExponential(x, 0)' })),
  ownExpm1: fn(({ choose }) => ({
    definitions: [],
    result: choose(
      `abs(x) < ${literal(NEAR_ZERO)}`,
      `${polynomial(EXPONENTIAL, 'x')} * x * x + x`,
      'ownExponential(x, 0) - 1.0',
    ),
  })),
  ownSinh: fn((language) => ({
    definitions: [...SIZED, ...HALVES],
    result: odd(language, 1, [2.03721912945e-4, 8.33028376239e-3, 1.66667160211e-1], '(halved - decay)'),
  })),
  ownCosh: fn(() => ({ definitions: [['float', 'size', 'abs(x)'], ...HALVES], result: 'halved + decay' })),
  ownTanh: fn((language) => ({
    definitions: [
      ...SIZED,
      ['float', 'far', language.choose('size > 20.0', '1.0', '1.0 - 2.0 / (ownExponential(2.0 * size, 0) + 1.0)')],
    ],
    result: odd(
      language,
      0.625,
      [-5.70498872745e-3, 2.06390887954e-2, -5.37397155531e-2, 1.33314422036e-1, -3.33332819422e-1],
      'far',
    ),
  })),
  ownAsinh: fn((language) => ({
    definitions: [
      ...SIZED,
      ['float', 'near', 'ownLog1p(size + z / (1.0 + sqrt(1.0 + z)))'],
      ['float', 'value', language.choose('size > 1e4', `ownLog(size) + ${literal(Math.LN2)}`, 'near')],
    ],
    result: withSign(language, 'x', 'value'),
  })),
  ownAcosh: fn(({ choose, nan }) => ({
    definitions: [
      ['float', 'more', 'x - 1.0'],
      ['float', 'near', 'ownLog1p(more + sqrt(max(more * (more + 2.0), 0.0)))'],
    ],
    result: choose('x < 1.0', nan, choose('x > 1e4', `ownLog(x) + ${literal(Math.LN2)}`, 'near')),
  })),
  ownAtanh: fn((language) => {
    const { choose, nan, infinity } = language;
    const far = choose('size < 1.0', '0.5 * ownLog1p(2.0 * size / (1.0 - size))', infinity);
    return {
      definitions: [
        ['float', 'size', 'abs(x)'],
        ['float', 'value', far],
      ],
      result: choose('size <= 1.0', withSign(language, 'x', 'value'), nan),
    };
  }),
  ownAsin: fn((language) => ({
    definitions: [
      ...arc(language),
      ['float', 'value', language.choose('steep', `${literal(Math.PI / 2)} - 2.0 * angle`, 'angle')],
    ],
    result: within(language, withSign(language, 'x', 'value')),
  })),
  ownAcos: fn((language) => {
    const { choose } = language;
    return {
      definitions: [
        ...arc(language),
        ['float', 'far', choose('x < 0.0', `${literal(Math.PI)} - 2.0 * angle`, '2.0 * angle')],
        ['float', 'near', `${literal(Math.PI / 2)} - ${withSign(language, 'x', 'angle')}`],
      ],
      result: within(language, choose('steep', 'far', 'near')),
    };
  }),
  ownAtan: fn((language) => {
    const { choose } = language;
    return {
      definitions: [
        ['float', 'size', 'abs(x)'],
        ['bool', 'steep', `size > ${literal(TAN_3_PI_8)}`],
        ['bool', 'level', `size <= ${literal(TAN_PI_8)}`],
        ['float', 'turned', choose('level', 'size', '(size - 1.0) / (size + 1.0)')],
        ['float', 'base', choose('steep', literal(Math.PI / 2), choose('level', '0.0', literal(Math.PI / 4)))],
        ['float', 'tangent', choose('steep', '-1.0 / size', 'turned')],
        ['float', 'z', 'tangent * tangent'],
        ['float', 'value', `base + (${polynomial(ARC_TANGENT, 'z')} * z * tangent + tangent)`],
      ],
      result: withSign(language, 'x', 'value'),
    };
  }),
  ownAtan2: fn(
    (language) => {
      const { choose, bitsOf, nan } = language;
      const scale = choose(
        `larger > ${literal(HUGE)}`,
        literal(TINY),
        choose(`larger < ${literal(TINY)}`, literal(HUGE), '1.0'),
      );
      const none = `${isNaNumber(language, 'a')} || ${isNaNumber(language, 'b')}`;
      return {
        definitions: [
          ['float', 'larger', 'max(abs(a), abs(b))'],
          ['float', 'smaller', 'min(abs(a), abs(b))'],
          ['float', 'scale', scale],
          ['float', 'quotient', '(smaller * scale) / (larger * scale)'],
          // equal operands include two zeros and two infinities
          ['float', 'tangent', choose('smaller == larger', choose('larger == 0.0', '0.0', '1.0'), 'quotient')],
          ['float', 'acute', 'ownAtan(tangent)'],
          ['float', 'ahead', choose('abs(a) > abs(b)', `${literal(Math.PI / 2)} - acute`, 'acute')],
          ['float', 'size', choose(`${bitsOf('b')} < 0`, `${literal(Math.PI)} - ahead`, 'ahead')],
        ],
        result: choose(none, nan, withSign(language, 'a', 'size')),
      };
    },
    { a: 'float', b: 'float' },
  ),
  ownErf: fn((language) => {
    const { choose } = language;
    return {
      definitions: [
        ...SIZED,
        ['float', 'inverse', '1.0 / max(size, 1.0)'],
        ['float', 'y', 'inverse * inverse'],
        ['float', 'factor', choose('size < 2.0', polynomial(ERFC_MODERATE, 'y'), polynomial(ERFC_LARGE, 'y'))],
        ['float', 'far', choose('size > 4.0', '1.0', '1.0 - ownExponential(-z, 0) * inverse * factor')],
      ],
      result: choose('size < 1.0', `${polynomial(ERF, 'z')} * x`, withSign(language, 'x', 'far')),
    };
  }),
  ownLogInParts: logarithmInParts,
  // as the reference evaluator: 1 to the power of a NaN is 1
  ownPow: fn(
    (language) => {
      const { choose, toInt, bitsOf, nan, infinity } = language;
      const infinite = (value: string): string => `${magnitudeOf(language, value)} == ${INFINITE}`;
      const none = `${isNaNumber(language, 'a')} || ${isNaNumber(language, 'b')} || (a < 0.0 && !whole && !(${infinite('a')}))`;
      return {
        definitions: [
          ['float', 'size', 'abs(a)'],
          ['pair', 'logarithm', 'ownLogInParts(size)'],
          ['pair', 'product', 'ownProduct(b, logarithm.x)'],
          // for larger products the result is infinite or 0
          ['float', 'rest', choose('abs(product.x) < 120.0', 'product.y + b * logarithm.y', '0.0')],
          ['float', 'moderate', 'ownExponential(product.x, 0) * (1.0 + rest)'],
          ['bool', 'extreme', `size == 0.0 || ${infinite('a')} || ${infinite('b')}`],
          ['float', 'limit', choose('(size > 1.0) == (b > 0.0)', infinity, '0.0')],
          ['float', 'power', choose('size == 1.0', '1.0', choose('extreme', 'limit', 'moderate'))],
          ['bool', 'whole', 'floor(b) == b'],
          // floats of 2^24 and above are even
          ['bool', 'odd', `whole && abs(b) < 16777216.0 && (${toInt('clamp(b, -16777216.0, 16777216.0)')} & 1) == 1`],
          ['float', 'value', choose(`${bitsOf('a')} < 0 && odd`, '-power', 'power')],
        ],
        result: choose('a == 1.0 || b == 0.0', '1.0', choose(none, nan, 'value')),
      };
    },
    { a: 'float', b: 'float' },
  ),
  /** The remainder of positive numbers by long division, whose steps are exact. */
  ownRemainder: fn(
    ({ choose, bitsOf, ofBits }) => ({
      definitions: [['int', 'ahead', `max((${bitsOf('a')} >> 23) - (${bitsOf('b')} >> 23), 0)`]],
      loop: {
        from: [
          ['float', 'rest', 'a'],
          ['float', 'part', ofBits(`${bitsOf('b')} + (ahead << 23)`)],
          ['int', 'left', 'ahead'],
        ],
        condition: 'left >= 0',
        steps: { rest: choose('rest >= part', 'rest - part', 'rest'), part: 'part * 0.5', left: 'left - 1' },
      },
      result: 'rest',
    }),
    { a: 'float', b: 'float' },
  ),
  ownMod: fn(
    (language) => {
      const { choose, nan } = language;
      const [dividend, divisor] = [magnitudeOf(language, 'a'), magnitudeOf(language, 'b')];
      return {
        // a subnormal divisor counts as 0
        unless: [`${dividend} >= ${INFINITE} || ${divisor} > ${INFINITE} || ${divisor} < 0x800000`, nan],
        definitions: [
          ['float', 'size', 'abs(b)'],
          ['float', 'rest', choose(`${divisor} == ${INFINITE}`, 'abs(a)', 'ownRemainder(abs(a), size)')],
          ['bool', 'opposite', '(a < 0.0) != (b < 0.0) && rest != 0.0'],
          ['float', 'value', choose('opposite', 'size - rest', 'rest')],
        ],
        result: withSign(language, 'b', 'value'),
      };
    },
    { a: 'float', b: 'float' },
  ),
  ownSigmoid: fn(({ choose }) => ({
    definitions: [['float', 'decay', 'ownExponential(-abs(x), 0)']],
    result: `${choose('x >= 0.0', '1.0', 'decay')} / (1.0 + decay)`,
  })),
  ownSoftplus: fn(() => ({ definitions: [], result: 'max(x, 0.0) + ownLog1p(ownExponential(-abs(x), 0))' })),
};

/** A function that replaces a kernel. */
export interface GpuFunction {
  /** The names of the kernel's inputs. */
  readonly inputs: readonly string[];
  /** The expression of the inputs. */
  readonly result: (language: ShadingLanguage) => string;
}

const unary = (result: (language: ShadingLanguage) => string): GpuFunction => ({ inputs: ['x'], result });
const named = (name: string): GpuFunction => unary(() => `${name}(x)`);

/** The functions, by kernel name. */
export const gpuFunctions: Readonly<Record<string, GpuFunction>> = {
  Acos: named('ownAcos'),
  Acosh: named('ownAcosh'),
  Asin: named('ownAsin'),
  Asinh: named('ownAsinh'),
  Atan: named('ownAtan'),
  Atan2: { inputs: ['a', 'b'], result: () => 'ownAtan2(a, b)' },
  Atanh: named('ownAtanh'),
  Cos: named('ownCos'),
  Cosh: named('ownCosh'),
  Elu: unary(({ choose }) => choose('x >= 0.0', 'x', 'ownExpm1(x)')),
  EluGrad: { inputs: ['dy', 'y'], result: ({ choose }) => choose('y >= 0.0', 'dy', 'dy * (y + 1.0)') },
  Erf: named('ownErf'),
  Exp: named('ownExp'),
  Expm1: named('ownExpm1'),
  Log: named('ownLog'),
  Log1p: named('ownLog1p'),
  Mod: { inputs: ['a', 'b'], result: () => 'ownMod(a, b)' },
  Pow: { inputs: ['a', 'b'], result: () => 'ownPow(a, b)' },
  // comparisons with NaN are false, so a NaN stays
  Relu6: unary(({ choose }) => choose('x <= 0.0', '0.0', choose('x >= 6.0', '6.0', 'x'))),
  Selu: unary(({ choose }) => choose('x >= 0.0', '1.0507009873554805 * x', '1.7580993408473766 * ownExpm1(x)')),
  Sigmoid: named('ownSigmoid'),
  // 0 and NaN stay
  Sign: unary(({ choose }) => choose('x < 0.0', '-1.0', choose('x > 0.0', '1.0', 'x'))),
  Sin: named('ownSin'),
  Sinh: named('ownSinh'),
  Softplus: named('ownSoftplus'),
  Tan: named('ownTan'),
  Tanh: named('ownTanh'),
};

const assignments = (steps: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries(steps).map(([name, value]) => `${name} = ${value};`);

/** The source of a function under a name, preceded by the functions that it calls. */
export function sourceOf({ inputs, result }: GpuFunction, name: string, language: ShadingLanguage): string {
  const defined = new Set<string>();
  const texts: string[] = [];
  const add = (own: string, parameters: Parameters, code: Code): void => {
    const { type = 'float', table, unless, definitions, loop, result: value } = code;
    const lines = [
      ...(unless === undefined ? [] : [`if (${unless[0]}) { return ${unless[1]}; }`]),
      ...definitions.map(([kind, local, text]) => language.declare(kind, local, text)),
      ...(loop === undefined ? [] : loop.from.map(([kind, local, text]) => language.vary(kind, local, text))),
      ...(loop === undefined ? [] : [`while (${loop.condition}) {`, ...assignments(loop.steps), '}']),
      `return ${value};`,
    ];
    const body = lines.join('\n');
    for (const called of body.match(/\bown\w+/g) ?? []) {
      if (defined.has(called)) continue;
      defined.add(called);
      const { parameters: of, code: codeOf } = FUNCTIONS[called]!;
      add(called, of, codeOf(language));
    }
    if (table !== undefined) texts.push(language.table(...table));
    texts.push(language.define(own, parameters, type, body));
  };
  add(name, Object.fromEntries(inputs.map((input) => [input, 'float'])), { definitions: [], result: result(language) });
  return texts.join('\n');
}
