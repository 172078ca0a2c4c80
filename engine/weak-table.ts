/** A table of weakly referenced values by text: entries disappear when nothing else refers to the value. */
export class WeakTable<V extends object> {
  readonly #values = new Map<string, WeakRef<V>>();
  readonly #registry = new FinalizationRegistry<string>((text) => {
    // a new value may have been stored meanwhile
    if (this.#values.get(text)?.deref() === undefined) this.#values.delete(text);
  });

  /** The value of that text; calls `make` if there is none. */
  get(text: string, make: () => V): V {
    const known = this.find(text);
    if (known !== undefined) return known;
    const value = make();
    this.#values.set(text, new WeakRef(value));
    this.#registry.register(value, text);
    return value;
  }

  find(text: string): V | undefined {
    return this.#values.get(text)?.deref();
  }
}
