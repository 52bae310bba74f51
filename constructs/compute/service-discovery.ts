import type {
  EcsServiceServiceConnectConfiguration,
  EcsServiceServiceConnectConfigurationService,
} from "@cdktf/provider-aws/lib/ecs-service";
import type { Construct } from "constructs";
import { PropsError } from "../base/props-error";
import { SystemStack } from "../base/system-stack";
import type { LogGroup } from "../observability/log-group";
import { allPorts, type Container } from "./container";

/**
 * How a service takes part in Service Connect: as one that calls others by their short names, or as one that is called.
 * Both ends run AWS's proxy, which balances, retries and counts.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect.html
 */
export type ServiceDiscovery<Port extends string = string> =
  | "caller"
  | {
      /** Short name that callers use, with the container's own port: `weaviate` in `http://weaviate:8080`. */
      readonly name: string;
      /** Ports that are called under it. They must say their protocol in the container. */
      readonly ports: readonly Port[];
    };

/**
 * Service Connect of one service.
 *
 * @throws {PropsError} for a port that no container listens on.
 */
export function serviceConnect<Port extends string>(
  scope: Construct,
  discovery: ServiceDiscovery<Port>,
  { namespaceArn, containers, logs }: { namespaceArn: string; containers: readonly Container<Port>[]; logs: LogGroup },
): EcsServiceServiceConnectConfiguration {
  return {
    enabled: true,
    namespace: namespaceArn,
    service: discovery === "caller" ? undefined : discovery.ports.map((port) => endpoint(scope, discovery.name, port, containers)),
    logConfiguration: {
      logDriver: "awslogs",
      options: {
        "awslogs-group": logs.nameOnceMade,
        "awslogs-region": SystemStack.of(scope).region,
        "awslogs-stream-prefix": "service-connect",
      },
    },
  };
}

function endpoint<Port extends string>(
  scope: Construct,
  name: string,
  port: Port,
  containers: readonly Container<Port>[],
): EcsServiceServiceConnectConfigurationService {
  const number: number | undefined = allPorts(containers)[port];
  if (number === undefined) throw new PropsError(scope, "discovery", "must name ports that a container listens on", port);
  // Each port is a name of its own in the namespace; callers see the alias, which all of them share.
  return { portName: port, discoveryName: `${name}-${port}`, clientAlias: { port: number, dnsName: name } };
}
