import { CLOUDS, type Cloud } from '../../estate/catalog';

/** What tells a cloud, in paths, in names of rows and of types, and in sources. */
const SIGNS: Readonly<Record<Cloud, RegExp>> = {
  aws: /\baws\b|_AWS_|\bAWS|amazon/i,
  azure: /azure|\baks\b|microsoft/i,
  google: /google|\bgke\b/i,
  oracle: /oracle|\boci\b|_oci_|\boci_/i,
};

function clouds(text: string): readonly Cloud[] {
  return CLOUDS.filter((cloud) => SIGNS[cloud].test(text));
}

/** The cloud that a row is about: what it says itself, else what its file, its name or its source tells of one only. */
export function cloudOf(
  { file, name, source }: { readonly file: string; readonly name: string; readonly source: string },
  said: unknown,
): Cloud | undefined {
  const own = CLOUDS.find((cloud) => cloud === said);
  if (own !== undefined) return own;
  const told = [file, name, source].map(clouds).find((found) => found.length > 0);
  return told?.length === 1 ? told[0] : undefined;
}
