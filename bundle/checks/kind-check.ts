import { isRecord, type Report } from '../problems';

/** Fields of an object. */
export type Fields = Readonly<Record<string, unknown>>;

/** What a component refuses in objects of some kinds by code of its own, where their schemas say nothing. */
export interface KindCheck {
  /** Each as group, version and kind, such as `batch/v1/Job`; `v1/Pod` for the core of Kubernetes. */
  readonly kinds: readonly string[];
  /** Reports what is wrong; it is given only objects that have the structure of their kind. */
  readonly check: (object: Fields, report: Report) => void;
  /** The code that it follows. */
  readonly source: string;
  readonly checked: string;
}

/** Fields of what should be an object; none where it is something else. */
export function fieldsOf(value: unknown): Fields {
  return isRecord(value) ? value : {};
}

/** The objects of what should be a list of them. */
export function listOf(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}
