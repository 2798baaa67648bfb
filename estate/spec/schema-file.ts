import { z } from 'zod';
import { estateSchema } from './schema';
import { pricesInFile } from './schema-money';
import { text } from './schema-parts';

/** What the main file of an estate says of other files; it is gone once the estate is put together. */
export const headerSchema = z.strictObject({
  include: z
    .array(text)
    .optional()
    .meta({
      description:
        'Files that hold more of the estate, as seen from this one; a folder stands for the .yaml, .yml and .json files in it. Sections are put together by key.',
      examples: [['accounts.yaml', 'clusters']],
    }),
  extends: text.optional().meta({
    description:
      'Estate file that this one is a variant of, as seen from here. What is written here is merged over it by key; null removes an entry.',
    examples: ['estate.yaml'],
  }),
});

/** What a file says of other files. */
export type Header = z.output<typeof headerSchema>;

const { estate, ...sections } = { ...estateSchema.shape, prices: pricesInFile.optional() };

/** What an estate file may say: the estate, and where the rest of it is. */
export const fileSchema = z
  .strictObject({ estate, ...headerSchema.shape, ...sections })
  .meta({ ...z.globalRegistry.get(estateSchema) });
