import { CLOUDS } from '../../estate/catalog';
import type { Section } from '../parts/section';
import { Addresses } from './network/addresses';
import { Identity } from './network/identity';
import { Links } from './network/links';

/** Sites, ranges, links, and who may use what over them. */
export const NETWORK: Section = {
  id: 'network',
  title: 'Network',
  body: (page) =>
    CLOUDS.every((cloud) => page.plan.sites(cloud).length === 0) ? undefined : (
      <>
        <Addresses page={page} />
        <Links page={page} />
        <Identity page={page} />
      </>
    ),
};
