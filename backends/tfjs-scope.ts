/** Opens the CommonJS scope; imported before tfjs, which requires Node's modules while it is evaluated, and closed after it. */
import { openCommonJsScope } from './commonjs-scope.ts';

export const closeScope = openCommonJsScope();
