/** The compiler's target for TensorFlow with whole programs. */
import { type Node, needsKernel, type Target } from '../../engine/index.ts';
import { fusions } from './fusions.ts';
import { isExpressible, isLowered } from './graph/nodes.ts';
import { boundRules, rules } from './rules.ts';

export const target: Target = {
  name: 'node',
  supports: (node: Node) => !needsKernel(node) || isLowered(node) || isExpressible(node),
  rules,
  boundRules,
  fusions,
  takesSymbols: true,
};
