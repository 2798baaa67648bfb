import { formatCidr } from '../cidr';

const ADDRESS = /^(\d{1,3}\.){3}\d{1,3}$/;
const BLOCK = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/;

/** What to write instead of a text that is no canonical IPv4 block: its base address, where that can be told. */
export function canonicalHint(text: string): string {
  if (ADDRESS.test(text)) return canonicalHint(`${text}/32`);
  const [a = 256, b = 256, c = 256, d = 256, prefix = 33] = BLOCK.exec(text)?.slice(1).map(Number) ?? [];
  if (Math.max(a, b, c, d) > 255 || prefix > 32) return 'write it like 10.64.0.0/16';
  const address = ((a * 256 + b) * 256 + c) * 256 + d;
  const size = 2 ** (32 - prefix);
  return `write ${formatCidr({ base: Math.floor(address / size) * size, prefix })}`;
}
