import type { Cloud } from '../../estate/catalog';
import { readAwsSide } from './readers/aws';
import { readAzureSide } from './readers/azure';
import type { SideReader } from './readers/documents';
import { readGoogleSide } from './readers/google';
import { readOracleSide } from './readers/oracle';

/** Who reads what is synthesized for a cloud. */
export const SIDE_READERS: Readonly<Record<Cloud, SideReader>> = {
  aws: readAwsSide,
  azure: readAzureSide,
  google: readGoogleSide,
  oracle: readOracleSide,
};
