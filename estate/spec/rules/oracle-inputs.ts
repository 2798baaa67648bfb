import { poolUnit } from '../machine';
import type { Rule } from './rule';
import { clustersOf, poolsIn, siteOf, sitesOf } from './walk';

/** Oracle sites, pools and racks name the ids that nothing else can tell. */
export const oracleInputs: Rule = {
  code: 'OracleInputs',
  severity: 'error',
  summary:
    'Oracle sites name their service gateway, pools their image, racks their fabrics, circuits the service of their provider',
  why: 'these ids exist only at Oracle and are never looked up when planning',
  check(estate, report) {
    for (const { path, site, cloud } of sitesOf(estate)) {
      // How nodes reach the services of the region in a network that exists is its owner's matter.
      if (cloud !== 'oracle' || site.serviceGateway !== undefined || site.network.existing !== undefined) continue;
      const hint =
        'write serviceGateway: { serviceId: ocid1.service.…, cidrLabel: all-…-services-in-oracle-services-network }';
      report({
        path,
        on: 'key',
        message: '"serviceGateway" is missing; private nodes reach the region through it',
        hint,
      });
    }
    for (const [key, link] of Object.entries(estate.links)) {
      const path = ['links', key];
      const isOracle = link.between.some((site) => siteOf(estate, site)?.cloud === 'oracle');
      const isCircuit = isOracle && link.kind === 'interconnect' && link.via === undefined;
      if (isCircuit && link.providerServiceId === undefined) {
        const hint =
          'write providerServiceId: ocid1.providerservice.… of the other provider, in the region of the site';
        report({ path, on: 'key', message: '"providerServiceId" is missing; a circuit is ordered by it', hint });
      }
      if (!isCircuit && link.providerServiceId !== undefined) {
        const message = 'only circuits that end at a site of Oracle Cloud are ordered by it';
        report({ path: [...path, 'providerServiceId'], on: 'key', message, hint: 'remove providerServiceId' });
      }
    }
    for (const cluster of clustersOf(estate)) {
      if (cluster.at.cloud !== 'oracle') continue;
      if (cluster.cluster.systemPool.image === undefined && cluster.cluster.existing === undefined) {
        const hint = 'write systemPool: { image: ocid1.image.… }';
        report({ path: cluster.path, on: 'key', message: 'the system pool has no "image"', hint });
      }
      for (const { path, pool, machine } of poolsIn(cluster)) {
        if (pool.image === undefined) {
          const architecture = machine === undefined ? '' : ` for ${machine.architecture}`;
          const hint = `write image: ocid1.image.… of an Ubuntu image${architecture}`;
          report({ path, on: 'key', message: '"image" is missing; OKE nodes of this kind have no default', hint });
        }
        if (machine === undefined || pool.capacity.kind !== 'dedicated') continue;
        const isRack = poolUnit(machine) === 'rack';
        if (isRack && pool.capacity.fabrics === undefined) {
          const hint = 'write fabrics: [ocid1.computegpumemoryfabric.…, …], one for each rack';
          report({ path: [...path, 'capacity'], on: 'key', message: '"fabrics" is missing', hint });
        }
        if (isRack && pool.capacity.hostGroups !== undefined) {
          const message = `${machine.type} comes in racks, which are given as fabrics`;
          report({ path: [...path, 'capacity', 'hostGroups'], on: 'key', message, hint: 'remove hostGroups' });
        }
        if (!isRack && pool.capacity.fabrics !== undefined) {
          const message = `${machine.type} has no GPU memory fabric`;
          report({ path: [...path, 'capacity', 'fabrics'], on: 'key', message, hint: 'name hostGroups, or none' });
        }
      }
    }
  },
};
