import { PutMetricAlarmCommand } from "@aws-sdk/client-cloudwatch";
import { CreateLogGroupCommand, CreateLogStreamCommand, PutRetentionPolicyCommand } from "@aws-sdk/client-cloudwatch-logs";
import { CreateClusterCommand, CreateServiceCommand, RegisterTaskDefinitionCommand } from "@aws-sdk/client-ecs";
import { DescribeSecretCommand } from "@aws-sdk/client-secrets-manager";
import type { InventoryDocument } from "../../../../constructs/base/inventory-facts";
import type { ServiceFact } from "../../../../constructs/base/inventory-parts";
import type { Clients } from "./clients";
import type { DeployedNetwork } from "./deployed-network";

/** Makes a root's log groups and alarms. */
export async function deployObservability({ logs, cloudwatch }: Clients, { facts }: InventoryDocument): Promise<void> {
  for (const fact of facts) {
    if (fact.kind === "logGroup") {
      const logGroupName = fact.name;
      await logs.send(new CreateLogGroupCommand({ logGroupName }));
      await logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: fact.retentionDays }));
      await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName: "main" }));
    }
    if (fact.kind === "alarm") await cloudwatch.send(alarm(fact.name, true));
  }
}

/** An alarm with somebody to tell. */
export function alarm(AlarmName: string, ActionsEnabled: boolean): PutMetricAlarmCommand {
  return new PutMetricAlarmCommand({
    AlarmName,
    ActionsEnabled,
    AlarmActions: ["arn:aws:sns:us-east-1:222222222222:alarms"],
    Namespace: "Test",
    MetricName: "Test",
    Statistic: "Sum",
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: 1,
    ComparisonOperator: "GreaterThanThreshold",
  });
}

/** Makes a root's cluster and services. Each service runs as many tasks as the emulator was told to. */
export async function deployServices(clients: Clients, inventory: InventoryDocument, network: DeployedNetwork): Promise<void> {
  const services = inventory.facts.filter((fact): fact is ServiceFact => fact.kind === "service");
  for (const clusterName of new Set(services.map(({ cluster }) => cluster)))
    await clients.ecs.send(new CreateClusterCommand({ clusterName }));
  for (const fact of services) {
    const taskDefinition = (await clients.ecs.send(await taskDefinitionOf(clients, inventory, fact))).taskDefinition?.taskDefinitionArn;
    await clients.ecs.send(
      new CreateServiceCommand({
        cluster: fact.cluster,
        serviceName: fact.name,
        taskDefinition,
        desiredCount: fact.tasks.min,
        launchType: "FARGATE",
        networkConfiguration: { awsvpcConfiguration: { subnets: [...network.subnetIds], securityGroups: [network.groupId(fact.id)] } },
      }),
    );
  }
}

/** What a service's tasks start from: each of its variables, out of the secret that has a key of the name. */
export async function taskDefinitionOf(
  { secrets }: Clients,
  { facts }: InventoryDocument,
  fact: ServiceFact,
): Promise<RegisterTaskDefinitionCommand> {
  const arnOf = async (SecretId: string): Promise<string> => (await secrets.send(new DescribeSecretCommand({ SecretId }))).ARN ?? "";
  const containerDefinitions = await Promise.all(
    fact.containers.map(async ({ name, variables, secrets: read }) => {
      const keys = facts.flatMap((other) =>
        other.kind === "secret" && read.includes(other.name) ? other.keys.map((key) => [key, other.name] as const) : [],
      );
      const secretOf = new Map(keys);
      const references = variables.flatMap((variable) => {
        const secret = secretOf.get(variable);
        return secret === undefined ? [] : [{ variable, secret }];
      });
      return {
        name,
        image: "image",
        memory: 512,
        environment: variables.filter((variable) => !secretOf.has(variable)).map((variable) => ({ name: variable, value: "plain" })),
        secrets: await Promise.all(
          references.map(async ({ variable, secret }) => ({ name: variable, valueFrom: `${await arnOf(secret)}:${variable}::` })),
        ),
      };
    }),
  );
  return new RegisterTaskDefinitionCommand({ family: fact.family, containerDefinitions });
}
