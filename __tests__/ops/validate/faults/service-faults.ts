import { type ContainerDefinition, RegisterTaskDefinitionCommand, UpdateServiceCommand } from "@aws-sdk/client-ecs";
import { taskDefinitionOf } from "../support/deployed-services";
import { answering, answeringTo, asks, changed, type Fault, factOf } from "./fault";

const WEB = "staging-allthrive-web";
const WEAVIATE = "staging-allthrive-weaviate";

/** The web service, wanting another number of tasks. */
function withTasks(desiredCount: number): Fault["strike"] {
  return async (root) => {
    const { cluster } = factOf(root, "service", WEB);
    const set = (count: number) => root.clients.ecs.send(new UpdateServiceCommand({ cluster, service: WEB, desiredCount: count }));
    await set(desiredCount);
    return () => set(1);
  };
}

/** The web service on another revision. */
function withContainer(change: (container: ContainerDefinition) => ContainerDefinition): Fault["strike"] {
  return async (root) => {
    const { ecs } = root.clients;
    const fact = factOf(root, "service", WEB);
    const right = (await taskDefinitionOf(root.clients, root.inventory, fact)).input;
    const release = async (containerDefinitions: ContainerDefinition[]) => {
      const { taskDefinition } = await ecs.send(new RegisterTaskDefinitionCommand({ ...right, containerDefinitions }));
      await ecs.send(new UpdateServiceCommand({ cluster: fact.cluster, service: WEB, taskDefinition: taskDefinition?.taskDefinitionArn }));
    };
    const containers = right.containerDefinitions ?? [];
    await release(containers.map(change));
    return () => release(containers);
  };
}

/** The web service's reference to a key, written otherwise. */
function withReference(variable: string, change: (valueFrom: string) => string): Fault["strike"] {
  return withContainer(({ secrets = [], ...container }) => ({
    ...container,
    secrets: secrets.map(({ name, valueFrom = "" }) => ({ name, valueFrom: name === variable ? change(valueFrom) : valueFrom })),
  }));
}

/** What ECS says of a service, otherwise. */
function answeringOf(service: string, change: (service: Record<string, unknown>) => void): Fault["strike"] {
  return answeringTo(
    "DescribeServices",
    (answer) =>
      changed(answer, (document) => {
        for (const one of (document["services"] ?? []) as Record<string, unknown>[]) change(one);
      }),
    `"${service}"`,
  );
}

/** A task of the web service that stopped. */
function stopped(stopCode: string, stoppedReason: string, minutesAgo = 5): Fault["strike"] {
  return answering((question, answer) => {
    if (asks(question, "ListTasks", WEB)) return JSON.stringify({ taskArns: ["arn:aws:ecs:us-east-1:222222222222:task/cluster/1"] });
    if (!asks(question, "DescribeTasks")) return answer;
    const stoppedAt = Date.now() / 1000 - minutesAgo * 60;
    const containers = [{ name: "web", exitCode: 137, reason: "OutOfMemoryError: Container killed due to memory usage" }];
    return JSON.stringify({ tasks: [{ stopCode, stoppedReason, stoppedAt, containers }] });
  });
}

export const SERVICE_FAULTS: readonly Fault[] = [
  {
    title: "a service that is gone",
    heading: "service-exists",
    what: WEB,
    found: "does not exist",
    strike: answeringTo("DescribeServices", () => JSON.stringify({ services: [] }), `"${WEB}"`),
  },
  {
    title: "a service with fewer tasks than it wants",
    heading: "service-tasks",
    what: WEB,
    found: "0 of 1 run; ECS says: (service web) was unable to place a task",
    strike: answeringOf(WEB, (service) => {
      Object.assign(service, { runningCount: 0, events: [{ message: "(service web) was unable to place a task" }] });
    }),
  },
  { title: "a service that was shut down", heading: "service-tasks", what: WEB, found: "and 1 are stated", strike: withTasks(0) },
  {
    title: "a release that was rolled back",
    heading: "service-deployment",
    what: WEB,
    found: "FAILED: tasks failed to start",
    strike: answeringOf(WEB, (service) => {
      const [deployment] = service["deployments"] as Record<string, unknown>[];
      Object.assign(deployment ?? {}, { rolloutState: "FAILED", rolloutStateReason: "tasks failed to start" });
    }),
  },
  {
    title: "a container without one of its plain variables",
    heading: "service-variables",
    what: WEB,
    found: "missing: web/WEAVIATE_URL",
    strike: withContainer(({ environment = [], ...container }) => ({
      ...container,
      environment: environment.filter(({ name }) => name !== "WEAVIATE_URL"),
    })),
  },
  {
    title: "a container without one of its secret variables",
    heading: "service-variables",
    what: WEB,
    found: "missing: web/SECRET_KEY",
    strike: withContainer(({ secrets = [], ...container }) => ({
      ...container,
      secrets: secrets.filter(({ name }) => name !== "SECRET_KEY"),
    })),
  },
  {
    title: "a container that reads a secret which was made anew",
    heading: "service-secrets",
    what: WEB,
    found: "SENTRY_DSN is in another staging/allthrive/app than the one there is",
    strike: withReference("SENTRY_DSN", (valueFrom) => valueFrom.replace(/-[A-Za-z0-9]{6}:/, "-AbCdEf:")),
  },
  {
    title: "a container that reads a key which is not stated",
    heading: "service-secrets",
    what: WEB,
    found: "SENTRY_DSN is a key that staging/allthrive/app does not have",
    strike: withReference("SENTRY_DSN", (valueFrom) => valueFrom.replace(":SENTRY_DSN::", ":SENTRY::")),
  },
  {
    title: "a container that reads a secret which does not exist",
    heading: "service-secrets",
    what: WEB,
    found: "SENTRY_DSN is in staging/allthrive/apps, which does not exist",
    strike: withReference("SENTRY_DSN", (valueFrom) => valueFrom.replace("allthrive/app-", "allthrive/apps-")),
  },
  {
    title: "a service that nobody finds by its name",
    heading: "service-connect",
    what: WEAVIATE,
    found: "nobody finds weaviate:8080, weaviate:50051",
    strike: answeringOf(WEAVIATE, (service) => {
      for (const deployment of service["deployments"] as Record<string, unknown>[]) delete deployment["serviceConnectConfiguration"];
    }),
  },
  {
    title: "a task that could not start",
    heading: "service-stopped-tasks",
    what: WEB,
    found: "ResourceInitializationError: unable to pull secrets",
    strike: stopped("TaskFailedToStart", "ResourceInitializationError: unable to pull secrets"),
  },
  {
    title: "a task that ran out of memory",
    heading: "service-stopped-tasks",
    what: WEB,
    found: "Essential container in task exited (web exit code 137: OutOfMemoryError",
    strike: stopped("EssentialContainerExited", "Essential container in task exited"),
  },
];

/** Tasks that stop without anything being wrong. */
export const ORDERLY_STOPS: readonly (readonly [title: string, strike: Fault["strike"]])[] = [
  ["a release stopped", stopped("ServiceSchedulerInitiated", "Scaling activity initiated by deployment")],
  ["Spot took back", stopped("SpotInterruption", "Your Spot Task was interrupted.")],
  ["stopped more than an hour ago", stopped("TaskFailedToStart", "CannotPullContainerError", 61)],
];
