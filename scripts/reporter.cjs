// Mocha's spec reporter, closed by one line that machines can read, `12 passed, 0 failed`, and, where tests were left out for want of a
// tool (test/support/left-out.ts), one that says which, and how to get it.
const { reporters } = require('mocha');

const LEFT_OUT = /^left out: (.*)$/s;

module.exports = class extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    this.leftOut = new Set();
    runner.on('pending', ({ title }) => {
      const [, what] = LEFT_OUT.exec(title) ?? [];
      if (what !== undefined) this.leftOut.add(what);
    });
  }

  epilogue() {
    super.epilogue();
    const { passes, failures, pending } = this.stats;
    if (pending > 0) console.log(`${pending} skipped`);
    console.log(`${passes} passed, ${failures} failed`);
    if (this.leftOut.size > 0) console.log(`left out, for want of a tool: ${[...this.leftOut].sort().join('; ')}`);
  }
};
