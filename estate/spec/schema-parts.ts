import { z } from 'zod';

/** A key of the estate: lower-case words joined by hyphens; names and identities follow from it. */
export const key = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'must be lower-case words of letters and digits joined by single hyphens')
  .max(40);

/** Entries by key; none when left out. */
export const map = <T extends z.ZodType>(value: T) => z.record(key, value).default({});

/** A value that every cloud takes in a tag, and Kubernetes in a label. */
export const tagValue = z
  .string()
  .regex(
    /^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/,
    'must be letters and digits, with dots, hyphens and underscores between them',
  )
  .max(63);

/** Text that is not empty. */
export const text = z.string().min(1).max(512);

/** A lower-case UUID. */
export const uuid = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'must be a lower-case UUID');

/** An Oracle Cloud identifier. */
export const ocid = z
  .string()
  .regex(/^ocid1\.[a-z0-9]+\.[a-z0-9]*\.[a-z0-9-]*\.[a-z0-9]+$/, 'must be an OCID (ocid1.…)');

/** A Kubernetes version: a minor one, or a release of it; those of GKE are numbered further. */
export const kubernetesVersion = z
  .string()
  .regex(/^\d+\.\d+(\.\d+(-gke\.\d+)?)?$/, 'must be a version in quotes, such as "1.35"');

/** A day. */
export const date = z.iso.date();

/** A whole number above zero. */
export const count = z.int().positive();

/** The former key of an entry. */
export const renamedFrom = key.optional().meta({
  description: 'Key that this entry had before; its identity (names, addresses, groups) stays with the entry.',
  examples: ['ohio-old'],
});
