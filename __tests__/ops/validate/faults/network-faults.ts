import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  DeleteSecurityGroupCommand,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
} from "@aws-sdk/client-ec2";
import { ModifyDBInstanceCommand } from "@aws-sdk/client-rds";
import type { EdgeFact } from "../../../../constructs/base/inventory-facts";
import type { DeployedRoot } from "../support/deployed-root";
import type { Fault } from "./fault";

function edgeOf({ inventory }: DeployedRoot, id: string): EdgeFact {
  const found = inventory.facts.find((fact): fact is EdgeFact => fact.kind === "edge" && fact.id === id);
  if (found === undefined) throw new Error(`the root has no edge "${id}"`);
  return found;
}

/** A security group that no longer admits one of those whom an edge names. */
function shutOut(edgeId: string): Fault["strike"] {
  return async (root) => {
    const edge = edgeOf(root, edgeId);
    const rule = { GroupId: root.network.groupId(edge.to), IpPermissions: [root.network.permission(edge, "from")] };
    await root.clients.ec2.send(new RevokeSecurityGroupIngressCommand(rule));
    return () => root.clients.ec2.send(new AuthorizeSecurityGroupIngressCommand(rule));
  };
}

const EVERYBODY = { IpProtocol: "tcp", FromPort: 5432, ToPort: 5432, IpRanges: [{ CidrIp: "0.0.0.0/0" }] };

export const NETWORK_FAULTS: readonly Fault[] = [
  {
    title: "a database that does not admit the tasks",
    heading: "security-group-ingress",
    what: "staging-allthrive-rds",
    found: "shut out: Ecs/Web on tcp 5432",
    strike: shutOut("Ecs/Web to Rds tcp 5432"),
  },
  {
    title: "Weaviate's port 8080 shut to the tasks",
    heading: "security-group-ingress",
    what: "staging-allthrive-ecs-weaviate",
    found: "shut out: Ecs/Celery on tcp 8080",
    strike: shutOut("Ecs/Celery to Ecs/Weaviate tcp 8080"),
  },
  {
    title: "a balancer that CloudFront does not reach",
    heading: "security-group-ingress",
    what: "staging-allthrive-alb-origin",
    found: "shut out: com.amazonaws.global.cloudfront.origin-facing on tcp 443",
    strike: shutOut("CloudFront (com.amazonaws.global.cloudfront.origin-facing) to Alb/Origin tcp 443"),
  },
  {
    title: "a database that is open to everybody",
    heading: "security-group-ingress",
    what: "staging-allthrive-rds",
    found: "let through and not stated: 0.0.0.0/0 on tcp 5432",
    strike: async ({ clients: { ec2 }, network }) => {
      const rule = { GroupId: network.groupId("Rds"), IpPermissions: [EVERYBODY] };
      await ec2.send(new AuthorizeSecurityGroupIngressCommand(rule));
      return () => ec2.send(new RevokeSecurityGroupIngressCommand(rule));
    },
  },
  {
    title: "tasks that cannot call out",
    heading: "security-group-egress",
    what: "staging-allthrive-ecs-web",
    found: "shut out: 0.0.0.0/0 on tcp 443",
    strike: async (root) => {
      const edge = edgeOf(root, "Ecs/Web to Internet (0.0.0.0/0) tcp 443");
      const rule = { GroupId: root.network.groupId("Ecs/Web"), IpPermissions: [root.network.permission(edge, "to")] };
      await root.clients.ec2.send(new RevokeSecurityGroupEgressCommand(rule));
      return () => root.clients.ec2.send(new AuthorizeSecurityGroupEgressCommand(rule));
    },
  },
  {
    title: "a security group that there is twice",
    heading: "security-group-exists",
    what: "staging-allthrive-ecs-vectors",
    found: "there are several",
    strike: async ({ clients: { ec2 }, network, inventory }) => {
      const Tags = Object.entries({ Name: "staging-allthrive-ecs-vectors", Root: inventory.root }).map(([Key, Value]) => ({ Key, Value }));
      const make = { GroupName: "second", Description: "second", VpcId: network.vpcId };
      const { GroupId } = await ec2.send(
        new CreateSecurityGroupCommand({ ...make, TagSpecifications: [{ ResourceType: "security-group", Tags }] }),
      );
      return () => ec2.send(new DeleteSecurityGroupCommand({ GroupId }));
    },
  },
  {
    title: "a database in another security group",
    heading: "security-group-worn",
    what: "worn by Rds",
    found: "which the stack does not state",
    strike: async ({ clients: { rds }, network }) => {
      const wear = (id: string) =>
        rds.send(
          new ModifyDBInstanceCommand({ DBInstanceIdentifier: "staging-allthrive-rds", VpcSecurityGroupIds: [network.groupId(id)] }),
        );
      await wear("Elasticache");
      return () => wear("Rds");
    },
  },
];
