import { cloudOf } from './cloud';
import type { FactRow } from './fact-row';

/** The facts that a JSON file holds: those that were read at once are one row. */
export function jsonRows(file: string, text: string): readonly FactRow[] {
  if (!/"checked": *"/.test(text)) return [];
  const lines = text.split('\n');
  const read = (value: unknown, name: string): FactRow[] => {
    if (typeof value !== 'object' || value === null) return [];
    const { source, checked, unverified } = value as { source?: unknown; checked?: unknown; unverified?: unknown };
    const inner = Object.entries(value).flatMap(([key, member]) => read(member, `${name} ${key}`.trim()));
    if (typeof source !== 'string' || typeof checked !== 'string') return inner;
    const row = {
      file,
      line: 1 + lines.findIndex((line) => line.includes(JSON.stringify(source))),
      name,
      source,
      checked,
    };
    const cloud = cloudOf(row, undefined);
    return [
      { ...row, ...(typeof unverified === 'string' && { unverified }), ...(cloud !== undefined && { cloud }) },
      ...inner,
    ];
  };
  return read(JSON.parse(text), '');
}
