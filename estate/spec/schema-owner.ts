import { z } from 'zod';
import { key, map, tagValue, text } from './schema-parts';

const team = key.meta({ description: 'Team that answers.', examples: ['frontier-training'] });
const email = z.email().meta({
  description: 'Where alerts and alarms go.',
  examples: ['frontier-training@example.com'],
});

/** Who answers for the estate, and for whatever has no owner of its own. */
export const estateOwner = z
  .strictObject({
    team,
    email,
    costCenter: tagValue.optional().meta({
      description:
        'Cost center, put on every resource; on Google Cloud in lower case, with hyphens for dots. In quotes where it is a number.',
      examples: ['cc-1042', '7731'],
    }),
  })
  .meta({
    description: 'Who answers for the estate and pays for it, and for whatever has no `owner` of its own.',
    examples: [{ team: 'frontier-training', email: 'frontier-training@example.com' }],
  });

/** Who answers for parts of the estate. */
export const owners = map(
  z
    .strictObject({
      team,
      email,
      costCenter: tagValue.optional().meta({
        description: 'Cost center, put on what it owns. Default: that of the estate.',
        examples: ['cc-2077'],
      }),
    })
    .meta({ description: 'Who answers for parts of the estate.' }),
).meta({
  description:
    'Teams that answer for parts of the estate, by the key that `owner` of accounts, sites, clusters, pools and stores names.',
  examples: [{ research: { team: 'research', email: 'research@example.com', costCenter: 'cc-2077' } }],
});

/** The owner of one entry. */
export const owner = key.optional().meta({
  description:
    'Key of the owner, whose team and cost center it is tagged with, and who is mailed its alarms; those of an account get its alerts too. Default: that of what it lies in, at last that of the estate.',
  examples: ['research'],
});

/** Tags of one entry. */
export const tags = z
  .record(text.max(128), text.max(256).meta({ description: 'Value of the tag.', examples: ['vision'] }))
  .optional()
  .meta({
    description:
      'Tags of everything in it, beside those of the estate; inner ones win. Each is written as every cloud takes it that it reaches.',
    examples: [{ project: 'vision' }],
  });
