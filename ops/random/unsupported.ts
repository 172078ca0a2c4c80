/** Random functions of tf that are not supported. */
import { type Unsupported, unsupported } from '../unsupported.ts';

export const rand: Unsupported = unsupported(
  'rand',
  'a graph cannot call a JavaScript function, which would draw once, while the graph is built',
  'randomUniform, randomNormal or randomGamma draw anew in every run; constant(...) holds numbers drawn before',
);
