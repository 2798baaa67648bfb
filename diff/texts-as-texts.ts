import { isJsonObject, type JsonObject } from '../terraform/document';

/** Ends a text that would be read as a number: no number ends so. */
const NO_NUMBER = '\u2060';

/** Whether a value is a text, or a number, which the service takes for one. */
function isText(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

function marked(before: unknown, after: unknown): unknown {
  if (isText(before) && isText(after))
    return String(before) !== String(after) && Number(before) === Number(after) ? `${after}${NO_NUMBER}` : after;
  if (Array.isArray(before) && Array.isArray(after)) return after.map((each, index) => marked(before[index], each));
  return isJsonObject(before) && isJsonObject(after) ? textsAsTexts(before, after) : after;
}

/**
 * A template whose texts the library tells from those of the one before: it takes two texts that read as the same number,
 * such as `007` and `7`, for the same, and CloudFormation does not. Texts that do not change stay as they are.
 */
export function textsAsTexts(before: JsonObject, after: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(after).map(([key, value]) => [key, marked(before[key], value)]));
}
