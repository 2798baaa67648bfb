import type { Module, Modules } from './modules';
import { type FunctionNode, type Node, nameOf, type ObjectExpression } from './nodes';

/** What stands for a value that only a run would tell. */
export const UNKNOWN = Symbol('unknown');

/** An object that is written in a source. */
export interface Written {
  readonly members: ReadonlyMap<string, Value>;
  /** The literal that it is made by. */
  readonly node: ObjectExpression;
}

/** A function, with what is known where it is written. */
interface Callable {
  readonly call: FunctionNode;
  readonly scope: Scope;
}

/** A value as far as it can be read without running anything. */
export type Value =
  | typeof UNKNOWN
  | string
  | number
  | boolean
  | null
  | undefined
  | Written
  | Callable
  | readonly Value[];

/** Where an expression stands. */
export interface Scope {
  readonly module: Module;
  /** Parameters and constants of the functions around it. */
  readonly locals: ReadonlyMap<string, Value>;
}

/** Whether a value is an object that is written in a source. */
export function isWritten(value: Value): value is Written {
  return typeof value === 'object' && value !== null && 'members' in value;
}

function isCallable(value: Value): value is Callable {
  return typeof value === 'object' && value !== null && 'call' in value;
}

/** Functions that give back what they are given. */
const SAME = /^Object\.freeze$/;

/** Reads values from expressions: constants, their members, texts put together, and calls of small functions. */
export class Evaluator {
  private readonly open = new Set<Node>();
  private readonly done = new Map<Node, Value>();

  constructor(private readonly modules: Modules) {}

  /** The value of an expression, as far as it can be read. */
  value(node: Node, scope: Scope): Value {
    if (scope.locals.size > 0) return this.reckon(node, scope);
    if (this.open.has(node)) return UNKNOWN;
    if (!this.done.has(node)) {
      this.open.add(node);
      this.done.set(node, this.reckon(node, scope));
      this.open.delete(node);
    }
    return this.done.get(node);
  }

  private reckon(node: Node, scope: Scope): Value {
    switch (node.type) {
      case 'StringLiteral':
      case 'NumericLiteral':
      case 'BooleanLiteral':
        return node.value;
      case 'NullLiteral':
        return null;
      case 'TSAsExpression':
      case 'TSSatisfiesExpression':
      case 'TSNonNullExpression':
      case 'ParenthesizedExpression':
        return this.value(node.expression, scope);
      case 'Identifier':
        return this.named(node.name, scope);
      case 'TemplateLiteral':
        return joined(
          node.quasis.flatMap(({ value }, index) => [value.cooked ?? '', ...this.at(node.expressions[index], scope)]),
        );
      case 'BinaryExpression':
        return node.operator === '+' ? joined([this.value(node.left, scope), this.value(node.right, scope)]) : UNKNOWN;
      case 'LogicalExpression':
        return this.value(node.left, scope) === undefined ? this.value(node.right, scope) : UNKNOWN;
      case 'MemberExpression':
      case 'OptionalMemberExpression':
        return this.member(
          node.object,
          node.computed ? this.value(node.property, scope) : nameOf(node.property),
          scope,
        );
      case 'ArrayExpression':
        return node.elements.map((element) =>
          element === null || element.type === 'SpreadElement' ? UNKNOWN : this.value(element, scope),
        );
      case 'ObjectExpression':
        return this.object(node, scope);
      case 'ArrowFunctionExpression':
      case 'FunctionExpression':
        return { call: node, scope };
      case 'CallExpression':
        return this.called(node.callee, node.arguments, scope);
      default:
        return UNKNOWN;
    }
  }

  private at(node: Node | undefined, scope: Scope): Value[] {
    return node === undefined ? [] : [this.value(node, scope)];
  }

  private named(name: string, scope: Scope): Value {
    if (scope.locals.has(name)) return scope.locals.get(name);
    if (name === 'undefined') return undefined;
    return this.top(name, scope.module);
  }

