import { acceleratorNotOffered } from './accelerator-not-offered';
import { accessRange } from './access-range';
import { accountCloud } from './account-cloud';
import { accountPartition } from './account-partition';
import { accountTwice } from './account-twice';
import { addressing } from './addressing';
import { amountAbsurd } from './amount-absurd';
import { azureGatewayAsn } from './azure-gateway-asn';
import { azureGatewaySize } from './azure-gateway-size';
import { azureGatewaySubnet } from './azure-gateway-subnet';
import { azureInfinibandMix } from './azure-infiniband-mix';
import { azurePeeringTenant } from './azure-peering-tenant';
import { budgetForm } from './budget-form';
import { budgetNotOffered } from './budget-not-offered';
import { capacityBlockSize } from './capacity-block-size';
import { capacityIdForm } from './capacity-id-form';
import { capacityIdReused } from './capacity-id-reused';
import { capacityIdCounts } from './capacity-ids';
import { capacityNotOffered } from './capacity-not-offered';
import { capacityShared } from './capacity-shared';
import { capacityWindow } from './capacity-window';
import { catalogRow } from './catalog-row';
import { claimTwice } from './claim-twice';
import { cloudOnly } from './cloud-only';
import { clusterZones } from './cluster-zones';
import { commitmentShared } from './commitment-shared';
import { commitmentTerm } from './commitment-term';
import { currencyUnknown } from './currency-unknown';
import { deprecatedKey } from './deprecated-key';
import { dnsServers } from './dns-servers';
import { existingCluster } from './existing-cluster';
import { existingId } from './existing-id';
import { existingKeys } from './existing-keys';
import { existingOwned } from './existing-owned';
import { existingRange } from './existing-range';
import { existingTwice } from './existing-twice';
import { flatBucket } from './flat-bucket';
import { googleTopology } from './google-topology';
import { grantIssuer } from './grant-issuer';
import { grantKey } from './grant-key';
import { grantLimit } from './grant-limit';
import { grantNotOffered } from './grant-not-offered';
import { grantResidency } from './grant-residency';
import { grantShared } from './grant-shared';
import { grantStore } from './grant-store';
import { grantTwice } from './grant-twice';
import { grantUnreachable } from './grant-unreachable';
import { guardrailNotOffered } from './guardrail-not-offered';
import { keyCollision } from './key-collision';
import { keyRegion } from './key-region';
import { keySubscription } from './key-subscription';
import { kubernetesVersion } from './kubernetes-version';
import { labelReserved } from './label-reserved';
import { linkAsn } from './link-asn';
import { linkAwsGateway } from './link-aws-gateway';
import { linkAwsPlace } from './link-aws-place';
import { linkAwsRoutes } from './link-aws-routes';
import { linkBandwidth } from './link-bandwidth';
import { linkCaution } from './link-caution';
import { linkDevice } from './link-device';
import { linkEnds } from './link-ends';
import { linkKind } from './link-kind';
import { linkOracleGateway } from './link-oracle-gateway';
import { linkRange } from './link-range';
import { linkSameNetwork } from './link-same-network';
import { linkSinglePath } from './link-single-path';
import { linkTwice } from './link-twice';
import { linkVia } from './link-via';
import { logRetention } from './log-retention';
import { lustreEgress } from './lustre-egress';
import { lustreZone } from './lustre-zone';
import { machineIncomplete } from './machine-incomplete';
import { machineMismatch } from './machine-mismatch';
import { maintenanceOffered } from './maintenance-offered';
import { metalAlone } from './metal-alone';
import { mountLimit } from './mount-limit';
import { mountSite } from './mount-site';
import { mountZone } from './mount-zone';
import { noAdministrator } from './no-administrator';
import { noWayIn } from './no-way-in';
import { nodeRange } from './node-range';
import { oracleIdKind } from './oracle-id-kind';
import { oracleIdRegion } from './oracle-id-region';
import { oracleInputs } from './oracle-inputs';
import { pinnedVersion } from './pinned-version';
import { podAddresses } from './pod-addresses';
import { policyClouds } from './policy-clouds';
import { policyConfine } from './policy-confine';
import { policyCountry } from './policy-country';
import { policyForm } from './policy-form';
import { policyOwner } from './policy-owner';
import { policyPower } from './policy-power';
import { policyRegion } from './policy-region';
import { policyResidency } from './policy-residency';
import { policyShare } from './policy-share';
import { policySpend } from './policy-spend';
import { policySurvival } from './policy-survival';
import { poolMachine } from './pool-machine';
import { poolPhases } from './pool-phases';
import { poolSizeForm } from './pool-size-form';
import { poolVersion } from './pool-version';
import { priceExchange } from './price-exchange';
import { priceSubject } from './price-subject';
import { priceTwice } from './price-twice';
import { principalForm } from './principal-form';
import { providerRelease } from './provider-release';
import { publicRange } from './public-range';
import { queueAccelerator } from './queue-accelerator';
import { queueGroupCycle } from './queue-group-cycle';
import { queueLimit } from './queue-limit';
import { queueManager } from './queue-manager';
import { queueName } from './queue-name';
import { queueNamespace } from './queue-namespace';
import { queuePreemption } from './queue-preemption';
import { queueReach } from './queue-reach';
import { queueReference } from './queue-reference';
import { queueServing } from './queue-serving';
import { queueServingPool } from './queue-serving-pool';
import { queueServingRack } from './queue-serving-rack';
import { queueShares } from './queue-shares';
import { queueWeight } from './queue-weight';
import { queueWorkload } from './queue-workload';
import { regionIndicative } from './region-indicative';
import { regionLacks } from './region-lacks';
import { regionUnknown } from './region-unknown';
import { replicationBucket } from './replication-bucket';
import { replicationForm } from './replication-form';
import { replicationRetention } from './replication-retention';
import { replicationSole } from './replication-sole';
import { replicationVersions } from './replication-versions';
import { replicationWay } from './replication-way';
import { reservationMaintenance } from './reservation-maintenance';
import { reservedRange } from './reserved-range';
import { residency } from './residency';
import { resourceGroup } from './resource-group';
import { restrictedMachine } from './restricted-machine';
import type { Rule } from './rule';
import { sharedRange } from './shared-range';
import { siteCidr } from './site-cidr';
import { softwareDriverImage } from './software-driver-image';
import { softwareKubernetes } from './software-kubernetes';
import { softwareManaged } from './software-managed';
import { softwareOwners } from './software-owners';
import { softwareUnknown } from './software-unknown';
import { softwareUnmet } from './software-unmet';
import { softwareUnsuited } from './software-unsuited';
import { softwareVersion } from './software-version';
import { spareTrays } from './spare-trays';
import { storeRetention } from './store-retention';
import { storeSizeRule } from './store-size';
import { storeSizeForm } from './store-size-form';
import { storeTier } from './store-tier';
import { subnetPlace } from './subnet-place';
import { tagCount } from './tag-count';
import { tagForm } from './tag-form';
import { ultraServerRule } from './ultra-server';
import { unknownAccelerator } from './unknown-accelerator';
import { unknownMachine } from './unknown-machine';
import { unknownReference } from './unknown-reference';
import { unreachableRange } from './unreachable-range';
import { unusedEntry } from './unused-entry';
import { wholeGroups } from './whole-groups';
import { zoneForm } from './zone-form';
import { zoneLimit } from './zone-limit';
import { zoneMissing } from './zone-missing';
import { zoneOutsideSite } from './zone-outside-site';
import { zoneUnknown } from './zone-unknown';

