import { type Evaluator, isWritten, type Scope, type Value, type Written } from './evaluate';
import type { Module } from './modules';
import { type CallExpression, childrenOf, type Node, nameOf, type ObjectExpression } from './nodes';

/** An object in a module that says where it comes from, or what is not verified. */
export interface Candidate {
  readonly node: ObjectExpression | CallExpression;
  /** The names that lead to it. */
  readonly trail: readonly string[];
  readonly value: Written;
  /** Whether a function makes it, so that not everything in it is known. */
  readonly isMade: boolean;
  /** Whether it is a constant that only stands in objects which take all of it over. */
  readonly isPart: boolean;
}

/** Finds every object of a module that says where it comes from. */
export class Candidates {
  private readonly found: Candidate[] = [];
  private readonly scope: Scope;
  private readonly parts: ReadonlySet<string>;

  constructor(
    module: Module,
    private readonly evaluator: Evaluator,
  ) {
    this.scope = { module, locals: new Map() };
    this.parts = partsOf(module);
  }

  /** All of them, in order. */
  all(): readonly Candidate[] {
    if (this.found.length === 0) this.below(this.scope.module.file.program.body, [], false);
    return this.found;
  }

  private walk(node: Node, trail: readonly string[], isMade: boolean): void {
    if (node.type === 'ArrayExpression') {
      for (const [index, element] of node.elements.entries())
        if (element !== null) this.walk(element, [...trail, this.label(element) ?? `#${index + 1}`], isMade);
      return;
    }
    let parts = childrenOf(node);
    if (node.type === 'ObjectExpression' || (node.type === 'CallExpression' && !isMade)) {
      const value = this.evaluator.value(node, this.scope);
      if (isWritten(value) && saysSource(value)) {
        const [name = ''] = trail;
        this.found.push({ node, trail, value, isMade, isPart: trail.length === 1 && this.parts.has(name) });
        // What such a call is given is in its row already, but not what lies in it.
        if (node.type === 'CallExpression') parts = node.arguments.flatMap(childrenOf);
      }
    }
    this.below(parts, trail, isMade || /Function|Method/.test(node.type));
  }

  private below(nodes: readonly Node[], trail: readonly string[], isMade: boolean): void {
    for (const node of nodes) {
      const step = stepTo(node);
      this.walk(node, step === undefined ? trail : [...trail, step], isMade);
    }
  }

  private label(node: Node): string | undefined {
    const value = this.evaluator.value(node, this.scope);
    if (!isWritten(value)) return undefined;
    const [label] = LABELS.flatMap((key) => textsOf(value.members.get(key)));
    return label === undefined
      ? undefined
      : [label, ...textsOf(value.members.get('paths') ?? value.members.get('version')).slice(0, 1)].join(' ');
  }
}

/** Keys by which a row of a list is told from the others, the best first. */
const LABELS = ['name', 'id', 'type', 'role', 'key', 'rule', 'accelerator', 'path', 'what'];

function textsOf(value: Value): string[] {
  return (Array.isArray(value) ? value : [value]).filter((each) => typeof each === 'string');
}

function saysSource({ members }: Written): boolean {
  return members.has('source') || members.has('checked') || typeof members.get('unverified') === 'string';
}

/** The name that leads into a node, where it has one. */
function stepTo(node: Node): string | undefined {
  if (node.type === 'VariableDeclarator' || node.type === 'FunctionDeclaration' || node.type === 'ClassDeclaration')
    return node.id?.type === 'Identifier' ? node.id.name : undefined;
  if (node.type === 'ObjectProperty' || node.type === 'ClassMethod') return nameOf(node.key) || undefined;
  return undefined;
}

/** Constants of a module that are used in no other way than `...NAME`. */
function partsOf({ file, names }: Module): ReadonlySet<string> {
  const spread = new Set<string>();
  const used = new Set<string>();
  const walk = (node: Node): void => {
    if (node.type === 'SpreadElement' && node.argument.type === 'Identifier') spread.add(node.argument.name);
    else if (node.type === 'Identifier') used.add(node.name);
    else if (node.type === 'VariableDeclarator') {
      if (node.init) walk(node.init);
    } else if (node.type === 'ExportNamedDeclaration' && node.declaration?.type === 'VariableDeclaration') {
      for (const { id } of node.declaration.declarations) used.add(id.type === 'Identifier' ? id.name : '');
      childrenOf(node).forEach(walk);
    } else childrenOf(node).forEach(walk);
  };
  walk(file);
  return new Set([...spread].filter((name) => !used.has(name) && names.has(name)));
}
