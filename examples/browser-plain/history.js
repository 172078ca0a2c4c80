/** Losses by step, at most LIMIT of them: of a long training every second, fourth, eighth ... is kept, so that drawing never slows down. */
const LIMIT = 600;

export class History {
  /** @type {number[]} */
  steps = [];
  /** @type {number[]} */
  losses = [];
  #every = 1;
  #skipped = 0;

  clear() {
    this.steps = [];
    this.losses = [];
    this.#every = 1;
    this.#skipped = 0;
  }

  /**
   * @param {number} step
   * @param {number} loss
   */
  add(step, loss) {
    if (++this.#skipped < this.#every) return;
    this.#skipped = 0;
    this.steps.push(step);
    this.losses.push(loss);
    if (this.steps.length <= LIMIT) return;
    this.steps = this.steps.filter((_, i) => i % 2 === 0);
    this.losses = this.losses.filter((_, i) => i % 2 === 0);
    this.#every *= 2;
  }
}
