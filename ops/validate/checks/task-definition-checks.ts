import type { ContainerDefinition } from "@aws-sdk/client-ecs";
import type { InventoryDocument, SecretFact } from "../../../constructs/base/inventory-facts";
import type { ServiceFact } from "../../../constructs/base/inventory-parts";
import type { Aws } from "../aws";
import { type Finding, finding } from "../finding";
import { secretArn } from "../live/live-secret";
import { liveService, liveTaskDefinition } from "../live/live-service";

/** Whether every stated variable of every container is in what tasks are started from. */
export async function taskDefinitionVariables(aws: Aws, root: string, fact: ServiceFact, what: string): Promise<readonly Finding[]> {
  const live = await liveContainers(aws, fact);
  if (live === undefined) return [];
  const stated = fact.containers.flatMap(({ name, variables }) => variables.map((variable) => ({ container: name, variable })));
  const missing = stated.filter(({ container, variable }) => {
    const { environment = [], secrets = [] } = live.find(({ name }) => name === container) ?? {};
    return ![...environment, ...secrets].some(({ name }) => name === variable);
  });
  const names = missing.map(({ container, variable }) => `${container}/${variable}`).join(", ");
  const found = missing.length === 0 ? `${stated.length} of ${stated.length} are there` : `missing: ${names}`;
  return [finding("service-variables", what, found, missing.length === 0 ? undefined : `deploy ${root}, then release again`)];
}

/** Whether what tasks read leads to secrets and keys that exist. What a secret holds is a finding of the secret itself. */
export async function taskDefinitionSecrets(
  aws: Aws,
  { root, facts }: InventoryDocument,
  fact: ServiceFact,
  what: string,
): Promise<readonly Finding[]> {
  const live = await liveContainers(aws, fact);
  if (live === undefined) return [];
  const known = facts.filter((other): other is SecretFact => other.kind === "secret");
  const read = live.flatMap(({ secrets = [] }) => secrets);
  const faults = await Promise.all(read.map(({ name = "?", valueFrom = "" }) => secretFault(aws, name, valueFrom, known)));
  const wrong = [...new Set(faults.flatMap((fault) => fault ?? []))];
  const found = wrong.length === 0 ? `${read.length} of ${read.length} lead somewhere` : wrong.join("; ");
  return [finding("service-secrets", what, found, wrong.length === 0 ? undefined : `deploy ${root}, then release again`)];
}

/** What is wrong with one reference to a secret, `ARN:key:stage:version`. A secret that is away is a finding of its own. */
async function secretFault(aws: Aws, variable: string, valueFrom: string, known: readonly SecretFact[]): Promise<string | undefined> {
  const [, arn, path, key] = /^(arn:[^:]*:secretsmanager:[^:]*:[^:]*:secret:([^:]*))(?::([^:]*).*)?$/.exec(valueFrom) ?? [];
  // Parameters of Systems Manager can stand here too; nobody states any.
  if (arn === undefined || path === undefined) return `${variable} is no secret of Secrets Manager`;
  // Secrets Manager ends an ARN in a hyphen and six characters of its own.
  const name = path.replace(/-[A-Za-z0-9]{6}$/, "");
  const live = await secretArn(aws, name);
  if (live === undefined) return known.some((fact) => fact.name === name) ? undefined : `${variable} is in ${name}, which does not exist`;
  if (live !== arn) return `${variable} is in another ${name} than the one there is`;
  const fact = known.find((other) => other.name === name);
  if (fact !== undefined && key !== undefined && key !== "" && !fact.keys.includes(key))
    return `${variable} is a key that ${name} does not have`;
  return undefined;
}

async function liveContainers(aws: Aws, fact: ServiceFact): Promise<readonly ContainerDefinition[] | undefined> {
  const service = await liveService(aws, fact);
  return service === undefined ? undefined : ((await liveTaskDefinition(aws, service))?.containerDefinitions ?? []);
}
