import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { ENDPOINT_SERVICES, type EndpointService, InterfaceEndpoints } from "../../../constructs/network/interface-endpoints";
import { type Synthesized, synthesizeTestStack, type TestStack } from "../../support/synthesized";
import { addNetwork, addService } from "../parts";
import { once, rules, statements } from "../readings";

function synthEndpoints(
  services: readonly EndpointService[],
  use: (endpoints: InterfaceEndpoints, stack: TestStack) => void = () => undefined,
): Synthesized {
  return synthesizeTestStack((stack) => {
    use(new InterfaceEndpoints(stack, "Endpoints", { network: addNetwork(stack), services }), stack);
  });
}

const all = once(() => synthEndpoints(ENDPOINT_SERVICES));

/** Statements of one service's endpoint policy. */
function policyOf(service: EndpointService): unknown {
  return statements(all().byName(VpcEndpoint)[`endpoints_for_${service.replace(".", "_")}`]?.["policy"]);
}

const OWN_CALLERS = { "aws:PrincipalAccount": "111111111111" };
const OWN_ACCOUNT = { ...OWN_CALLERS, "aws:ResourceAccount": "111111111111" };
const ALL = { Effect: "Allow", Principal: "*", Action: "*", Resource: "*" };

describe("InterfaceEndpoints", () => {
  test("answer under the service's usual name in every private subnet", () => {
    expect(synthEndpoints(["logs"]).byName(VpcEndpoint)["endpoints_for_logs"]).toEqual({
      vpc_id: "${aws_vpc.network.id}",
      service_name: "com.amazonaws.eu-west-1.logs",
      vpc_endpoint_type: "Interface",
      private_dns_enabled: true,
      subnet_ids: ["${aws_subnet.network_private_a.id}", "${aws_subnet.network_private_b.id}"],
      security_group_ids: ["${aws_security_group.endpoints.id}"],
      policy: expect.any(String),
      tags: { Name: "shop-test-logs" },
    });
  });

  test("are shut until somebody is let in, and let in no more than he asks for", () => {
    expect(rules(all())).toEqual([]);
    const opened = synthEndpoints(["logs", "ssm"], (endpoints, stack) => {
      const network = stack.node.findChild("Network") as ReturnType<typeof addNetwork>;
      endpoints.connections?.allowFrom(addService(stack, "Web", network), "writes logs");
    });
    expect(rules(opened).filter((rule) => rule.includes("endpoints"))).toEqual([
      "in endpoints <- web tcp/443: writes logs",
      "out web -> endpoints tcp/443: writes logs",
    ]);
    expect(opened.edges()).toContain("Web -> Endpoints tcp/443: writes logs");
  });

  test.each(["elasticfilesystem", "logs", "monitoring", "secretsmanager"] as const)(
    "pass to %s what this account does with its own resources",
    (service) => {
      expect(policyOf(service)).toEqual([{ Sid: "OwnAccount", ...ALL, Condition: { StringEquals: OWN_ACCOUNT } }]);
    },
  );

  test.each(["ecr.api", "ecr.dkr"] as const)("pass pulls of AWS's own images to %s, and no push to another account", (service) => {
    const pulls = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetAuthorizationToken", "ecr:GetDownloadUrlForLayer"];
    expect(policyOf(service)).toEqual([
      { Sid: "OwnAccount", ...ALL, Condition: { StringEquals: OWN_ACCOUNT } },
      { Sid: "OwnPulls", ...ALL, Action: pulls, Condition: { StringEquals: OWN_CALLERS } },
    ]);
  });

  test.each(["ssm", "ssmmessages", "sts"] as const)("pass to %s what callers of this account do", (service) => {
    expect(policyOf(service)).toEqual([{ Sid: "OwnCallers", ...ALL, Condition: { StringEquals: OWN_CALLERS } }]);
  });

  test("are stated with what they let through and how many zones they are paid for in", () => {
    expect(synthEndpoints(["ecr.api", "logs", "sts"]).edges()).toEqual([
      "Endpoints -> AWS ecr.api tcp/443: passes calls of this account to this account, and pulls of AWS's own images, in 2 zones, without NAT",
      "Endpoints -> AWS logs tcp/443: passes calls of this account to this account, in 2 zones, without NAT",
      "Endpoints -> AWS sts tcp/443: passes calls of this account, in 2 zones, without NAT",
    ]);
  });

  test("keep their addresses when others come or go", () => {
    const types = [VpcEndpoint, SecurityGroup];
    expect(synthEndpoints(["sts", "ecr.api"]).addresses(...types)).toEqual(
      expect.arrayContaining(synthEndpoints(["ecr.api"]).addresses(...types)),
    );
    expect(synthEndpoints(["ecr.api"]).addresses(VpcEndpoint)).toContain("aws_vpc_endpoint.endpoints_for_ecr_api");
  });

  test("make nothing for an empty list", () => {
    let connections: unknown = "not asked";
    const none = synthEndpoints([], (endpoints) => {
      connections = endpoints.connections;
    });
    expect(connections).toBeUndefined();
    expect(none.all(SecurityGroup)).toEqual([]);
    expect(none.addresses(VpcEndpoint)).toEqual(["aws_vpc_endpoint.network_s3_endpoint"]);
    expect(none.edges()).toEqual([]);
  });

  test("refuse a service that is named twice", () => {
    expect(() => synthEndpoints(["logs", "sts", "logs"])).toThrow(
      'shop-test/Endpoints: services must name each service once, got ["logs"]',
    );
  });
});
