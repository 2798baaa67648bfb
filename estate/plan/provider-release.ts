import type { Cloud } from '../catalog';
import type { Estate } from '../spec/schema';
import { PROVIDER_NAMES, PROVIDERS } from '../terraform-providers';

/** The release that an estate names of the provider of a cloud; undefined where it is the default one. */
export function chosenRelease({ providers }: Estate, cloud: Cloud): string | undefined {
  const name = PROVIDER_NAMES.find((each) => PROVIDERS[each].cloud === cloud);
  const written = name && providers?.[name];
  return name === undefined || written === PROVIDERS[name].version ? undefined : written;
}
