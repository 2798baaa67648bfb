import { convertSize, type SizeUnit } from '../units';
import type { Store } from './schema';

/** A file system of an estate. */
type FileSystem = Extract<Store, { kind: 'lustre' }>;

/** The keys in which a file system can be sized, with the unit of each. */
export const SIZE_KEYS = { capacityTiB: 'TiB', capacityGiB: 'GiB', capacityTB: 'TB' } as const;

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
