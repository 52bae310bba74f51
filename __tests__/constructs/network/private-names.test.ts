import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { ServiceDiscoveryPrivateDnsNamespace } from "@cdktf/provider-aws/lib/service-discovery-private-dns-namespace";
import { ServiceDiscoveryService } from "@cdktf/provider-aws/lib/service-discovery-service";
import { PrivateNames } from "../../../constructs/network/private-names";
import { type Synthesized, synthesizeTestStack } from "../../support/synthesized";
import { addNetwork, addService } from "../parts";

function synthNames(): { synthesized: Synthesized; given: string } {
  let given = "";
  const synthesized = synthesizeTestStack((stack) => {
    const network = addNetwork(stack);
    given = new PrivateNames(stack, "Names", { network, domain: "shop.internal" }).give(addService(stack, "Tools", network), "tools");
  });
  return { synthesized, given };
}

describe("PrivateNames", () => {
  test("answers inside the network only", () => {
    expect(synthNames().synthesized.only(ServiceDiscoveryPrivateDnsNamespace)).toEqual({
      name: "shop.internal",
      vpc: "${aws_vpc.network.id}",
    });
  });

  test("gives a name that follows the service's tasks", () => {
    const { synthesized, given } = synthNames();
    expect(given).toBe("tools.shop.internal");
    expect(synthesized.only(ServiceDiscoveryService)).toMatchObject({
      name: "tools",
      dns_config: {
        namespace_id: "${aws_service_discovery_private_dns_namespace.names.id}",
        routing_policy: "MULTIVALUE",
        dns_records: [{ type: "A", ttl: 15 }],
      },
    });
    expect(synthesized.only(EcsService)["service_registries"]).toEqual({
      registry_arn: "${aws_service_discovery_service.names_tools.arn}",
    });
  });

  // ECS takes its tasks out of the registry some time after the service is gone, and AWS refuses to delete a registry that has any.
  test("goes although tasks are still registered", () => {
    expect(synthNames().synthesized.only(ServiceDiscoveryService)).toMatchObject({ force_destroy: true });
  });

  test("keeps its addresses", () => {
    expect(synthNames().synthesized.addresses(ServiceDiscoveryPrivateDnsNamespace, ServiceDiscoveryService)).toEqual([
      "aws_service_discovery_private_dns_namespace.names",
      "aws_service_discovery_service.names_tools",
    ]);
  });
});
