/** The programs of the README: its snippets, one after the other where one goes on with what another has made. */
import { readFileSync } from 'node:fs';

export interface ReadmeProgram {
  /** The heading that it stands under. */
  readonly title: string;
  /** TypeScript. */
  readonly text: string;
  /** It makes workers as pages do. */
  readonly isPage: boolean;
}

/** A program begins where `Graph` is imported; the snippets up to the next such one belong to it. */
export function readmePrograms(): readonly ReadmeProgram[] {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const programs: { title: string; text: string }[] = [];
  let title = '';
  for (const [, heading, code] of readme.matchAll(/^#+ (.*)$|^```ts\n([\s\S]*?)^```$/gm))
    if (heading !== undefined) title = heading;
    else if (programs.length === 0 || /^import \{.*\bGraph\b.*\} from 'retrograph';$/m.test(code!))
      programs.push({ title, text: code! });
    else programs.at(-1)!.text += code;
  return programs.map((program) => ({ ...program, isPage: program.text.includes('new Worker(') }));
}
