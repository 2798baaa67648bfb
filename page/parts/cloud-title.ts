import { CATALOG, type Cloud } from '../../estate/catalog';

/** What a cloud is called in sentences, legends and pictures; tables have its key. */
export function cloudTitle(cloud: Cloud): string {
  return CATALOG[cloud].title;
}
