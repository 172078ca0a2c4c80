// jest, as it is set up: modules are CommonJS
const { writeFileSync } = require('node:fs');
const { run } = require('./out/program.cjs');

test('trains', async () => {
  const result = await run();
  expect(result.losses).toHaveLength(20);
  writeFileSync('out/jest.json', JSON.stringify(result));
});
