import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { Construct } from "constructs";
import { pathInStack } from "../base/construct-path";
import { PropsError } from "../base/props-error";
import { SystemStack } from "../base/system-stack";
import { policyDocument, type Statement } from "../security/policy-document";
import { Connections } from "./connections";
import type { Network } from "./network";

/**
 * What an endpoint lets through, whatever the callers' own roles allow:
 * - `account`: callers of this account, to resources of this account;
 * - `pulls`: the same, and pulls of images that AWS keeps for its own sidecars;
 * - `callers`: callers of this account, to anybody's resources.
 */
type Boundary = "account" | "pulls" | "callers";

/**
 * Services that can have an endpoint, by the name that stands after `com.amazonaws.<region>.`. Each takes an endpoint
 * policy. Docs: docs/endpoints.md.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
 */
const BOUNDARIES = {
  "ecr.api": "pulls",
  "ecr.dkr": "pulls",
  elasticfilesystem: "account",
  logs: "account",
  monitoring: "account",
  secretsmanager: "account",
  // AWS's own documents and public parameters belong to AWS.
  ssm: "callers",
  // Session Manager's channels belong to no account.
  ssmmessages: "callers",
  // A role of another account may be there to be taken.
  sts: "callers",
} as const satisfies Readonly<Record<string, Boundary>>;

/** A service that can have an endpoint. */
export type EndpointService = keyof typeof BOUNDARIES;

/** Every {@link EndpointService}. */
export const ENDPOINT_SERVICES = Object.keys(BOUNDARIES) as readonly EndpointService[];

export interface InterfaceEndpointsProps {
  readonly network: Network;
  /** Services to reach without leaving the network. An empty list makes nothing. */
  readonly services: readonly EndpointService[];
}

const PORT = 443;

/**
 * Ways from the private subnets to services of AWS that need no NAT gateway: one endpoint for each service, in every zone,
 * under the service's usual name. Nobody reaches them until `connections` lets them in, and their policies let through
 * what this account does and nothing of another one's.
 *
 * Whoever is not let in loses the service: in this network its name leads to the endpoint from then on. Each endpoint
 * costs by the hour and the zone; docs/endpoints.md says from how much traffic on it is cheaper than NAT.
 */
export class InterfaceEndpoints extends Construct {
  /** The endpoints' one security group; none when there are no endpoints. */
  readonly connections: Connections<"https"> | undefined;

  /** @throws {PropsError} for a service that is named twice. */
  constructor(scope: Construct, id: string, { network, services }: InterfaceEndpointsProps) {
    super(scope, id);
    const twice = services.filter((service, index) => services.indexOf(service) !== index);
    if (twice.length > 0) throw new PropsError(this, "services", "must name each service once", twice);
    if (services.length === 0) return;

    const { vpcId, privateSubnets } = network;
    this.connections = new Connections(this, "Connections", { vpcId, ports: { https: PORT } });
    for (const service of services)
      this.endpoint(
        service,
        vpcId,
        privateSubnets.map((subnet) => subnet.id),
        this.connections,
      );
  }

  private endpoint(service: EndpointService, vpcId: string, subnetIds: string[], { securityGroupId }: Connections): void {
    const { region, accountId, namePrefix, inventory } = SystemStack.of(this);
    new VpcEndpoint(this, `For-${service}`, {
      vpcId,
      serviceName: `com.amazonaws.${region}.${service}`,
      vpcEndpointType: "Interface",
      privateDnsEnabled: true,
      subnetIds,
      securityGroupIds: [securityGroupId],
      policy: policyDocument(endpointPolicy(BOUNDARIES[service], accountId)),
      tags: { Name: `${namePrefix}-${service.replace(".", "-")}` },
    });
    const from = pathInStack(this);
    const to = `AWS ${service}`;
    const because = `${SCOPE[BOUNDARIES[service]]}, in ${subnetIds.length} zones, without NAT`;
    inventory.add({ kind: "edge", id: `${from} to ${to} tcp ${PORT}`, from, to, protocol: "tcp", port: PORT, because });
  }
}

/** How the inventory says what an endpoint lets through. */
const SCOPE: Readonly<Record<Boundary, string>> = {
  account: "passes calls of this account to this account",
  pulls: "passes calls of this account to this account, and pulls of AWS's own images",
  callers: "passes calls of this account",
};

function endpointPolicy(boundary: Boundary, accountId: string): Statement[] {
  const own = { "aws:PrincipalAccount": accountId };
  // The endpoint leads to one service, and each caller's own role says what it may do there: this is a limit on top.
  const all = { principal: "*", actions: ["*"], resources: ["*"] } as const;
  if (boundary === "callers") return [{ sid: "OwnCallers", ...all, condition: { StringEquals: own } }];
  const inside: Statement = { sid: "OwnAccount", ...all, condition: { StringEquals: { ...own, "aws:ResourceAccount": accountId } } };
  if (boundary === "account") return [inside];
  return [inside, { sid: "OwnPulls", ...all, actions: PULLS, condition: { StringEquals: own } }];
}

/** Reading images: an image cannot be pushed out of the account with these. */
const PULLS = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetAuthorizationToken", "ecr:GetDownloadUrlForLayer"];
