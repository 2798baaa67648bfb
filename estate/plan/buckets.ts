import type { Account } from '../spec/schema';
import { made } from './ids';

/** The name of the bucket that a stack makes, or of its storage account; undefined where CloudFormation gives one. */
export function bucketOf(account: Account, store: { readonly name: string }): string | undefined {
  switch (account.cloud) {
    case 'aws':
      return undefined;
    case 'azure':
      return made.azureStore(store, account.subscriptionId);
    case 'google':
      return made.googleStore(store, account.projectId);
    case 'oracle':
      return made.oracleStore(store, account.objectStorageNamespace);
  }
}
