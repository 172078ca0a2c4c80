/** The programs in a page of documentation: its snippets, one after the other where one goes on with what another has made. */
import { readFileSync } from 'node:fs';

export interface DocumentProgram {
  /** The heading that it stands under. */
  readonly title: string;
  /** TypeScript of ours, or JavaScript of another library that it stands beside. */
  readonly language: 'ts' | 'js';
  readonly text: string;
  /** It makes workers as pages do. */
  readonly isPage: boolean;
}

/** A program begins where `Graph` is imported, and each snippet of JavaScript is one; the snippets up to the next belong to it. */
export function programsIn(document: string): readonly DocumentProgram[] {
  const text = readFileSync(new URL(`../../${document}`, import.meta.url), 'utf8');
  const programs: { title: string; language: 'ts' | 'js'; text: string }[] = [];
  let title = '';
  for (const [, heading, language, code] of text.matchAll(/^#+ (.*)$|^```(ts|js)\n([\s\S]*?)^```$/gm))
    if (heading !== undefined) title = heading;
    else if (language === 'js' || /^import \{.*\bGraph\b.*\} from 'retrograph';$/m.test(code!))
      programs.push({ title, language: language as 'ts' | 'js', text: code! });
    else programs.at(-1)!.text += code;
  return programs.map((program) => ({ ...program, isPage: program.text.includes('new Worker(') }));
}
