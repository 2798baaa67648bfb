import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import { RemovalPolicy, Tags as ResourceTags, Stack, Token } from 'aws-cdk-lib/core';
import { Construct, type IDependable } from 'constructs';
import { AWS_DNS_SERVERS } from '../../estate/catalog/aws-limits';
import { FINDINGS } from '../../estate/catalog/findings';
import type { SubnetAllocation, SubnetRole } from '../../estate/catalog/types';
import { cidr, cidrContains, cidrSubnet, parseCidr } from '../../estate/cidr';
import type { Tags } from '../../estate/units';
import { ConstructError } from '../errors';
import { checkId, checkKeyRegion, checkName, checkRanges, checkZone } from './checks';
import { ClosedDefaultGroup } from './default-security-group';
import type { IEncryptionKey } from './encryption-key';
import { acknowledge } from './findings';
import { addTags } from './names';
import {
  ImportedNetwork,
  type INetwork,
  mayBeRegional,
  type NetworkAttributes,
  type RouteTable,
  regionalZones,
  type SubnetQuery,
  selectSubnets,
} from './network-attributes';
import { addServiceEndpoints, closeStorageEndpoint, type EndpointPolicies } from './service-endpoints';

/** How nodes reach the internet: a NAT gateway in each zone, not at all, or through a transit gateway that exists. */
export type NetworkEgress = 'nat' | 'none' | { readonly via: string };

/** Options of a {@link Network}. */
export interface NetworkProps {
  /** Value of the Name tag, and first part of those of its subnets. */
  readonly name: string;
  /** Zones that it spans, Local Zones included. */
  readonly zones: readonly string[];
  /** Routable blocks of the VPC: the first is its own, later ones are added to it. */
  readonly cidrs: readonly string[];
  /** Its subnets; those of pods lie outside `cidrs` and become blocks of the VPC. */
  readonly subnets: readonly SubnetAllocation[];
  /**
   * How nodes reach the internet: a NAT gateway in each zone, not at all, or through a transit gateway (`{ via: 'tgw-…' }`)
   * that its owner has shared with the account and that takes attachments by itself. Without any, AWS services are reached
   * through interface endpoints.
   *
   * @default 'nat'
   */
  readonly egress?: NetworkEgress;
  /**
   * Whose requests pass through the endpoints of a network without egress: those of its account (and services of AWS), so
   * that keys of other accounts carry nothing out, or anybody's. What others share with the account is reached either way.
   *
   * @default 'account'
   */
  readonly endpointPolicies?: EndpointPolicies;
  /**
   * ARNs of roles of other accounts that workloads in it act as at stores of this region, whose requests pass through its
   * endpoint of S3 too.
   *
   * @default - none
   */
  readonly storeRoleArns?: readonly string[];
  /**
   * Whether the default security group, which nothing is put into, keeps the rules that let its members reach each other
   * and everything. CloudFormation cannot take them off: a function of Lambda does, once.
   *
   * @default 'closed'
   */
  readonly defaultSecurityGroup?: 'closed' | 'open';
  /**
   * Addresses of the DNS servers of everything in it, four at most. They have to resolve the names of AWS too, by
   * forwarding to the resolver of the VPC: nodes find their API server by one.
   *
   * @default - the resolver of the VPC
   */
  readonly dnsServers?: readonly string[];
  /**
   * Whether half of each `pods` subnet is kept for /28 prefixes. Without it the addresses of interfaces lie between the
   * prefixes, one for each node, and each may cost a prefix; with it no prefix is known to come from the other half.
   * CDK's own validation finds the type `AWS::EC2::SubnetCidrReservation` in a few regions only.
   *
   * @default 'none'
   */
  readonly prefixReservation?: 'half' | 'none';
  /** Encrypts the flow logs. @default - CloudWatch's own key */
  readonly encryptionKey?: IEncryptionKey;
  /**
   * Keeps the flow logs when the stack goes. The VPC itself needs no protection: EC2 deletes none that something lies in.
   *
   * @default true
   */
  readonly deletionProtection?: boolean;
  /** Labels of everything in it. @default - none */
  readonly tags?: Tags;
}

