// Programs and stores end with their block, where `lib` has `Symbol.dispose`.
import { compile, openVariables } from 'retrograph';
import { loss } from './program.ts';

export async function once(): Promise<number> {
  using variables = await openVariables({ seed: 1 });
  using program = await compile({ loss }, { variables });
  return (await program.run({ x: [[1, 2]], y: [[1]] })).loss.item();
}
