import { DescribeServicesCommand, DescribeTaskDefinitionCommand, ECSClient, type Service, type TaskDefinition } from "@aws-sdk/client-ecs";
import type { ServiceFact } from "../../../constructs/base/inventory-parts";
import type { Aws } from "../aws";

/** @returns undefined when the service, or its cluster, does not exist. */
export function liveService(aws: Aws, { cluster, name }: ServiceFact): Promise<Service | undefined> {
  return aws.once(`service ${cluster}/${name}`, async () => {
    const describe = new DescribeServicesCommand({ cluster, services: [name] });
    const answer = await aws.find((options) => aws.client(ECSClient).send(describe, options), "ClusterNotFoundException");
    const service = answer?.services?.[0];
    return service?.status === "INACTIVE" ? undefined : service;
  });
}

/** What the service's tasks are started from. */
export function liveTaskDefinition(aws: Aws, { taskDefinition }: Service): Promise<TaskDefinition | undefined> {
  return aws.once(`task definition ${taskDefinition}`, async () => {
    const describe = new DescribeTaskDefinitionCommand({ taskDefinition });
    return (await aws.ask((options) => aws.client(ECSClient).send(describe, options))).taskDefinition;
  });
}
