import { jsonSchema } from '../../estate/spec/json-schema';

type Node = Readonly<Record<string, unknown>>;
type Path = readonly (string | number)[];

/** A text of an estate that the schema leaves free: a value, or the key of an entry. */
export interface FreeText {
  /** Where it stands, or would stand. */
  readonly path: Path;
  /** Where it is described: the same for all entries of a kind. */
  readonly described: string;
  /** What stands there: it is replaced wherever it stands, so that what names it still does. @default nothing yet */
  readonly was?: string;
  /** Whether a list of texts would stand there. @default one text */
  readonly isList?: boolean;
}

/** Forms that markup takes where a text leads out of the one it is written in. */
const FORMS = [
  (mark: string) => `<b onclick="x">${mark}"'&</b>`,
  (mark: string) => `"><img src="x" onerror="hostile=1">${mark}'&`,
  (mark: string) => `</script></style><script>hostile=1</script>${mark}<!--`,
];

/** A text that is markup, harmless, and to be told from others by its number. */
export function markupOf(index: number): string {
  return FORMS[index % FORMS.length]?.(markOf(index)) ?? '';
}

/** What only the markup of a number has in it. */
export function markOf(index: number): string {
  return `hostile${index}text`;
}

/** The free texts of an estate as it is written, and those that it could have where it stands: one for each that is described. */
export function freeTexts(estate: unknown): FreeText[] {
  const found = new Map<string, FreeText>();
  for (const text of textsIn(jsonSchema(), estate, [], '')) {
    if (!found.has(text.described)) found.set(text.described, text);
  }
  return [...found.values()];
}

function textsIn(schema: unknown, value: unknown, path: Path, described: string): FreeText[] {
  if (!isNode(schema)) return [];
  const forms = [schema.oneOf, schema.anyOf, schema.allOf].flatMap((list) => (Array.isArray(list) ? list : []));
  const inForms = forms.flatMap((form) => textsIn(form, value, path, described));
  if (typeof value === 'string') return isFree(schema) ? [{ path, described, was: value }] : inForms;
  if (Array.isArray(value)) {
    return [
      ...inForms,
      ...value.flatMap((item, index) => textsIn(schema.items, item, [...path, index], `${described}[]`)),
    ];
  }
  return isNode(value) ? [...inForms, ...textsOfMembers(schema, value, path, described)] : inForms;
}

function textsOfMembers(schema: Node, value: Node, path: Path, described: string): FreeText[] {
  const properties = isNode(schema.properties) ? schema.properties : {};
  const named = Object.entries(properties).flatMap(([name, member]): FreeText[] => {
    const [at, of] = [[...path, name], `${described}.${name}`];
    if (value[name] !== undefined) return textsIn(member, value[name], at, of);
    if (isFree(member)) return [{ path: at, described: of }];
    return isNode(member) && isFree(member.items) ? [{ path: at, described: `${of}[]`, isList: true }] : [];
  });
  const entries = Object.entries(value).filter(([name]) => !Object.hasOwn(properties, name));
  const inEntries = entries.flatMap(([name, entry]) =>
    textsIn(schema.additionalProperties, entry, [...path, name], `${described}.*`),
  );
  const [first] = entries;
  const keys: FreeText[] =
    isFree(schema.propertyNames) && first !== undefined
      ? [{ path: [...path, first[0]], described: `${described}.(key)`, was: first[0] }]
      : [];
  return [...named, ...inEntries, ...keys];
}

/** Whether a schema takes texts and says nothing of their form. */
function isFree(schema: unknown): boolean {
  return (
    isNode(schema) &&
    schema.type === 'string' &&
    ['pattern', 'enum', 'const', 'format'].every((word) => schema[word] === undefined)
  );
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An estate with markup in the place of some of its texts, by their numbers. */
export function withMarkup(estate: unknown, texts: ReadonlyMap<number, FreeText>): unknown {
  const replaced = new Map<string, string>();
  let made = estate;
  for (const [index, { path, was, isList }] of texts) {
    if (was !== undefined) replaced.set(was, markupOf(index));
    else made = added(made, path, isList ? [markupOf(index)] : markupOf(index));
  }
  return renamed(made, replaced);
}

function added(value: unknown, [name, ...rest]: Path, text: unknown): unknown {
  if (name === undefined) return text;
  if (Array.isArray(value)) return value.map((item, at) => (at === name ? added(item, rest, text) : item));
  return isNode(value) ? { ...value, [name]: added(value[name], rest, text) } : value;
}

function renamed(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return names.get(value) ?? value;
  if (Array.isArray(value)) return value.map((item) => renamed(item, names));
  if (!isNode(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]) => [names.get(name) ?? name, renamed(entry, names)]),
  );
}

/** What the schema leaves free, anywhere: described as `freeTexts` does. */
export function allFree(): string[] {
  return [...new Set(freeIn(jsonSchema(), ''))];
}

function freeIn(schema: unknown, described: string): string[] {
  if (!isNode(schema)) return [];
  const forms = [schema.oneOf, schema.anyOf, schema.allOf].flatMap((list) => (Array.isArray(list) ? list : []));
  const members = Object.entries(isNode(schema.properties) ? schema.properties : {});
  return [
    ...(isFree(schema) ? [described] : []),
    ...forms.flatMap((form) => freeIn(form, described)),
    ...members.flatMap(([name, member]) => freeIn(member, `${described}.${name}`)),
    ...freeIn(schema.items, `${described}[]`),
    ...freeIn(schema.additionalProperties, `${described}.*`),
    ...freeIn(schema.propertyNames, `${described}.(key)`),
  ];
}
