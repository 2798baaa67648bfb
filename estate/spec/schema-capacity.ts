import { z } from 'zod';
import { CAPACITY_KINDS, type CapacityKind } from '../catalog/types';
import { count, date, ocid, text } from './schema-parts';

/** What decides which other keys a capacity has. */
const kind = <K extends CapacityKind>(name: K) =>
  z.literal(name).meta({ description: 'How the machines are obtained, which decides the other keys.' });

const reservedId = z.union([
  text,
  z
    .strictObject({
      id: text.meta({ description: "The provider's id of the reservation.", examples: ['cr-0123456789abcdef0'] }),
      nodes: count.meta({
        description: 'Nodes that this pool takes from the reservation.',
        examples: [64],
        unit: 'nodes',
      }),
      reservedNodes: count.optional().meta({
        description: 'Nodes of the whole reservation, where several pools share it. Default: those of this pool.',
        examples: [128],
        unit: 'nodes',
      }),
    })
    .meta({ description: 'A reservation with its own number of nodes, or one that several pools share.' }),
]);
const ids = z
  .array(reservedId)
  .min(1)
  .meta({
    description:
      "The provider's ids or paths of the reservations. Plain ids share the nodes of the pool evenly; capacity blocks of racks are one for each rack.",
    examples: [['cr-0123456789abcdef0']],
  });
const window = z
  .strictObject({
    start: date.meta({ description: 'First day, YYYY-MM-DD.', examples: ['2026-12-01'] }),
    end: date.meta({ description: 'Last day, YYYY-MM-DD.', examples: ['2027-05-31'] }),
  })
  .meta({ description: 'When the capacity is ours; both days belong to it.' });

const placementGroup = z
  .string()
  .regex(/^[\x20-\x7e]{1,255}$/, 'must be the name of a placement group, or its id (pg-…)')
  .optional()
  .meta({
    description:
      'AWS: cluster placement group that the reservation was made in, by its name, or by its id where another account shares it. Default: it was made in none.',
    examples: ['h200-training'],
  });

/** How the machines of a pool are obtained, by its kind. */
export const capacity = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: kind('on-demand') }).meta({ description: 'Paid by use, within quota.' }),
    z.strictObject({ kind: kind('spot') }).meta({ description: 'Spare machines that the provider may take back.' }),
    z
      .strictObject({
        kind: kind('reservation'),
        ids,
        window: window.optional(),
        maintenanceInterval: z
          .enum(['AS_NEEDED', 'PERIODIC'])
          .optional()
          .meta({
            description:
              'Google: how the reservation is maintained; node pools that differ from it are refused, and they can be had for AS_NEEDED only. Default: AS_NEEDED.',
            examples: ['AS_NEEDED'],
          }),
        placementGroup,
      })
      .meta({
        description:
          'Machines that the provider holds for us: AWS On-Demand Capacity Reservation, Google reservation, Oracle capacity reservation, Azure capacity reservation group.',
      }),
    z
      .strictObject({ kind: kind('capacity-block'), ids, window })
      .meta({ description: 'AWS Capacity Block for ML: a reservation with a fixed window.' }),
    z
      .strictObject({
        kind: kind('flex-start'),
        maxRunHours: z
          .int()
          .min(1)
          .max(168)
          .default(168)
          .meta({
            description: 'Hours after which the nodes go away, at most seven days.',
            examples: [72],
            unit: 'hours',
          }),
        queued: z
          .boolean()
          .optional()
          .meta({
            description:
              'Whether nodes come all at once when a ProvisioningRequest (Kueue makes them) asks for them, or one by one when pods ask. Default: true, and false for slices, which come whole anyway.',
            examples: [false],
          }),
      })
      .meta({ description: 'Google DWS flex-start: waited for, and had for at most seven days.' }),
    z
      .strictObject({
        kind: kind('dedicated'),
        fabrics: z
          .array(ocid)
          .min(1)
          .optional()
          .meta({
            description: 'Oracle: one GPU memory fabric OCID for each rack.',
            examples: [['ocid1.computegpumemoryfabric.oc1.phx.aaaaexample']],
          }),
        hostGroups: z
          .array(ocid)
          .min(1)
          .optional()
          .meta({
            description: 'Oracle: compute host groups of 8-GPU machines.',
            examples: [['ocid1.computehostgroup.oc1.phx.aaaaexample']],
          }),
        window: window.optional(),
      })
      .meta({ description: 'Machines that are ours by contract.' }),
  ])
  .meta({ description: `How the machines are obtained: ${CAPACITY_KINDS.join(', ')}.` });
