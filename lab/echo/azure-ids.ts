import { createHash } from 'node:crypto';
import type { JsonObject } from './json';

/** When everything was made, as far as the echo is concerned. */
export const CREATED = '2026-11-01T10:00:00Z';

/** Tenant of everything. */
export const TENANT = '00000000-0000-0000-0000-000000000003';

/** A UUID that is the same for the same text. */
export function uuidOf(text: string): string {
  const digits = createHash('md5').update(text.toLowerCase()).digest('hex');
  return [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)].join(
    '-',
  );
}

/** The parts of a path between its slashes. */
export function partsOf(path: string): string[] {
  return path.split('/').filter((part) => part !== '');
}

/** A path as the echo keeps it: ids of Azure know no case. */
export function keyOf(path: string): string {
  return `/${partsOf(path).join('/')}`.toLowerCase();
}

/** The type in an id, such as `Microsoft.Network/virtualNetworks/subnets`. */
export function typeOf(path: string): string {
  const parts = partsOf(path);
  const provider = parts.findLastIndex((part) => part.toLowerCase() === 'providers');
  if (provider < 0) return 'Microsoft.Resources/resourceGroups';
  const names = parts.slice(provider + 2).filter((_, index) => index % 2 === 0);
  return [parts[provider + 1], ...names].join('/');
}

/** Things right below an id, of one kind where one is named. */
export function childrenOf(things: JsonObject, id: string, kind?: string): string[] {
  const start = `${keyOf(id)}/`;
  return Object.keys(things).filter((key) => {
    const [own, , ...more] = key.startsWith(start) ? key.slice(start.length).split('/') : [];
    return own !== undefined && more.length === 0 && (kind === undefined || own === kind.toLowerCase());
  });
}
