/** Imports modules that must not be bundled: packages with a native binary, and files found at run time. Bundlers do not resolve the call. */
export const importNative = <T>(specifier: string): Promise<T> =>
  import(/* @vite-ignore */ /* webpackIgnore: true */ /* turbopackIgnore: true */ specifier);