  /** The value of a name at the top of a module. */
  private top(name: string, module: Module): Value {
    const meaning = module.names.get(name);
    if (meaning === undefined) return UNKNOWN;
    const scope = { module, locals: new Map() };
    if (meaning.kind === 'function') return { call: meaning.node, scope };
    if (meaning.kind === 'import') {
      const from = this.modules.at(meaning.path);
      return from === undefined ? UNKNOWN : this.top(meaning.name, from);
    }
    return this.value(meaning.node, scope);
  }

  private member(object: Node, key: Value, scope: Scope): Value {
    const value = this.value(object, scope);
    if (isWritten(value)) return value.members.has(String(key)) ? value.members.get(String(key)) : UNKNOWN;
    return Array.isArray(value) && typeof key === 'number' ? value[key] : UNKNOWN;
  }

  private object(node: ObjectExpression, scope: Scope): Written {
    const members = new Map<string, Value>();
    for (const property of node.properties) {
      if (property.type === 'SpreadElement') {
        const value = this.value(property.argument, scope);
        if (isWritten(value)) for (const [key, member] of value.members) members.set(key, member);
      } else if (property.type === 'ObjectProperty') {
        const key = property.computed ? this.value(property.key, scope) : nameOf(property.key);
        if (key !== UNKNOWN) members.set(String(key), this.value(property.value, scope));
      }
    }
    return { members, node };
  }

  private called(callee: Node, given: readonly Node[], scope: Scope): Value {
    const [first] = given;
    if (
      callee.type === 'MemberExpression' &&
      first !== undefined &&
      SAME.test(`${nameOf(callee.object)}.${nameOf(callee.property)}`)
    )
      return this.value(first, scope);
    const target = callee.type === 'Identifier' ? this.named(callee.name, scope) : UNKNOWN;
    if (!isCallable(target) || this.open.has(target.call)) return UNKNOWN;
    this.open.add(target.call);
    const result = this.result(
      target,
      given.map((each) => this.value(each, scope)),
    );
    this.open.delete(target.call);
    return result;
  }

  private result({ call, scope }: Callable, given: readonly Value[]): Value {
    const locals = new Map(scope.locals);
    const inner = { module: scope.module, locals };
    for (const [index, parameter] of call.params.entries()) this.bind(parameter, given[index], inner, locals);
    if (call.body.type !== 'BlockStatement') return this.value(call.body, inner);
    for (const statement of call.body.body) {
      if (statement.type === 'VariableDeclaration') {
        for (const { id, init } of statement.declarations)
          if (init) this.bind(id, this.value(init, inner), inner, locals);
      } else if (statement.type === 'ReturnStatement') {
        return statement.argument ? this.value(statement.argument, inner) : undefined;
      } else return UNKNOWN;
    }
    return undefined;
  }

  private bind(pattern: Node, value: Value, scope: Scope, locals: Map<string, Value>): void {
    if (pattern.type === 'Identifier') locals.set(pattern.name, value);
    else if (pattern.type === 'AssignmentPattern')
      this.bind(pattern.left, value === undefined ? this.value(pattern.right, scope) : value, scope, locals);
    else if (pattern.type === 'ObjectPattern') {
      const taken: string[] = [];
      for (const property of pattern.properties) {
        if (property.type === 'ObjectProperty') {
          const key = nameOf(property.key);
          taken.push(key);
          this.bind(property.value, isWritten(value) ? value.members.get(key) : UNKNOWN, scope, locals);
        } else if (isWritten(value)) {
          const members = new Map([...value.members].filter(([key]) => !taken.includes(key)));
          this.bind(property.argument, { members, node: value.node }, scope, locals);
        } else this.bind(property.argument, UNKNOWN, scope, locals);
      }
    }
  }
}

function joined(parts: readonly Value[]): Value {
  return parts.every((part) => typeof part === 'string' || typeof part === 'number') ? parts.join('') : UNKNOWN;
}
