/** What package.json exports, with each name that its patterns stand for. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface Entry {
  /** As users import it. */
  readonly name: string;
  /** Paths of its sources: that of Node, and that of browsers where it is another; none of what is a file of its own. */
  readonly sources: readonly string[];
}

type Conditions = Readonly<Record<string, string | Readonly<Record<string, string>>>>;

export function exportedEntries(): readonly Entry[] {
  const { name, exports } = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8'));
  return Object.entries<Conditions | string>(exports).flatMap(([subpath, conditions]) => {
    if (typeof conditions === 'string') return [];
    const sources = [conditions, conditions.browser as Conditions | undefined].flatMap(
      (c) => (c?.['retrograph-source'] as string | undefined) ?? [],
    );
    if (sources.length === 0) return [{ name: subpath.replace('.', name), sources }];
    const fill = (text: string, star: string): string => text.replace('*', star);
    return starsOf(sources[0]!).map((star) => ({
      name: fill(subpath, star).replace('.', name),
      sources: sources.map((source) => fill(source, star).replace('./', '')),
    }));
  });
}

/** What the star of a pattern stands for; one empty text where it has none. */
function starsOf(pattern: string): readonly string[] {
  const [before, after] = pattern.split('*');
  if (after === undefined) return [''];
  return readdirSync(ROOT + before!).filter((star) => existsSync(ROOT + before! + star + after));
}
