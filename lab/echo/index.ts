import type { LabCloud } from '../clouds';
import { AzureEcho } from './azure';
import { GoogleEcho } from './google';
import { OracleEcho } from './oracle';
import type { Echo } from './server';

/** A new stand-in for the services of a cloud. */
export function echoOf(cloud: LabCloud): Echo {
  switch (cloud) {
    case 'google':
      return new GoogleEcho();
    case 'oracle':
      return new OracleEcho();
    case 'azure':
      return new AzureEcho();
  }
}
