/**
 * Imports what is not to be in a bundle: packages that bring a binary for each system, and files that are found while a program runs.
 * Bundlers leave the call as it is.
 */
export const importNative = <T>(specifier: string): Promise<T> =>
  import(/* @vite-ignore */ /* webpackIgnore: true */ /* turbopackIgnore: true */ specifier);
