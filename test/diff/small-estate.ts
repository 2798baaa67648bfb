/**
 * A small estate whose machines are had in every way that the default estate does not show: on demand, as spot, for a
 * while, reserved by ids, with Kubernetes in the middle of what is offered.
 */
export const SMALL_ESTATE = `estate: v1
name: small
owner: { team: one, email: one@example.com }
accounts:
  aws: { cloud: aws, accountId: "111122223333" }
  azure: { cloud: azure, subscriptionId: 00000000-0000-4000-8000-000000000001, tenantId: 00000000-0000-4000-8000-000000000002 }
  google: { cloud: google, projectId: small-train, projectNumber: "123456789012" }
  oracle:
    cloud: oracle
    tenancyId: ocid1.tenancy.oc1..aaaatenancy
    compartmentId: ocid1.compartment.oc1..aaaacompartment
    homeRegion: us-ashburn-1
    objectStorageNamespace: smalltrain
sites:
  oregon: { account: aws, region: us-west-2, zones: [us-west-2a, us-west-2b, us-west-2c] }
  east: { account: azure, region: eastus2, zones: ["1", "2"] }
  iowa: { account: google, region: us-central1, zones: [us-central1-a, us-central1-b] }
  phoenix:
    account: oracle
    region: us-phoenix-1
    zones: ["Uocm:PHX-AD-1", "Uocm:PHX-AD-2"]
    serviceGateway: { serviceId: ocid1.service.oc1.phx.aaaaservice, cidrLabel: all-phx-services-in-oracle-services-network }
clusters:
  oregon:
    site: oregon
    kubernetes: "1.34"
    mounts: [oregon-scratch, oregon-data]
    systemPool: { nodes: 5 }
    pools:
      demand: { accelerator: h100, nodes: 4, zone: us-west-2a }
      spot: { accelerator: h100, nodes: 4, zone: us-west-2a, capacity: { kind: spot } }
      held: { accelerator: h200, nodes: 8, zone: us-west-2a, capacity: { kind: reservation, ids: [cr-0a1b2c3d4e5f60718] } }
      block:
        accelerator: b200
        nodes: 16
        zone: us-west-2b
        capacity: { kind: capacity-block, ids: [cr-0a1b2c3d4e5f60719], window: { start: 2026-12-01, end: 2027-05-31 } }
  east:
    site: east
    kubernetes: "1.35"
    mounts: [east-scratch, east-data]
    systemPool: { nodes: 5 }
    pools:
      demand: { accelerator: h100, nodes: 8, zone: "1" }
      held: { accelerator: h200, nodes: 150, zone: "1", capacity: { kind: dedicated } }
  iowa:
    site: iowa
    kubernetes: "1.34"
    mounts: [iowa-scratch, iowa-data]
    systemPool: { nodes: 6 }
    pools:
      spot: { accelerator: h200, nodes: 8, zone: us-central1-a, capacity: { kind: spot } }
      flex: { accelerator: h200, nodes: 8, zone: us-central1-a, capacity: { kind: flex-start } }
      held: { accelerator: b200, nodes: 16, zone: us-central1-a, capacity: { kind: reservation, ids: [projects/small-train/reservations/b200] } }
      slices: { accelerator: tpu-v6e, accelerators: 64, topology: 4x4, zone: us-central1-b, capacity: { kind: reservation, ids: [projects/small-train/reservations/tpu] } }
  phoenix:
    site: phoenix
    kubernetes: "1.34"
    mounts: [phoenix-scratch, phoenix-data]
    systemPool: { nodes: 5, image: ocid1.image.oc1.phx.aaaasystem }
    pools:
      demand: { accelerator: h100, nodes: 8, zone: "Uocm:PHX-AD-1", image: ocid1.image.oc1.phx.aaaagpu }
      held:
        accelerator: h200
        nodes: 16
        zone: "Uocm:PHX-AD-2"
        image: ocid1.image.oc1.phx.aaaagpu
        capacity: { kind: reservation, ids: [ocid1.capacityreservation.oc1.phx.aaaareservation] }
stores:
  oregon-scratch: { kind: lustre, site: oregon, zone: us-west-2a, capacityGiB: 19200, throughputMBpsPerTiB: 500 }
  oregon-data: { kind: object, site: oregon, retainDays: 30 }
  east-scratch: { kind: lustre, site: east, zone: "1", capacityTiB: 128, throughputMBpsPerTiB: 500 }
  east-data: { kind: object, site: east, retainDays: 30 }
  iowa-scratch: { kind: lustre, site: iowa, zone: us-central1-a, capacityGiB: 18000, throughputMBpsPerTiB: 1000 }
  iowa-data: { kind: object, site: iowa, retainDays: 30 }
  phoenix-scratch: { kind: lustre, site: phoenix, zone: "Uocm:PHX-AD-1", capacityTB: 83.2, throughputMBpsPerTiB: 250 }
  phoenix-data: { kind: object, site: phoenix, retainDays: 30 }
acknowledge: []
`;
