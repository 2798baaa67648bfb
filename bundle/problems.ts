/** Kinds of problems of an object. */
export type ProblemCode =
  /** It is no object of Kubernetes at all: no `apiVersion`, no `kind`. */
  | 'NotAnObject'
  /** Its kind is not recorded here: nothing can be said of it, and it may well be right. */
  | 'UnknownKind'
  /** Its kind is recorded, in another version of its group. */
  | 'UnknownVersion'
  | 'UnknownField'
  | 'MissingField'
  | 'WrongType'
  | 'NotAllowed'
  | 'Duplicate'
  /** Fields that do not go together, or a rule of the component itself. */
  | 'Rule';

/** Something for which a server would refuse an object. */
export interface Problem {
  readonly code: ProblemCode;
  /** Where it is, such as `spec.resourceGroups[0].flavors[1].name`; empty for the object as a whole. */
  readonly path: string;
  /** What is wrong and what is allowed: a part of a sentence, without the path. */
  readonly message: string;
}

/** Takes problems up as they are found. */
export type Report = (code: ProblemCode, path: string, message: string) => void;

/** Longest text of a value that a message shows. */
const SHOWN_LENGTH = 60;

/** The path of a field. */
export function fieldPath(path: string, name: string): string {
  if (!/^[A-Za-z_$][\w$-]*$/.test(name)) return `${path}["${name}"]`;
  return path === '' ? name : `${path}.${name}`;
}

/** A value as messages show it. */
export function shown(value: unknown): string {
  // Readers of YAML leave nothing where a null is written.
  const text = JSON.stringify(value) ?? (value === undefined ? 'empty' : String(value));
  return text.length > SHOWN_LENGTH ? `${text.slice(0, SHOWN_LENGTH - 3)}...` : text;
}

/** A few values as messages list them. */
export function listed(values: readonly unknown[]): string {
  return values.map(shown).join(', ');
}

/** Whether a value is an object of JSON. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