export type { Finding, Rule } from './rule';

/** Every rule, sorted by code. */
export const RULES: readonly Rule[] = [
  acceleratorNotOffered,
  accessRange,
  accountCloud,
  accountPartition,
  accountTwice,
  addressing,
  amountAbsurd,
  azureGatewayAsn,
  azureGatewaySize,
  azureGatewaySubnet,
  azureInfinibandMix,
  azurePeeringTenant,
  budgetForm,
  budgetNotOffered,
  capacityBlockSize,
  capacityIdForm,
  capacityIdReused,
  capacityIdCounts,
  capacityNotOffered,
  capacityShared,
  capacityWindow,
  catalogRow,
  claimTwice,
  cloudOnly,
  clusterZones,
  commitmentShared,
  commitmentTerm,
  currencyUnknown,
  deprecatedKey,
  dnsServers,
  existingCluster,
  existingId,
  existingKeys,
  existingOwned,
  existingRange,
  existingTwice,
  flatBucket,
  googleTopology,
  grantIssuer,
  grantKey,
  grantLimit,
  grantNotOffered,
  grantResidency,
  grantShared,
  grantStore,
  grantTwice,
  grantUnreachable,
  guardrailNotOffered,
  keyCollision,
  keyRegion,
  keySubscription,
  kubernetesVersion,
  labelReserved,
  linkAsn,
  linkAwsGateway,
  linkAwsPlace,
  linkAwsRoutes,
  linkBandwidth,
  linkCaution,
  linkDevice,
  linkEnds,
  linkKind,
  linkOracleGateway,
  linkRange,
  linkSameNetwork,
  linkSinglePath,
  linkTwice,
  linkVia,
  logRetention,
  lustreEgress,
  lustreZone,
  machineIncomplete,
  machineMismatch,
  maintenanceOffered,
  metalAlone,
  mountLimit,
  mountSite,
  mountZone,
  noAdministrator,
  noWayIn,
  nodeRange,
  oracleIdKind,
  oracleIdRegion,
  oracleInputs,
  pinnedVersion,
  podAddresses,
  policyClouds,
  policyConfine,
  policyCountry,
  policyForm,
  policyOwner,
  policyPower,
  policyRegion,
  policyResidency,
  policyShare,
  policySpend,
  policySurvival,
  poolMachine,
  poolPhases,
  poolSizeForm,
  poolVersion,
  priceExchange,
  priceSubject,
  priceTwice,
  principalForm,
  providerRelease,
  publicRange,
  queueAccelerator,
  queueGroupCycle,
  queueLimit,
  queueManager,
  queueName,
  queueNamespace,
  queuePreemption,
  queueReach,
  queueReference,
  queueServing,
  queueServingPool,
  queueServingRack,
  queueShares,
  queueWeight,
  queueWorkload,
  regionIndicative,
  regionLacks,
  regionUnknown,
  replicationBucket,
  replicationForm,
  replicationRetention,
  replicationSole,
  replicationVersions,
  replicationWay,
  reservationMaintenance,
  reservedRange,
  residency,
  resourceGroup,
  restrictedMachine,
  sharedRange,
  siteCidr,
  softwareDriverImage,
  softwareKubernetes,
  softwareManaged,
  softwareOwners,
  softwareUnknown,
  softwareUnmet,
  softwareUnsuited,
  softwareVersion,
  spareTrays,
  storeRetention,
  storeSizeRule,
  storeSizeForm,
  storeTier,
  subnetPlace,
  tagCount,
  tagForm,
  ultraServerRule,
  unknownAccelerator,
  unknownMachine,
  unknownReference,
  unreachableRange,
  unusedEntry,
  wholeGroups,
  zoneForm,
  zoneLimit,
  zoneMissing,
  zoneOutsideSite,
  zoneUnknown,
];
