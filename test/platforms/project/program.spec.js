import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { run } from './program.js';

test('trains', async () => {
  const result = await run();
  expect(result.losses).toHaveLength(20);
  writeFileSync('out/vitest.json', JSON.stringify(result));
});
