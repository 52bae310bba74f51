import {
  DescribeLoadBalancerAttributesCommand,
  DescribeRulesCommand,
  ElasticLoadBalancingV2Client,
  type Listener,
  type Rule,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { InventoryDocument } from "../../../constructs/base/inventory-facts";
import type { LoadBalancerFact } from "../../../constructs/base/inventory-parts";
import type { Aws } from "../aws";
import type { Check } from "../check";
import { absent, type Finding, finding } from "../finding";
import { liveBalancer, liveListeners } from "../live/live-balancer";
import { balancerCertificate } from "./balancer-certificate";
import { targetHealth } from "./target-health";

const part = "load balancers";

/** A load balancer: there, active, patient with websockets, listening as stated, with its certificate and healthy targets. */
export function balancerChecks(aws: Aws, inventory: InventoryDocument, fact: LoadBalancerFact): readonly Check[] {
  const { root } = inventory;
  const what = `balancer ${fact.name}`;
  const [listens, ends, targets] = [`${what}: listeners`, `${what}: certificate`, `${what}: targets`];
  return [
    { part, heading: "balancer-exists", what, look: () => state(aws, root, fact, what) },
    { part, heading: "balancer-listeners", what: listens, look: () => listeners(aws, root, fact, listens) },
    ...(fact.certificate === undefined
      ? []
      : [{ part, heading: "balancer-certificate", what: ends, look: () => balancerCertificate(aws, inventory, fact, ends) } as const]),
    { part, heading: "balancer-targets", what: targets, look: () => targetHealth(aws, fact, targets) },
  ];
}

async function state(aws: Aws, root: string, fact: LoadBalancerFact, what: string): Promise<readonly Finding[]> {
  const live = await liveBalancer(aws, fact.name);
  if (live === undefined) return [absent("balancer-exists", what, `deploy ${root}`)];
  const { Code = "unknown", Reason } = live.State ?? {};
  const words = Reason === undefined ? Code : `${Code}: ${Reason}`;
  const active = finding("balancer-active", `${what}: state`, words, Code === "active" ? undefined : "wait some minutes and run again");
  if (fact.idleTimeoutSeconds === undefined) return [active];
  const describe = new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn: live.LoadBalancerArn });
  const { Attributes = [] } = await aws.ask((options) => aws.client(ElasticLoadBalancingV2Client).send(describe, options));
  const seconds = Number(Attributes.find(({ Key }) => Key === "idle_timeout.timeout_seconds")?.Value);
  const stated = fact.idleTimeoutSeconds;
  const found = seconds === stated ? `${seconds} s` : `${seconds} s, and ${stated} s are stated`;
  const todo = seconds === stated ? undefined : `deploy ${root}; until then websockets are cut after ${seconds} quiet seconds`;
  return [active, finding("balancer-idle-timeout", `${what}: idle timeout`, found, todo)];
}

async function listeners(aws: Aws, root: string, fact: LoadBalancerFact, what: string): Promise<readonly Finding[]> {
  const balancer = await liveBalancer(aws, fact.name);
  if (balancer === undefined) return [];
  const live = await liveListeners(aws, balancer);
  const faults = [...portFaults(live, fact), ...(await routeFaults(aws, live, fact))];
  const found = faults.length === 0 ? live.map(portOf).sort().join(", ") : faults.join("; ");
  return [finding("balancer-listeners", what, found, faults.length === 0 ? undefined : `deploy ${root}`)];
}

function portFaults(live: readonly Listener[], fact: LoadBalancerFact): readonly string[] {
  const stated = new Set(fact.listeners.map(({ port, protocol }) => `${protocol.split(" ")[0]} ${port}`));
  const there = new Set(live.map(portOf));
  return [
    ...[...stated].filter((port) => !there.has(port)).map((port) => `nothing listens on ${port}`),
    ...[...there].filter((port) => !stated.has(port)).map((port) => `${port} is open and not stated`),
  ];
}

/** Routes are stated as a protocol with conditions: `HTTPS shop.example.com`. A listener must have a rule with each of them. */
async function routeFaults(aws: Aws, live: readonly Listener[], fact: LoadBalancerFact): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const { port, protocol } of fact.listeners) {
    const conditions = protocol.split(" ").filter((word, place) => place > 0 && word !== "header");
    const listener = live.find(({ Port }) => Port === port);
    if (conditions.length === 0 || listener === undefined) continue;
    const rules = await rulesOf(aws, listener);
    if (!rules.some((rule) => conditions.every((condition) => conditionsOf(rule).includes(condition))))
      faults.push(`no rule of port ${port} takes ${conditions.join(" ")}`);
  }
  return faults;
}

function rulesOf(aws: Aws, { ListenerArn }: Listener): Promise<readonly Rule[]> {
  return aws.once(`rules of ${ListenerArn}`, async () => {
    const describe = new DescribeRulesCommand({ ListenerArn });
    return (await aws.ask((options) => aws.client(ElasticLoadBalancingV2Client).send(describe, options))).Rules ?? [];
  });
}

function conditionsOf({ Conditions = [] }: Rule): readonly string[] {
  return Conditions.flatMap(({ HostHeaderConfig, PathPatternConfig, SourceIpConfig, HttpHeaderConfig }) => [
    ...(HostHeaderConfig?.Values ?? []),
    ...(PathPatternConfig?.Values ?? []),
    ...(SourceIpConfig?.Values ?? []),
    ...(HttpHeaderConfig?.HttpHeaderName === undefined ? [] : [HttpHeaderConfig.HttpHeaderName]),
  ]);
}

function portOf({ Protocol, Port }: Listener): string {
  return `${Protocol} ${Port}`;
}
