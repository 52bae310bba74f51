import { RequestCertificateCommand } from "@aws-sdk/client-acm";
import { CreateDistributionCommand, type DistributionConfig, type Method } from "@aws-sdk/client-cloudfront";
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateRuleCommand,
  CreateTargetGroupCommand,
  DescribeLoadBalancersCommand,
  ModifyLoadBalancerAttributesCommand,
  RegisterTargetsCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { ChangeResourceRecordSetsCommand, CreateHostedZoneCommand } from "@aws-sdk/client-route-53";
import type { InventoryDocument } from "../../../../constructs/base/inventory-facts";
import type { DistributionFact, LoadBalancerFact } from "../../../../constructs/base/inventory-parts";
import type { Clients } from "./clients";
import type { DeployedNetwork } from "./deployed-network";

/** What stands between a root and its visitors. */
export interface DeployedEdge {
  readonly zoneId: string;
  readonly distributionArn: (bucket: string) => string | undefined;
}

/** Makes a root's certificates, balancers, distributions and public names. */
export async function deployEdge(clients: Clients, inventory: InventoryDocument, network: DeployedNetwork): Promise<DeployedEdge> {
  const { facts } = inventory;
  const certificates = new Map<string, string>();
  for (const fact of facts) {
    if (fact.kind !== "certificate") continue;
    const [DomainName = "", ...others] = fact.domains ?? [];
    const { CertificateArn = "" } = await clients.acm.send(
      new RequestCertificateCommand({
        DomainName,
        SubjectAlternativeNames: others,
        ValidationMethod: "DNS",
        IdempotencyToken: fact.id.replace(/\W/g, ""),
      }),
    );
    certificates.set(fact.id, CertificateArn);
  }
  const hosts = new Map<string, string>();
  for (const fact of facts) {
    if (fact.kind === "loadBalancer")
      hosts.set(fact.name, await deployBalancer(clients, fact, network, certificates.get(fact.certificate ?? "") ?? ""));
  }
  const arns = new Map<string, string>();
  for (const fact of facts) {
    if (fact.kind !== "distribution") continue;
    const DistributionConfig = distributionConfig(fact, inventory, hosts, [...certificates.values()].at(-1) ?? "");
    const { Distribution } = await clients.cloudfront.send(new CreateDistributionCommand({ DistributionConfig }));
    hosts.set(fact.name, Distribution?.DomainName ?? "");
    for (const { to } of fact.behaviours) arns.set(to, Distribution?.ARN ?? "");
  }
  return { zoneId: await deployNames(clients, inventory, hosts), distributionArn: (bucket) => arns.get(bucket) };
}

async function deployBalancer({ elb }: Clients, fact: LoadBalancerFact, network: DeployedNetwork, certificateArn: string): Promise<string> {
  const { LoadBalancers = [] } = await elb.send(
    new CreateLoadBalancerCommand({ Name: fact.name, Subnets: [...network.subnetIds], SecurityGroups: [network.groupId(fact.id)] }),
  );
  const { LoadBalancerArn = "", DNSName = "" } = LoadBalancers[0] ?? {};
  const Value = String(fact.idleTimeoutSeconds);
  await elb.send(
    new ModifyLoadBalancerAttributesCommand({ LoadBalancerArn, Attributes: [{ Key: "idle_timeout.timeout_seconds", Value }] }),
  );
  const { TargetGroups = [] } = await elb.send(
    new CreateTargetGroupCommand({
      Name: `${fact.name}-1`.slice(-32),
      Protocol: "HTTP",
      Port: 8000,
      VpcId: network.vpcId,
      TargetType: "ip",
    }),
  );
  const TargetGroupArn = TargetGroups[0]?.TargetGroupArn ?? "";
  await elb.send(new RegisterTargetsCommand({ TargetGroupArn, Targets: [{ Id: "10.21.0.10", Port: 8000 }] }));
  const forward = [{ Type: "forward" as const, TargetGroupArn }];
  const listeners = new Map<number, string>();
  for (const { port, protocol } of fact.listeners) {
    const [scheme, ...conditions] = protocol.split(" ");
    if (conditions.length === 0) {
      const tls =
        scheme === "HTTPS"
          ? { Protocol: "HTTPS" as const, Certificates: [{ CertificateArn: certificateArn }] }
          : { Protocol: "HTTP" as const };
      const listener = new CreateListenerCommand({ LoadBalancerArn, Port: port, DefaultActions: forward, ...tls });
      listeners.set(port, (await elb.send(listener)).Listeners?.[0]?.ListenerArn ?? "");
      continue;
    }
    const Conditions = [{ Field: "host-header", HostHeaderConfig: { Values: conditions } }];
    await elb.send(new CreateRuleCommand({ ListenerArn: listeners.get(port), Priority: 10, Conditions, Actions: forward }));
  }
  // The emulator's balancers are ready once they have been looked at.
  await elb.send(new DescribeLoadBalancersCommand({ Names: [fact.name] }));
  return DNSName;
}

