import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { rules, statements } from "../constructs/readings";
import { packHandlers } from "../support/packed-handlers";
import { ALL } from "./marqo-roots";

beforeAll(packHandlers);

describe.each(ALL)("Marqo in %s", (environment, root) => {
  test("lets the balancer reach the service, the service reach AWS and other companies, and nobody reach the balancer by its rules", () => {
    const through = `requests through ${environment}-MonolithNlb`;
    expect(rules(root())).toEqual([
      `in monolith <- balancer tcp/8000: ${through}`,
      `out balancer -> monolith tcp/8000: ${through}`,
      "out monolith -> 0.0.0.0/0 tcp/443: pulls images, reads secrets, writes logs, calls other companies",
    ]);
    expect(Object.keys(root().byName(SecurityGroup)).sort()).toEqual(["balancer", "monolith"]);
  });

  test("states the same in its inventory", () => {
    expect(root().edges()).toEqual([
      `Balancer -> Monolith tcp/8000: requests through ${environment}-MonolithNlb`,
      "Monolith -> Internet (0.0.0.0/0) tcp/443: pulls images, reads secrets, writes logs, calls other companies",
    ]);
  });

  test("has one balancer, internal, in every private subnet, across zones, which takes API Gateway's private link", () => {
    expect(root().only(Lb)).toMatchObject({
      name: `${environment}-MonolithNlb`,
      load_balancer_type: "network",
      internal: true,
      enable_cross_zone_load_balancing: true,
      // Its group admits nobody; API Gateway comes by PrivateLink, which is not asked.
      enforce_security_group_inbound_rules_on_private_link_traffic: "off",
      security_groups: ["${aws_security_group.balancer.id}"],
      subnet_mapping: [{ subnet_id: "${aws_subnet.network_private_a.id}" }, { subnet_id: "${aws_subnet.network_private_b.id}" }],
      enable_deletion_protection: environment === "prod",
    });
    expect(root().only(LbListener)).toMatchObject({
      port: 8000,
      protocol: "TCP",
      default_action: [{ type: "forward", target_group_arn: "${aws_lb_target_group.balancer_http_targets.arn}" }],
    });
  });

  test("sends to tasks that answer /health, whose group sees the balancer and not the caller", () => {
    expect(root().only(LbTargetGroup)).toMatchObject({
      port: 8000,
      protocol: "TCP",
      target_type: "ip",
      // With the caller's address the service's group would have to admit API Gateway's, which change.
      preserve_client_ip: "false",
      health_check: { protocol: "HTTP", path: "/health", matcher: "200" },
    });
    expect(root().only(EcsService)["load_balancer"]).toEqual([
      { container_name: "monolith", container_port: 8000, target_group_arn: "${aws_lb_target_group.balancer_http_targets.arn}" },
    ]);
  });

  test("gives no task and no subnet a public address, and nobody the bucket but the API's role", () => {
    expect(root().only(EcsService)).toMatchObject({
      network_configuration: {
        assign_public_ip: false,
        subnets: ["${aws_subnet.network_private_a.id}", "${aws_subnet.network_private_b.id}"],
        security_groups: ["${aws_security_group.monolith.id}"],
      },
    });
    for (const subnet of root().all(Subnet)) expect(subnet["map_public_ip_on_launch"]).toBe(false);
    expect(root().only(S3BucketPublicAccessBlock)).toMatchObject({
      bucket: "${aws_s3_bucket.api_site.id}",
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
    expect((statements(root().only(S3BucketPolicy)["policy"]) as { Effect: string }[]).map(({ Effect }) => Effect)).toEqual(["Deny"]);
  });
});
