import type { parse } from '@babel/parser';

/** A parsed file. */
export type File = ReturnType<typeof parse>;
/** A statement. */
export type Statement = File['program']['body'][number];
type Declared = Extract<Statement, { type: 'VariableDeclaration' }>['declarations'][number];
/** An expression. */
export type Expression = NonNullable<Declared['init']>;
/** An object that is written out. */
export type ObjectExpression = Extract<Expression, { type: 'ObjectExpression' }>;
/** A call. */
export type CallExpression = Extract<Expression, { type: 'CallExpression' }>;
/** A function of any form. */
export type FunctionNode =
  | Extract<Expression, { type: 'ArrowFunctionExpression' | 'FunctionExpression' }>
  | Extract<Statement, { type: 'FunctionDeclaration' }>;
type Class = Extract<Statement, { type: 'ClassDeclaration' }>;
/** Whatever stands in a source. */
export type Node =
  | File
  | Statement
  | Declared
  | Declared['id']
  | Expression
  | ObjectExpression['properties'][number]
  | CallExpression['arguments'][number]
  | CallExpression['callee']
  | Extract<Expression, { type: 'MemberExpression' }>['property']
  | Extract<Expression, { type: 'TemplateLiteral' }>['expressions'][number]
  | FunctionNode['params'][number]
  | Class['body']['body'][number];

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}

/** Members of nodes that hold no part of the source. */
const ASIDE = ['loc', 'leadingComments', 'innerComments', 'trailingComments', 'typeAnnotation', 'typeParameters'];

/** The parts of a node, in order; names that stand for themselves are left out. */
export function childrenOf(node: Node): Node[] {
  const isOwnName = (key: string) =>
    'computed' in node && node.computed !== true && (key === 'property' || (key === 'key' && 'value' in node));
  return Object.entries(node).flatMap(([key, member]: [string, unknown]) => {
    if (ASIDE.includes(key) || isOwnName(key)) return [];
    return (Array.isArray(member) ? member : [member]).filter(isNode);
  });
}

/** The name that an identifier, or a text in the place of one, says; empty where it is none. */
export function nameOf(node: Node): string {
  if (node.type === 'Identifier') return node.name;
  return node.type === 'StringLiteral' || node.type === 'NumericLiteral' ? String(node.value) : '';
}