function distributionConfig(
  fact: DistributionFact,
  { region }: InventoryDocument,
  hosts: ReadonlyMap<string, string>,
  certificate: string,
): DistributionConfig {
  const targets = [...new Set(fact.behaviours.map(({ to }) => to))];
  const reading = ["GET", "HEAD"] as const;
  const everything = [...reading, "OPTIONS", "PUT", "POST", "PATCH", "DELETE"] as const;
  const methods = (Items: readonly Method[]) => ({ Quantity: Items.length, Items: [...Items] });
  const behaviour = ({ path, to, cachePolicyId, originRequestPolicyId }: DistributionFact["behaviours"][number]) => ({
    PathPattern: path,
    TargetOriginId: to,
    ViewerProtocolPolicy: "redirect-to-https" as const,
    AllowedMethods: { ...methods(path === "*" ? reading : everything), CachedMethods: methods(reading) },
    CachePolicyId: cachePolicyId,
    OriginRequestPolicyId: originRequestPolicyId,
  });
  const { PathPattern: _, ...site } = behaviour(fact.behaviours.at(-1) ?? { path: "*", to: "" });
  const Items = fact.behaviours.slice(0, -1).map(behaviour);
  return {
    CallerReference: fact.name,
    Comment: fact.name,
    Enabled: true,
    Aliases: { Quantity: fact.hosts.length, Items: [...fact.hosts] },
    Origins: {
      Quantity: targets.length,
      Items: targets.map((to) => ({ Id: to, DomainName: hosts.get(to) ?? `${to}.s3.${region}.amazonaws.com` })),
    },
    DefaultCacheBehavior: site,
    CacheBehaviors: { Quantity: Items.length, Items },
    ViewerCertificate: { CloudFrontDefaultCertificate: false, ACMCertificateArn: certificate },
  };
}

async function deployNames({ route53 }: Clients, { facts }: InventoryDocument, hosts: ReadonlyMap<string, string>): Promise<string> {
  const names = facts.flatMap((fact) => (fact.kind === "publicName" ? [fact] : []));
  const make = new CreateHostedZoneCommand({ Name: names[0]?.zone ?? "", CallerReference: "zone" });
  const HostedZoneId = (await route53.send(make)).HostedZone?.Id ?? "";
  for (const { name, target } of names) await route53.send(aliasOf(HostedZoneId, name, hosts.get(target) ?? ""));
  return HostedZoneId;
}

/** Sets a name to lead to a host, for IPv4 and IPv6. */
export function aliasOf(HostedZoneId: string, name: string, host: string): ChangeResourceRecordSetsCommand {
  const alias = { DNSName: `${host}.`, HostedZoneId: "ZTARGET", EvaluateTargetHealth: false };
  const Changes = (["A", "AAAA"] as const).map((Type) => ({
    Action: "UPSERT" as const,
    ResourceRecordSet: { Name: name, Type, AliasTarget: alias },
  }));
  return new ChangeResourceRecordSetsCommand({ HostedZoneId, ChangeBatch: { Changes } });
}
