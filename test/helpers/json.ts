import { JSON_DOCUMENTS, type JsonDocument } from '../../cli/json';

/** Expects what a command printed with `--json`, or prints from, to be what its schema says, and nothing more. */
export function expectDocument(name: JsonDocument, printed: string | object): void {
  const document: unknown = JSON.parse(typeof printed === 'string' ? printed : JSON.stringify(printed));
  const { error } = JSON_DOCUMENTS[name].safeParse(document);
  expect([name, error?.issues ?? []]).toEqual([name, []]);
}
