import type { Service } from "@aws-sdk/client-ecs";
import type { InventoryDocument } from "../../../constructs/base/inventory-facts";
import type { ServiceFact } from "../../../constructs/base/inventory-parts";
import type { Aws } from "../aws";
import type { Check } from "../check";
import { absent, type Finding, finding } from "../finding";
import { liveService } from "../live/live-service";
import { stoppedTasks } from "./stopped-tasks";
import { taskDefinitionSecrets, taskDefinitionVariables } from "./task-definition-checks";

const part = "services";

/** An ECS service: there, with all its tasks, on its last release, with the variables and secrets that are stated, and callable. */
export function serviceChecks(aws: Aws, inventory: InventoryDocument, fact: ServiceFact): readonly Check[] {
  const { root } = inventory;
  const what = `service ${fact.name}`;
  const variables = `${what}: environment variables`;
  const secrets = `${what}: secrets of its tasks`;
  const stopped = `${what}: tasks that stopped`;
  return [
    { part, heading: "service-exists", what, look: () => state(aws, root, fact, what) },
    { part, heading: "service-variables", what: variables, look: () => taskDefinitionVariables(aws, root, fact, variables) },
    { part, heading: "service-secrets", what: secrets, look: () => taskDefinitionSecrets(aws, inventory, fact, secrets) },
    { part, heading: "service-stopped-tasks", what: stopped, look: () => stoppedTasks(aws, fact, stopped) },
  ];
}

async function state(aws: Aws, root: string, fact: ServiceFact, what: string): Promise<readonly Finding[]> {
  const service = await liveService(aws, fact);
  if (service === undefined) return [absent("service-exists", what, `deploy ${root}`)];
  return [tasks(service, fact, what), rollout(service, what), ...calls(service, root, fact, what)];
}

function tasks({ runningCount = 0, desiredCount = 0, events = [] }: Service, fact: ServiceFact, what: string): Finding {
  const found = `${runningCount} of ${desiredCount} run`;
  const aspect = `${what}: tasks`;
  if (desiredCount < fact.tasks.min) {
    const wanted = `${found}, and ${fact.tasks.min} are stated`;
    const todo = `aws ecs update-service --cluster ${fact.cluster} --service ${fact.name} --desired-count ${fact.tasks.min}`;
    return finding("service-tasks", aspect, wanted, todo);
  }
  if (runningCount === desiredCount) return finding("service-tasks", aspect, found);
  const last = events[0]?.message;
  const todo = "read why tasks stopped, and its log group";
  return finding("service-tasks", aspect, last === undefined ? found : `${found}; ECS says: ${last}`, todo);
}

function rollout({ deployments = [] }: Service, what: string): Finding {
  const aspect = `${what}: last deployment`;
  const last = deployments.find(({ status }) => status === "PRIMARY");
  if (last?.rolloutState === "COMPLETED") return finding("service-deployment", aspect, "completed");
  const found =
    last === undefined ? "there is none" : `${last.rolloutState ?? "unknown"}: ${last.rolloutStateReason ?? "ECS gives no reason"}`;
  const todo = last?.rolloutState === "IN_PROGRESS" ? "wait, and run again" : "read the reason, put it right and release again";
  return finding("service-deployment", aspect, found, todo);
}

/** Whether Service Connect offers the service under its name, on its ports. */
function calls({ deployments = [] }: Service, root: string, { discovery }: ServiceFact, what: string): readonly Finding[] {
  if (discovery === undefined) return [];
  const { name, ports } = discovery;
  const aspect = `${what}: name in the network`;
  const last = deployments.find(({ status }) => status === "PRIMARY")?.serviceConnectConfiguration;
  const offered = (last?.enabled === true ? (last.services ?? []) : []).flatMap(({ clientAliases = [] }) => clientAliases);
  const missing = ports.filter((port) => !offered.some((alias) => alias.dnsName === name && alias.port === port));
  if (missing.length === 0) return [finding("service-connect", aspect, ports.map((port) => `${name}:${port}`).join(", "))];
  const found = `nobody finds ${missing.map((port) => `${name}:${port}`).join(", ")}`;
  return [finding("service-connect", aspect, found, `deploy ${root}, then start those who call it anew`)];
}
