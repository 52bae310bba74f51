import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { ServiceDiscoveryHttpNamespace } from "@cdktf/provider-aws/lib/service-discovery-http-namespace";
import { EcsCluster } from "../../../constructs/compute/ecs-cluster";
import type { FargateServiceProps } from "../../../constructs/compute/fargate-service";
import { type Synthesized, synthesizeTestStack, type TestStack } from "../../support/synthesized";
import { addNetwork, addService } from "../parts";
import { containers, once } from "../readings";

const SEARCH: Partial<FargateServiceProps<"rest" | "grpc">> = {
  containers: [
    {
      name: "weaviate",
      image: "registry.example.com/weaviate:1",
      ports: { rest: 8080, grpc: 50051 },
      protocols: { rest: "http", grpc: "grpc" },
    },
  ],
  discovery: { name: "weaviate", ports: ["rest", "grpc"] },
};

function synthShop(make: (stack: TestStack, network: ReturnType<typeof addNetwork>) => void): Synthesized {
  return synthesizeTestStack((stack) => {
    new EcsCluster(stack, "Cluster", { name: "shop", namespace: "shop" });
    make(stack, addNetwork(stack));
  });
}

const both = once(() =>
  synthShop((stack, network) => {
    addService<"rest" | "grpc">(stack, "Search", network, SEARCH);
    addService(stack, "Web", network, { discovery: "caller" });
  }),
);

describe("Service Connect", () => {
  test("gives a service one short name on each of its own ports", () => {
    expect(both().only(ServiceDiscoveryHttpNamespace)).toMatchObject({ name: "shop" });
    expect(both().byName(EcsService)["search"]).toMatchObject({
      service_connect_configuration: {
        enabled: true,
        namespace: "${aws_service_discovery_http_namespace.cluster_namespace.arn}",
        service: [
          { port_name: "rest", discovery_name: "weaviate-rest", client_alias: { port: 8080, dns_name: "weaviate" } },
          { port_name: "grpc", discovery_name: "weaviate-grpc", client_alias: { port: 50051, dns_name: "weaviate" } },
        ],
      },
    });
  });

  test("knows the protocol of a port, so that it balances requests and not connections", () => {
    const task = both().byName(EcsTaskDefinition)["search_task_definition"];
    expect(containers(task ?? {})[0]?.["portMappings"]).toEqual([
      { name: "grpc", containerPort: 50051, hostPort: 50051, protocol: "tcp", appProtocol: "grpc" },
      { name: "rest", containerPort: 8080, hostPort: 8080, protocol: "tcp", appProtocol: "http" },
    ]);
  });

  test("starts callers after those they call: a task never learns of a name that comes later", () => {
    expect(both().byName(EcsService)["web"]).toMatchObject({
      service_connect_configuration: { enabled: true, log_configuration: { options: { "awslogs-stream-prefix": "service-connect" } } },
      depends_on: expect.arrayContaining(["aws_ecs_service.search"]),
    });
    expect(both().byName(EcsService)["web"]?.["service_connect_configuration"]).not.toHaveProperty("service");
  });

  test("is not there until a service asks for it", () => {
    const synthesized = synthShop((stack, network) => addService(stack, "Web", network));
    expect(synthesized.only(EcsService)).not.toHaveProperty("service_connect_configuration");
  });

  test("refuses a port that no container listens on, and a cluster without a namespace", () => {
    expect(() =>
      synthShop((stack, network) => addService(stack, "Web", network, { discovery: { name: "web", ports: ["rest" as "http"] } })),
    ).toThrow('shop-test/Web: discovery must name ports that a container listens on, got "rest"');
    expect(() => synthesizeTestStack((stack) => addService(stack, "Web", addNetwork(stack), { discovery: "caller" }))).toThrow(
      'shop-test/Web: discovery must stand in a cluster with a namespace, got "shop"',
    );
  });
});
