import { z } from 'zod';
import { CLOUDS } from '../../estate/catalog';
import { LAYERS } from '../../estate/plan/names';

/** A schema for every key of an interface, of a type that the key can have. */
type ShapeOf<T> = { readonly [K in keyof T]-?: z.ZodType<T[K]> };

/** Makes the schema of an interface: a key that is missing, is too many or has another type does not compile. */
export function objectOf<T extends object>() {
  return <S extends ShapeOf<T>>(shape: S & Record<Exclude<keyof S, keyof T>, never>): z.ZodObject<S, z.core.$strict> =>
    z.strictObject<S>(shape);
}

/** A text with what it says. */
export const text = (meaning: string) => z.string().describe(meaning);

/** A whole number that counts something. */
export const count = (meaning: string) => z.int().min(0).describe(meaning);

/** A list of texts with what they say. */
export const texts = (meaning: string) => z.array(z.string()).describe(meaning);

/** A number that need not be whole. */
export const amount = (meaning: string) => z.number().min(0).describe(meaning);

/** True, or not there. */
export const mark = (meaning: string) => z.literal(true).optional().describe(meaning);

/** The cloud of something. */
export const cloud = z.enum(CLOUDS).describe('Cloud that it is on.');

/** The layer of a stack. */
export const layer = z.enum(LAYERS).describe('Layer of the stack; lower ones are applied first.');

/** Where something is written. */
export const place = z
  .strictObject({
    file: text('The estate file.'),
    line: z.int().min(1).describe('Line, the first is 1.'),
    column: z.int().min(1).describe('Column, the first is 1.'),
    length: count('Characters of what is meant.'),
  })
  .describe('Where it is written.');
