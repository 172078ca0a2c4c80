/** Functions of tf that a static graph cannot support, under their names: calls throw, with the reason and an alternative. */
import { captureSite, formatSite, UnsupportedOpError } from '../engine/index.ts';

/** Always throws UnsupportedOpError, with the call's source line. */
export type Unsupported = (...args: readonly unknown[]) => never;

/** A function whose calls throw UnsupportedOpError. */
export const unsupported = /* @__NO_SIDE_EFFECTS__ */ (name: string, why: string, instead: string): Unsupported => {
  const refuse = (): never => {
    throw new UnsupportedOpError(`${name}: ${why}. Instead: ${instead}`, { site: formatSite(captureSite(refuse)) });
  };
  return refuse;
};

/** The most common reason. */
export const DATA_DEPENDENT = 'the shape of its result depends on data, and the shapes of a graph cannot';
/** The alternative that always works. */
export const ON_THE_HOST = "run it on results: program.run(feeds, { as: 'tensor' }) gives tf.Tensors that tf takes";
