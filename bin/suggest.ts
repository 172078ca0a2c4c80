/** Suggests names that are similar to an unknown one. */
import { distance } from 'fastest-levenshtein';

/** 'Did you mean tanh?', if some names are similar enough. */
export function suggest(given: string, names: Iterable<string>): string | undefined {
  const near = [...names]
    .map((name) => ({ name, apart: distance(given.toLowerCase(), name.toLowerCase()) }))
    .filter(({ name, apart }) => apart <= Math.min(3, Math.floor(name.length / 2)))
    .sort((a, b) => a.apart - b.apart);
  const best = near.filter(({ apart }) => apart === near[0]?.apart).slice(0, 3);
  return best.length === 0 ? undefined : `Did you mean ${best.map(({ name }) => name).join(' or ')}?`;
}
