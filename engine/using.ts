/** `using`, where the `lib` of a user's project has it. */

/** Never, where `lib` has no `Symbol.dispose`. */
type Dispose = SymbolConstructor[keyof SymbolConstructor & 'dispose'];

/** `[Symbol.dispose]()`, in the eyes of a project whose `lib` has it; nothing to others, which could not compile it. */
export type Using = { [K in Dispose & symbol]: () => void };

abstract class Disposer {
  abstract dispose(): void;

  [Symbol.dispose](): void {
    this.dispose();
  }
}

/** The base of what has a `dispose()`: `using` calls it. */
export const Disposing: abstract new () => Using = Disposer;
