/** Imported before tfjs, which looks for Node's own modules as it is evaluated; closed once it has been. */
import { openCommonJsScope } from './commonjs-scope.ts';

export const closeScope = openCommonJsScope();