/** A VPC whose zones and ranges are all given: nothing is looked up and nothing moves when a zone is added. */
export class Network extends Construct implements INetwork {
  /**
   * Imports a network that was made elsewhere, such as a shared VPC: the ways out of it are its owner's.
   *
   * @throws ConstructError with IdInvalid when an id is that of something else, with ZoneUnknown when a subnet lies in a
   * zone that is not named
   */
  static fromNetworkAttributes(scope: Construct, id: string, attributes: NetworkAttributes): INetwork {
    return new ImportedNetwork(scope, id, attributes);
  }

  /** The VPC as CDK knows it. */
  readonly vpc: ec2.IVpc;
  /** Id of the VPC. */
  readonly networkId: string;
  /** Zones that it spans, Local Zones included. */
  readonly zones: readonly string[];
  /** Zones of the region itself: control planes and NAT gateways cannot live in Local Zones. */
  readonly regionalZones: readonly string[];

  private readonly created: CreatedSubnet[] = [];

  /**
   * @throws ConstructError with NameInvalid, RangeInvalid, ZoneUnknown or TagInvalid when AWS would refuse it or a subnet
   * has no place
   */
  constructor(scope: Construct, id: string, props: NetworkProps) {
    super(scope, id);
    const [first, ...further] = this.check(props);
    this.zones = props.zones;
    this.regionalZones = regionalZones(props.zones);
    // Not the construct of CDK: that one looks the zones of the account up, however many it is given.
    const resource = new ec2.CfnVPC(this, 'Resource', {
      cidrBlock: first,
      enableDnsHostnames: true,
      enableDnsSupport: true,
    });
    this.node.defaultChild = resource;
    this.networkId = resource.ref;
    this.vpc = ec2.Vpc.fromVpcAttributes(this, 'vpc', {
      vpcId: this.networkId,
      vpcCidrBlock: first,
      availabilityZones: [...props.zones],
    });
    ResourceTags.of(resource).add('Name', props.name);
    this.addFlowLogs(props);

    const blocks = further.map((block) => ({ block, dependable: this.addBlock(block) }));
    for (const row of props.subnets) {
      if (!isWanted(row, props.egress)) continue;
      const subnet = this.addSubnet(row, `${props.name}-${row.key}`, blocks);
      if (row.role === 'pods' && props.prefixReservation === 'half') this.reservePrefixes(row, subnet);
    }
    this.addEgress(props);
    if (props.dnsServers !== undefined) this.addDnsServers(props.dnsServers);
    this.addStorageEndpoint(props);
    if (props.defaultSecurityGroup !== 'open') {
      const { encryptionKey } = props;
      new ClosedDefaultGroup(this, 'default-security-group', { vpc: resource, encryptionKey });
    }
    addTags(this, props.tags ?? {});
    acknowledge(this, FINDINGS['aws-zones']);
  }

  /** The subnets of a role, in the order of their keys. */
  subnetsFor(role: SubnetRole, query?: SubnetQuery): readonly ec2.ISubnet[] {
    return selectSubnets(this.created, role, query);
  }

  /** The ids of all its subnets. */
  get subnetIds(): readonly string[] {
    return this.created.map(({ subnet }) => subnet.subnetId);
  }

  /** The route tables of its subnets that are not public, by the key of the subnet. */
  get routeTables(): readonly RouteTable[] {
    return this.created
      .filter(({ role }) => role !== 'public')
      .map(({ key, subnet }) => ({ key, routeTableId: subnet.routeTable.routeTableId }));
  }

  private check(props: NetworkProps): readonly [string, ...string[]] {
    const { name, zones, cidrs, subnets, encryptionKey } = props;
    checkName(this, name);
    checkKeyRegion(this, encryptionKey);
    this.checkWays(props);
    const [first, ...further] = cidrs;
    if (first === undefined) {
      throw new ConstructError(
        this,
        'RangeInvalid',
        'cidrs is empty; give the network at least one block, such as 10.64.0.0/16',
      );
    }
    checkRanges(this, cidrs, subnets);
    for (const { key, zone } of subnets) {
      if (zone === undefined) {
        throw new ConstructError(
          this,
          'ZoneUnknown',
          `subnet "${key}" has no zone; every subnet of a VPC lies in one of ${zones.join(', ')}`,
        );
      }
      checkZone(this, zones, zone);
    }
    return [first, ...further];
  }

