import { convertSize, type SizeUnit } from '../units';
import type { Store } from './schema';

/** A file system of an estate. */
type FileSystem = Extract<Store, { kind: 'lustre' }>;

/** The keys in which a file system can be sized, with the unit of each. */
export const SIZE_KEYS = { capacityTiB: 'TiB', capacityGiB: 'GiB', capacityTB: 'TB' } as const;

/** The same keys as a list. */
export const SIZE_KEY_NAMES = [
  'capacityTiB',
  'capacityGiB',
  'capacityTB',
] as const satisfies readonly (keyof typeof SIZE_KEYS)[];

/** The key that a file system is sized with where its provider counts in a unit: GB are written as TB. */
export function sizeKeyOf(unit: SizeUnit): keyof typeof SIZE_KEYS {
  const written = unit === 'GB' ? 'TB' : unit;
  const key = SIZE_KEY_NAMES.find((name) => SIZE_KEYS[name] === written);
  if (key === undefined) throw new Error(`no key sizes a file system in ${unit}`);
  return key;
}

/**
 * The size of a file system in the unit in which its provider sizes it.
 *
 * Whole numbers come out whole although the conversion is done in floating point.
 */
export function storeSize(store: Pick<FileSystem, keyof typeof SIZE_KEYS>, unit: SizeUnit): number {
  const { capacityTiB, capacityGiB, capacityTB } = store;
  const size =
    capacityTiB !== undefined
      ? convertSize(capacityTiB, 'TiB', unit)
      : capacityGiB !== undefined
        ? convertSize(capacityGiB, 'GiB', unit)
        : convertSize(capacityTB ?? 0, 'TB', unit);
  const whole = Math.round(size);
  return Math.abs(size - whole) < 1e-6 ? whole : size;
}
