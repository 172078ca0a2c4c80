/** Two half circles that interlock, with a little noise: no straight line separates them. The seed decides all of it. */
import { generator, type Matrix } from '../matrix.ts';

export function moons(m: number, seed: number, noise = 0.1): { readonly X: Matrix; readonly Y: Matrix } {
  const random = generator(seed);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const samples = Array.from({ length: m }, (_, i) => {
    const label = i % 2;
    const angle = Math.PI * random();
    const [x, y] = label === 0 ? [Math.cos(angle), Math.sin(angle)] : [1 - Math.cos(angle), 0.5 - Math.sin(angle)];
    return { x: [x + noise * normal(), y + noise * normal()], y: [label] };
  });
  return { X: samples.map(({ x }) => x), Y: samples.map(({ y }) => y) };
}
