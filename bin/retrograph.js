#!/usr/bin/env node
// In a checkout the command runs from its TypeScript sources, in an installed package from dist.
import { existsSync } from 'node:fs';

const source = new URL('./main.ts', import.meta.url);
if (existsSync(source)) {
  await import('../scripts/source.mjs');
  await import(source.href);
} else {
  await import('../dist/bin/main.js');
}
