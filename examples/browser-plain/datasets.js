/** Points of two classes in the square from -1 to 1. */

/**
 * @typedef {object} DataSet
 * @property {Float32Array} points x and y of each point
 * @property {Float32Array} labels 0 or 1 for each point
 */

/** @typedef {(random: () => number) => [x: number, y: number]} Place where the next point of a class lies */

export const SIZE = 256;

/** @type {Readonly<Record<string, { title: string, noise: number, classes: readonly [Place, Place] }>>} */
const RECIPES = {
  moons: {
    title: 'Two moons',
    noise: 0.08,
    classes: [
      (random) => {
        const angle = Math.PI * random();
        return [0.55 * Math.cos(angle) - 0.3, 0.55 * Math.sin(angle) - 0.15];
      },
      (random) => {
        const angle = Math.PI * random();
        return [0.3 - 0.55 * Math.cos(angle), 0.15 - 0.55 * Math.sin(angle)];
      },
    ],
  },
  circles: {
    title: 'Two circles',
    noise: 0.06,
    classes: [(random) => polar(0.35, 2 * Math.PI * random()), (random) => polar(0.8, 2 * Math.PI * random())],
  },
  spirals: {
    title: 'Two spirals',
    noise: 0.02,
    classes: [(random) => spiral(random(), 0), (random) => spiral(random(), Math.PI)],
  },
};

/** Titles by name. */
export const datasets = Object.entries(RECIPES).map(([name, { title }]) => ({ name, title }));

/**
 * The same points for the same name.
 * @param {string} name
 * @returns {DataSet}
 */
export function makeDataSet(name) {
  const { classes, noise } = RECIPES[name];
  const random = generator(1);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const points = new Float32Array(2 * SIZE);
  const labels = new Float32Array(SIZE);
  for (let i = 0; i < SIZE; i++) {
    const [x, y] = classes[i % 2](random);
    points.set([x + noise * normal(), y + noise * normal()], 2 * i);
    labels[i] = i % 2;
  }
  return { points, labels };
}

/**
 * Numbers in [0, 1) that a seed decides (mulberry32).
 * @param {number} seed
 */
export function generator(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * @param {number} radius
 * @param {number} angle
 * @returns {[number, number]}
 */
const polar = (radius, angle) => [radius * Math.cos(angle), radius * Math.sin(angle)];

/**
 * @param {number} along from 0 to 1
 * @param {number} turned
 */
const spiral = (along, turned) => polar(0.1 + 0.8 * Math.sqrt(along), 2 * Math.PI * Math.sqrt(along) + turned);
