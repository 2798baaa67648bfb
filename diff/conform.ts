import type { Value } from '../provider/values';
import { isJsonObject } from '../terraform/document';

/** Turns a JSON value into a value of Terraform's type system; texts go through `onText`. */
export function toValue(json: unknown, onText: (text: string) => Value): Value {
  if (typeof json === 'string') return onText(json);
  if (Array.isArray(json)) return json.map((element) => toValue(element, onText));
  if (isJsonObject(json)) {
    return Object.fromEntries(Object.entries(json).map(([name, member]) => [name, toValue(member, onText)]));
  }
  return typeof json === 'number' || typeof json === 'boolean' ? json : null;
}
