/** Values by text, as long as something else holds them: what a graph interned goes with the graph. */
export class WeakTable<V extends object> {
  readonly #values = new Map<string, WeakRef<V>>();
  readonly #gone = new FinalizationRegistry<string>((text) => {
    // another may have come in its place
    if (this.#values.get(text)?.deref() === undefined) this.#values.delete(text);
  });

  /** The value of that text, made where there is none. */
  get(text: string, make: () => V): V {
    const known = this.find(text);
    if (known !== undefined) return known;
    const value = make();
    this.#values.set(text, new WeakRef(value));
    this.#gone.register(value, text);
    return value;
  }

  find(text: string): V | undefined {
    return this.#values.get(text)?.deref();
  }
}