  private checkWays({ egress, dnsServers = [], subnets }: NetworkProps): void {
    if (typeof egress === 'object') {
      checkId(this, 'transit gateway', egress.via, /^tgw-[0-9a-f]+$/, 'tgw-0123456789abcdef0');
      if (!subnets.some((row) => row.role === 'control-plane' && isWanted(row, egress))) {
        throw new ConstructError(
          this,
          'SubnetMissing',
          'the way through a transit gateway needs control-plane subnets in zones of the region; add one in each zone',
        );
      }
    }
    for (const server of dnsServers) {
      if (Token.isUnresolved(server) || parseCidr(`${server}/32`) !== undefined) continue;
      throw new ConstructError(
        this,
        'RangeInvalid',
        `DNS server "${server}" is no IPv4 address; give one such as 10.1.0.10`,
      );
    }
    const { most } = AWS_DNS_SERVERS;
    if (dnsServers.length <= most) return;
    throw new ConstructError(
      this,
      'TooMany',
      `${dnsServers.length} DNS servers are more than the ${most} of a VPC; leave some out`,
    );
  }

  private addFlowLogs({ encryptionKey, deletionProtection = true }: NetworkProps): void {
    encryptionKey?.grants.logGroups();
    const logGroup = new logs.LogGroup(this, 'flow-logs', {
      encryptionKey: encryptionKey?.key,
      retention: logs.RetentionDays.ONE_YEAR,
      removalPolicy: deletionProtection ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    if (encryptionKey !== undefined) logGroup.node.addDependency(encryptionKey);
    const { iamRole } = this.vpc.addFlowLog('flow-log', {
      destination: ec2.FlowLogDestination.toCloudWatchLogs(logGroup),
      trafficType: ec2.FlowLogTrafficType.ALL,
    });
    const role = iamRole?.node.defaultChild;
    // As AWS advises: the service may not be told by another account to write here.
    if (role instanceof iam.CfnRole) {
      role.addPropertyOverride('AssumeRolePolicyDocument.Statement.0.Condition', {
        StringEquals: { 'aws:SourceAccount': Stack.of(this).account },
      });
    }
  }

  private addBlock(cidrBlock: string): ec2.CfnVPCCidrBlock {
    const id = `block-${cidrBlock.replace(/[./]/g, '-')}`;
    return new ec2.CfnVPCCidrBlock(this, id, { vpcId: this.networkId, cidrBlock });
  }

  private addSubnet(row: SubnetAllocation, name: string, blocks: readonly Block[]): ec2.Subnet {
    const { zone = '' } = row;
    const common = { vpcId: this.networkId, availabilityZone: zone, cidrBlock: row.cidr, mapPublicIpOnLaunch: false };
    const subnet =
      row.role === 'public'
        ? new ec2.PublicSubnet(this, row.key, common)
        : new ec2.PrivateSubnet(this, row.key, common);
    ResourceTags.of(subnet).add('Name', name, { priority: 300 });
    const balancers = LOAD_BALANCER_TAGS[row.role];
    // Controllers refuse to choose between subnets of the region and of Local Zones.
    if (balancers && mayBeRegional(zone))
      ResourceTags.of(subnet).add(balancers, '1', { includeResourceTypes: ['AWS::EC2::Subnet'] });
    const block = row.role === 'pods' ? this.addBlock(row.cidr) : blockOf(row, blocks);
    if (block !== undefined) subnet.node.addDependency(block);
    this.created.push({ ...row, zone, subnet });
    return subnet;
  }

  /** Keeps the upper half for /28 prefixes of nodes, so that single addresses cannot fragment it. */
  private reservePrefixes(row: SubnetAllocation, subnet: ec2.Subnet): void {
    new ec2.CfnSubnetCidrReservation(this, `${row.key}-prefixes`, {
      subnetId: subnet.subnetId,
      cidr: cidrSubnet(row.cidr, cidr(row.cidr).prefix + 1, 1),
      reservationType: 'prefix',
    });
  }

  private addEgress(props: NetworkProps): void {
    const { egress = 'nat' } = props;
    if (egress === 'none') this.addServiceEndpoints(props);
    else if (egress === 'nat') this.addInternetEgress();
    else this.addTransitEgress(egress.via);
  }

  private addServiceEndpoints({ cidrs, subnets, endpointPolicies = 'account' }: NetworkProps): void {
    addServiceEndpoints(this, {
      vpc: this.vpc,
      subnets: this.subnetsFor('control-plane'),
      ranges: [...cidrs, ...subnets.filter(({ role }) => role === 'pods').map((row) => row.cidr)],
      policies: endpointPolicies,
    });
  }

  private addStorageEndpoint({ egress, endpointPolicies = 'account', storeRoleArns = [] }: NetworkProps): void {
    const endpoint = this.vpc.addGatewayEndpoint('s3', {
      service: ec2.GatewayVpcEndpointAwsService.S3,
      subnets: [{ subnets: this.created.filter(({ role }) => role !== 'public').map(({ subnet }) => subnet) }],
    });
    // Where there is another way out, a policy here would only lead around it.
    if (egress === 'none' && endpointPolicies === 'account') closeStorageEndpoint(this, endpoint, storeRoleArns);
  }

  /** Its interfaces lie beside those of control planes: one in each zone of the region, none in a Local Zone. */
  private addTransitEgress(transitGatewayId: string): void {
    const attachment = new ec2.CfnTransitGatewayVpcAttachment(this, 'transit-gateway', {
      transitGatewayId,
      vpcId: this.networkId,
      subnetIds: this.subnetsFor('control-plane').map(({ subnetId }) => subnetId),
    });
    for (const { subnet } of this.created) {
      subnet.addRoute('DefaultRoute', {
        routerType: ec2.RouterType.TRANSIT_GATEWAY,
        routerId: transitGatewayId,
        enablesInternetConnectivity: true,
      });
      subnet.node.findChild('DefaultRoute').node.addDependency(attachment);
    }
  }

  private addDnsServers(servers: readonly string[]): void {
    const options = new ec2.CfnDHCPOptions(this, 'dns-servers', { domainNameServers: [...servers] });
    new ec2.CfnVPCDHCPOptionsAssociation(this, 'dns-servers-association', {
      vpcId: this.networkId,
      dhcpOptionsId: options.ref,
    });
  }

  private addInternetEgress(): void {
    const gateway = new ec2.CfnInternetGateway(this, 'internet-gateway');
    const attachment = new ec2.CfnVPCGatewayAttachment(this, 'internet-gateway-attachment', {
      vpcId: this.networkId,
      internetGatewayId: gateway.ref,
    });
    const nat = new Map<string, string>();
    for (const { zone, subnet } of this.created) {
      if (!(subnet instanceof ec2.PublicSubnet)) continue;
      subnet.addDefaultInternetRoute(gateway.ref, attachment);
      nat.set(zone, subnet.addNatGateway().ref);
    }
    const [fallback] = this.regionalZones.filter((zone) => nat.has(zone));
    for (const { zone, subnet } of this.created) {
      // A Local Zone has no NAT gateway of its own and goes through one of its region.
      const gatewayId = nat.get(zone) ?? nat.get(fallback ?? '');
      if (subnet instanceof ec2.PrivateSubnet && gatewayId !== undefined) subnet.addDefaultNatRoute(gatewayId);
    }
  }
}

interface CreatedSubnet extends SubnetAllocation {
  readonly zone: string;
  readonly subnet: ec2.Subnet;
}

interface Block {
  readonly block: string;
  readonly dependable: IDependable;
}

/** Where Kubernetes puts load balancers. */
const LOAD_BALANCER_TAGS: { readonly [R in SubnetRole]?: string } = {
  public: 'kubernetes.io/role/elb',
  nodes: 'kubernetes.io/role/internal-elb',
};

/** Local Zones hold neither NAT gateways nor control planes; only address translation needs something public. */
function isWanted({ role, zone = '' }: SubnetAllocation, egress: NetworkEgress = 'nat'): boolean {
  if (role === 'public') return egress === 'nat' && mayBeRegional(zone);
  return role !== 'control-plane' || mayBeRegional(zone);
}

/** The added block that a subnet lies in; none when it lies in the VPC's own. Any that are known later may be it. */
function blockOf(row: SubnetAllocation, blocks: readonly Block[]): IDependable | undefined {
  const range = parseCidr(row.cidr);
  return blocks.find(({ block: text }) => {
    const block = parseCidr(text);
    return block === undefined || range === undefined || cidrContains(block, range);
  })?.dependable;
}
