import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { PropsError } from "../base/props-error";
import type { EfsAccess } from "../data/file-system";
import { ReleasedImage } from "../delivery/released-image";
import type { SecretKey } from "../security/secret";
import { secretLikeVariables } from "./secret-like";

/** One container of a task. */
export interface Container<Port extends string = string> {
  readonly name: string;
  /** What CI releases, or a public image with its tag. */
  readonly image: ReleasedImage | string;
  /** Ports that it listens on, by name. @default - none */
  readonly ports?: { readonly [P in Port]?: number };
  /** Protocols of ports that Service Connect stands before, by their names. @default - none; TCP is passed on as it is */
  readonly protocols?: { readonly [P in Port]?: "http" | "http2" | "grpc" };
  /** Command in the container that ends with 0 while it is well; ECS replaces a task that is not. @default - none */
  readonly healthCheck?: HealthCommand;
  /** Plain settings. What looks like a secret is refused. @default - none */
  readonly environment?: Readonly<Record<string, string>>;
  /** Environment variables out of Secrets Manager. @default - none */
  readonly secrets?: Readonly<Record<string, SecretKey>>;
  /** File systems, by the path they are mounted at. @default - none */
  readonly mounts?: Readonly<Record<string, EfsAccess>>;
  readonly command?: readonly string[];
  /** Seconds between SIGTERM and SIGKILL, 2 to 120. @default 30 */
  readonly stopTimeoutSeconds?: number;
  /** Whether the task lives on without this container. @default true - the task ends with it */
  readonly essential?: boolean;
}

/** How ECS asks a container whether it is well: every 30 seconds, three bad answers in a row are too many. */
export interface HealthCommand {
  /** Run without a shell. */
  readonly command: readonly string[];
  /** Seconds after the start in which bad answers do not count, 0 to 300. */
  readonly startSeconds: number;
}

/** What a container's logs need to know of their surroundings. */
export interface LogTarget {
  readonly group: string;
  readonly region: string;
}

/**
 * Checks what the types cannot.
 *
 * @throws {PropsError} for a stop timeout that Fargate does not have, a variable that is plain and secret, and a plain one that looks like a secret.
 */
export function checkContainer(scope: Construct, { name, environment = {}, secrets = {}, stopTimeoutSeconds = 30 }: Container): void {
  if (stopTimeoutSeconds < 2 || stopTimeoutSeconds > 120) {
    throw new PropsError(
      scope,
      `container ${name}: stopTimeoutSeconds`,
      "must be 2 to 120, which is what Fargate waits",
      stopTimeoutSeconds,
    );
  }
  const twice = Object.keys(environment).filter((variable) => secrets[variable] !== undefined);
  if (twice.length > 0)
    throw new PropsError(scope, `container ${name}: environment`, "must not name a variable that is also a secret", twice);
  const suspicious = secretLikeVariables(environment);
  if (suspicious.length > 0) {
    // The names alone: an error must not show what may be a secret.
    throw new PropsError(scope, `container ${name}: environment`, "must hold no secret; use secrets for these variables", suspicious);
  }
}

/** The container as ECS writes it in a task definition: every key in ECS's order of spelling, nothing that is not set. */
export function containerDefinition(container: Container, logs: LogTarget): object {
  const {
    name,
    image,
    ports = {},
    protocols = {} as Record<string, string>,
    healthCheck,
    environment = {},
    secrets = {},
    mounts = {},
    command,
    stopTimeoutSeconds = 30,
    essential = true,
  } = container;
  return {
    name,
    image: image instanceof ReleasedImage ? image.image : image,
    essential,
    command,
    portMappings: sorted(ports).map(([portName, port]) => ({
      name: portName,
      containerPort: port,
      hostPort: port,
      protocol: "tcp",
      appProtocol: protocols[portName],
    })),
    environment: sorted(environment).map(([variable, value]) => ({ name: variable, value })),
    secrets: sorted(secrets).map(([variable, key]) => ({ name: variable, valueFrom: key.valueFrom })),
    mountPoints: sorted(mounts).map(([path, access]) => ({ containerPath: path, sourceVolume: access.volume, readOnly: false })),
    healthCheck:
      healthCheck === undefined
        ? undefined
        : { command: ["CMD", ...healthCheck.command], interval: 30, timeout: 5, retries: 3, startPeriod: healthCheck.startSeconds },
    // ECS Exec starts helpers in the container; init adopts them, and passes SIGTERM on.
    linuxParameters: { initProcessEnabled: true },
    stopTimeout: stopTimeoutSeconds,
    logConfiguration: {
      logDriver: "awslogs",
      options: { "awslogs-group": logs.group, "awslogs-region": logs.region, "awslogs-stream-prefix": name },
    },
    systemControls: [],
    volumesFrom: [],
  };
}

function sorted<T>(record: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Ports of all containers, by name. */
export function allPorts<Port extends string>(containers: readonly Container<Port>[]): Record<Port, number> {
  return Object.assign({}, ...containers.map(({ ports }) => ports ?? {}));
}

/**
 * Checks what containers of one task must agree on.
 *
 * @throws {PropsError} for no container, two of one name or with one port name, or none that the task depends on.
 */
export function checkContainers(scope: Construct, containers: readonly Container[]): void {
  if (containers.length === 0) throw new PropsError(scope, "containers", "must name at least one", containers);
  const names = containers.map(({ name }) => name);
  if (new Set(names).size < names.length) throw new PropsError(scope, "containers", "must have different names", names);
  const ports = containers.flatMap((container) => Object.keys(container.ports ?? {}));
  if (new Set(ports).size < ports.length) throw new PropsError(scope, "containers", "must have different names for their ports", ports);
  if (containers.every(({ essential }) => essential === false)) {
    throw new PropsError(scope, "containers", "must have one that is essential, without which the task ends", names);
  }
  for (const container of containers) checkContainer(scope, container);
}

/** What sets the values of the secrets that containers read, where Terraform does. */
export function secretValues(containers: readonly Container[]): ITerraformDependable[] {
  return containers.flatMap(({ secrets = {} }) => Object.values(secrets)).flatMap(({ secret }) => secret.value ?? []);
}

/** File systems that containers mount, each volume once. */
export function uniqueAccesses(containers: readonly Container[]): EfsAccess[] {
  const byVolume = new Map(containers.flatMap(({ mounts = {} }) => Object.values(mounts)).map((access) => [access.volume, access]));
  return [...byVolume.values()];
}
