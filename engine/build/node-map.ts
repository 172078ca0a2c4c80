/** A map keyed by nodes, backed by an array indexed by node id. */
import type { Node } from './sym.ts';
import type { NodeTable } from './table.ts';

/** The interface that a NodeMap and a Map share. */
export interface NodeIndex<V> {
  get(node: Node): V | undefined;
  set(node: Node, value: V): unknown;
  has(node: Node): boolean;
}

/** Several times faster than a Map for most of a large graph's nodes. It is as large as the graph: for few nodes use a Map. */
export class NodeMap<V> implements NodeIndex<V> {
  /** The graph of the first node that was set; `#values` is indexed by its nodes' ids. */
  #graph: NodeTable | undefined;
  #values: (V | undefined)[] = [];
  /** Maps of further graphs: each body has one. */
  #others: Map<NodeTable, NodeMap<V>> | undefined;
  #free: Map<Node, V> | undefined;

  get(node: Node): V | undefined {
    if (node.graph === undefined) return this.#free?.get(node);
    return node.graph === this.#graph ? this.#values[node.id] : this.#others?.get(node.graph)?.get(node);
  }

  set(node: Node, value: V): void {
    if (node.graph === undefined) {
      this.#free ??= new Map();
      this.#free.set(node, value);
      return;
    }
    if (this.#graph === undefined) {
      this.#graph = node.graph;
      this.#values = new Array(node.graph.nodes.length);
    }
    if (node.graph === this.#graph) {
      // append one by one: V8 makes an array slow when an index far beyond its end is set
      while (this.#values.length <= node.id) this.#values.push(undefined);
      this.#values[node.id] = value;
    } else {
      this.#others ??= new Map();
      const other = this.#others.get(node.graph) ?? new NodeMap<V>();
      this.#others.set(node.graph, other);
      other.set(node, value);
    }
  }

  has(node: Node): boolean {
    return this.get(node) !== undefined;
  }
}
