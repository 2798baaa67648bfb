import { z } from 'zod';
import { text, uuid } from './schema-parts';

const resourceGroup = text.optional().meta({
  description: 'Resource group that it lies in, Azure only.',
  examples: ['shared-data'],
});
const subscriptionId = uuid.optional().meta({
  description: 'Subscription that it lies in, Azure only. Default: that of the site.',
  examples: ['5f0c1f4e-6b1d-4c58-9a2e-0b6f3c1d7a01'],
});
const compartmentId = text.optional().meta({
  description: 'Compartment that it lies in, Oracle Cloud only. Default: that of the site.',
  examples: ['ocid1.compartment.oc1..aaaaexample'],
});

/** A key of a security team. */
export const encryptionKey = z
  .strictObject({
    existing: text.meta({
      description:
        'ARN of a KMS key on AWS, resource id of a Key Vault key on Azure, name of a Cloud KMS key on Google Cloud (projects/…/cryptoKeys/…), OCID of a Vault key on Oracle Cloud.',
      examples: ['arn:aws:kms:us-east-2:444455556666:key/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9'],
    }),
  })
  .optional()
  .meta({
    description:
      'Key that exists already and encrypts stores, clusters and logs in place of keys that stacks make. What uses it must be allowed by its owner. Default: that of the account for a site, and none for an account.',
    examples: [{ existing: 'arn:aws:kms:us-east-2:444455556666:key/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9' }],
  });

/** A Kubernetes cluster that exists already. */
export const existingCluster = z
  .strictObject({
    id: text.meta({
      description: 'Name of the EKS, AKS or GKE cluster, OCID of the OKE cluster.',
      examples: ['train-prod', 'ocid1.cluster.oc1.phx.aaaaexample'],
    }),
    resourceGroup,
    securityGroupId: text.optional().meta({
      description:
        'Security group that its nodes are in: the one that EKS has made on AWS (sg-…), the network security group of the nodes on Oracle Cloud (OCID).',
      examples: ['sg-0a1b2c3d4e5f60718'],
    }),
    nodeRole: text.optional().meta({
      description: 'ARN of the IAM role of its nodes, which the cluster lets in, AWS only.',
      examples: ['arn:aws:iam::111122223333:role/train-prod-nodes'],
    }),
    nodeServiceAccount: text.optional().meta({
      description: 'Service account of its nodes, Google Cloud only.',
      examples: ['train-nodes@atlas-train.iam.gserviceaccount.com'],
    }),
    oidcIssuer: text.optional().meta({
      description:
        'Address of its OIDC issuer: the identity of the workloads trusts it on Azure, and what clusters are granted at other clouds does too. Default: on Google Cloud that of a regional cluster, elsewhere none.',
      examples: ['https://eastus2.oic.prod-aks.azure.com/tenant/issuer/'],
    }),
    principalId: uuid.optional().meta({
      description:
        'Object id of its identity, Azure only: it is let into the capacity reservations of its pools. Default: its owner lets it in.',
      examples: ['7d3f1a52-0c4e-4b6a-9d1c-3e5f7a9b1c21'],
    }),
    compartmentId,
    endpoint: text.optional().meta({
      description: 'Private address of its API server, Oracle Cloud only: nodes of racks are told it when they start.',
      examples: ['10.8.0.10'],
    }),
    certificateAuthority: text.optional().meta({
      description: 'Certificate authority of its API server in base64, Oracle Cloud only: as `endpoint`.',
      examples: ['LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t'],
    }),
  })
  .optional()
  .meta({
    description:
      'The Kubernetes cluster is there already: pools and the identity of the workloads are added to it, and nothing else of it is made, changed or guarded.',
    examples: [
      {
        id: 'train-prod',
        securityGroupId: 'sg-0a1b2c3d4e5f60718',
        nodeRole: 'arn:aws:iam::111122223333:role/train-prod-nodes',
      },
    ],
  });

/** A managed Lustre file system that exists already. */
export const existingFileSystem = z
  .strictObject({
    id: text.meta({
      description: 'Id on AWS (fs-…), name on Azure and Google Cloud, OCID on Oracle Cloud.',
      examples: ['fs-0a1b2c3d4e5f60718'],
    }),
    resourceGroup,
    subscriptionId,
    securityGroupId: text.optional().meta({
      description: 'Security group of its servers, AWS only: clients are let in by rules in it.',
      examples: ['sg-0a1b2c3d4e5f60718'],
    }),
    cidr: text.optional().meta({
      description: 'Range of its subnet, Oracle Cloud only: nodes are let out to it.',
      examples: ['10.8.64.0/26'],
    }),
    mountAddress: text.optional().meta({
      description: 'Address that it is mounted by, such as 10.8.64.5@tcp:/scratch.',
      examples: ['10.8.64.5@tcp:/scratch'],
    }),
  })
  .optional()
  .meta({
    description: 'The file system is there already: clusters may use it, and it is neither changed nor guarded.',
    examples: [{ id: 'fs-0a1b2c3d4e5f60718', securityGroupId: 'sg-0a1b2c3d4e5f60718' }],
  });

/** An object store that exists already. */
export const existingObjectStore = z
  .strictObject({
    id: text.meta({
      description: 'Name of the bucket; on Azure of the storage account.',
      examples: ['corp-datasets'],
    }),
    container: text.optional().meta({
      description: 'Name of the blob container, Azure only.',
      examples: ['datasets'],
    }),
    resourceGroup,
    subscriptionId,
    compartmentId,
    namespace: text.optional().meta({
      description: 'Object Storage namespace, Oracle Cloud only. Default: that of the account.',
      examples: ['axaxnpcrorw5'],
    }),
    encryptionKey: text.optional().meta({
      description:
        'ARN of the KMS key of its objects, AWS only, so that workloads are let use it. Default: none of one’s own.',
      examples: ['arn:aws:kms:us-east-2:444455556666:key/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9'],
    }),
  })
  .optional()
  .meta({
    description:
      'The bucket is there already: workloads of clusters that mount it are let in, and it is neither changed nor guarded.',
    examples: [{ id: 'corp-datasets' }],
  });
