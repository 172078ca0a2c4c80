/** Functions of tf that no static graph can have, under their names: a call says why, and what to do instead. */
import { captureSite, formatSite, UnsupportedOpError } from '../engine/index.ts';

/** Throws UnsupportedOpError, with the line of the call. */
export type Unsupported = (...args: readonly unknown[]) => never;

/** A function that refuses to be called. */
export const unsupported = /* @__NO_SIDE_EFFECTS__ */ (name: string, why: string, instead: string): Unsupported => {
  const refuse = (): never => {
    throw new UnsupportedOpError(`${name}: ${why}. Instead: ${instead}`, { site: formatSite(captureSite(refuse)) });
  };
  return refuse;
};

/** Why most of them are refused. */
export const DATA_DEPENDENT = 'the shape of its result depends on data, and the shapes of a graph cannot';
/** The way that is always open. */
export const ON_THE_HOST = "run it on results: program.run(feeds, { as: 'tensor' }) gives tf.Tensors that tf takes";
