/** The container's tokens: one for each kind of contribution of plugins. Each may have many bindings. */
import type { Backend, InitializerFactory, PlacedPass } from '../engine/index.ts';
import type { OpEntry, OptimizerFactory, Plugin } from './plugin.ts';

export interface Bound {
  readonly plugin: Plugin;
  readonly op: OpEntry;
  readonly pass: PlacedPass;
  readonly optimizer: OptimizerFactory;
  readonly backend: Backend;
  readonly initializer: InitializerFactory;
}
export type Kind = keyof Bound;

/** A bound value with its name and its plugin's name. */
export interface Contribution<K extends Kind = Kind> {
  readonly name: string;
  readonly plugin: string;
  readonly value: Bound[K];
}

export const TOKENS: { readonly [K in Kind]: symbol } = {
  plugin: Symbol('retrograph/plugin'),
  op: Symbol('retrograph/op'),
  pass: Symbol('retrograph/pass'),
  optimizer: Symbol('retrograph/optimizer'),
  backend: Symbol('retrograph/backend'),
  initializer: Symbol('retrograph/initializer'),
};
