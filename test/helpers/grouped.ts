import type { Plan } from '../../estate/plan/types';
import { estateOf, inputOf, lockAndResolve } from './estates';

const AWS_ZONE = { zone: 'us-west-2a' };

function input(racks: number) {
  return inputOf([
    {
      name: 'west',
      account: 'aws-main',
      clusters: {
        dev: {
          pools: {
            block: {
              accelerator: 'b300',
              nodes: 30,
              capacity: { kind: 'reservation', ids: ['cr-0123456789abcdef0'] },
              ...AWS_ZONE,
            },
            burst: { machine: 'm7i.8xlarge', nodes: { min: 2, max: 40 }, ...AWS_ZONE },
            half: {
              accelerator: 'gb200',
              ultraServer: 'u-p6e-gb200x36',
              racks: 2,
              capacity: {
                kind: 'capacity-block',
                ids: ['cr-0123456789abcdef1', 'cr-0123456789abcdef2'],
                window: { start: '2026-12-01', end: '2027-06-01' },
              },
              ...AWS_ZONE,
            },
          },
        },
      },
      stores: 0,
    },
    {
      name: 'east',
      account: 'azure-gb',
      clusters: {
        train: {
          pools: { gb: { accelerator: 'gb300', racks, spareTraysPerRack: 1, capacity: { kind: 'dedicated' } } },
        },
      },
      stores: 0,
    },
    {
      name: 'iowa',
      account: 'google-main',
      clusters: { tpu: { pools: { t: { accelerator: 'tpu-v7x', accelerators: 128, topology: '4x4x4' } } } },
      stores: 0,
    },
  ]);
}

/** An estate with every kind of group: spares, a range, UltraServers of half a rack, slices, and racks that are leaving. */
export function groupedPlan(): Plan {
  const before = lockAndResolve(estateOf(input(102)));
  return lockAndResolve(estateOf(input(100)), before.lock).plan;
}
