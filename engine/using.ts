/** Support of `using` declarations, typed so that projects whose `lib` lacks `Symbol.dispose` still compile. */

/** `never` if `lib` has no `Symbol.dispose`. */
type Dispose = SymbolConstructor[keyof SymbolConstructor & 'dispose'];

/** `{ [Symbol.dispose](): void }` if `lib` has that symbol, else `{}`. */
export type Using = { [K in Dispose & symbol]: () => void };

abstract class Disposer {
  abstract dispose(): void;

  [Symbol.dispose](): void {
    this.dispose();
  }
}

/** A base class with an abstract `dispose()`, which `using` calls. */
export const Disposing: abstract new () => Using = Disposer;
