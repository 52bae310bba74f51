import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { Lb } from "@cdktf/provider-aws/lib/lb";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { facts, statements } from "../constructs/readings";
import { frontEndFaults } from "./allthrive-front-end";
import { REACH, reachFaults, reachOf } from "./allthrive-reach";
import { BOTH, PRODUCTION, SECRET_HEADER, synthesizeAllThrive, synthesizeWith } from "./allthrive-roots";

describe.each(BOTH)("AllThrive in %s", (_environment, root) => {
  test("lets each reach exactly what it needs, by the rules that Terraform reads", () => {
    expect(reachOf(root())).toEqual(REACH.private);
  });

  test("states the same edges in its inventory, each with a reason", () => {
    const edges = root().edges();
    expect(edges.map((edge) => edge.slice(0, edge.indexOf(": "))).sort()).toEqual(REACH.private);
    for (const edge of edges) expect(edge).toMatch(/: \S.{7,}$/);
  });

  test("lets the internet in at the public balancer, and nowhere else", () => {
    const open = Object.entries(root().byName(VpcSecurityGroupIngressRule)).filter(
      ([, { cidr_ipv4, cidr_ipv6 }]) => cidr_ipv4 !== undefined || cidr_ipv6 !== undefined,
    );
    expect(open.map(([name, { cidr_ipv4 }]) => `${name} ${cidr_ipv4}`).sort()).toEqual([
      "alb_from_internet_http 0.0.0.0/0",
      "alb_from_internet_https 0.0.0.0/0",
    ]);
    expect(
      root()
        .all(Lb)
        .map(({ name, internal }) => `${String(name).split("-").at(-1)} ${internal}`)
        .sort(),
    ).toEqual(["alb false", "origin true"]);
  });

  test("gives no task, no subnet and no database a public address", () => {
    for (const service of root().all(EcsService)) expect(service).toMatchObject({ network_configuration: { assign_public_ip: false } });
    for (const subnet of root().all(Subnet)) expect(subnet["map_public_ip_on_launch"]).not.toBe(true);
    expect(root().only(DbInstance)).toMatchObject({ publicly_accessible: false });
  });

  test("shuts every bucket, and lets CloudFront alone read the front end", () => {
    const shut = { block_public_acls: true, block_public_policy: true, ignore_public_acls: true, restrict_public_buckets: true };
    expect(root().all(S3BucketPublicAccessBlock)).toHaveLength(root().all(S3Bucket).length);
    for (const block of root().all(S3BucketPublicAccessBlock)) expect(block).toMatchObject(shut);
    const allowed = Object.entries(root().byName(S3BucketPolicy)).flatMap(([name, { policy }]) =>
      (statements(policy) as { Sid: string; Effect: string; Principal: unknown }[])
        .filter(({ Effect }) => Effect === "Allow")
        .map(({ Sid, Principal }) => [name, Sid, Principal]),
    );
    const cloudfront = { Service: "cloudfront.amazonaws.com" };
    expect(allowed).toEqual([
      ["s3_frontend_policy", "CloudFrontReads", cloudfront],
      ["s3_frontend_policy", "CloudFrontTellsMissingFromForbidden", cloudfront],
    ]);
    expect(frontEndFaults(root())).toEqual([]);
  });
});

test("behind a secret header CloudFront comes in by the public balancer, and nobody has a private way", () => {
  expect(reachOf(SECRET_HEADER())).toEqual(REACH.secretHeader);
  expect(reachFaults(SECRET_HEADER(), "secretHeader")).toEqual([]);
});

test("endpoints beside NAT are reached by every task, and open nothing else", () => {
  const services = ["ecr.api", "ecr.dkr", "logs", "monitoring", "secretsmanager", "ssm", "ssmmessages"];
  const root = synthesizeWith("staging", { endpoints: services });
  expect(root.all(VpcEndpoint)).toHaveLength(services.length + 1);
  expect(reachFaults(root)).toEqual(["Celery", "CeleryBeat", "Weaviate", "Web"].map((task) => `open: Ecs/${task} -> Endpoints tcp/443`));
});

test("every service that there is stands in the list", () => {
  const listed = new Set(REACH.private.flatMap((line) => line.split(" ")));
  for (const { id } of facts(PRODUCTION(), "service")) expect(listed).toContain(id);
});

describe("the list tells", () => {
  test.each([
    ["a rule that is missing", "Rds", "FromEcsWeb-postgres", ["shut: Ecs/Web -> Rds tcp/5432"]],
    ["a rule that is missing on the caller's side", "Ecs/Web", "ToEcsWeaviate-rest", ["shut: Ecs/Web -> Ecs/Weaviate tcp/8080"]],
  ])("%s", (_what, part, rule, faults) => {
    const broken = synthesizeAllThrive("staging", undefined, (stack) => {
      const connections = part
        .split("/")
        .reduce((scope, id) => scope.findChild(id).node, stack.node)
        .findChild("Connections");
      expect(connections.node.tryRemoveChild(rule)).toBe(true);
    });
    expect(reachFaults(broken)).toEqual(faults);
  });

  test("a rule too many", () => {
    const broken = synthesizeAllThrive("staging", undefined, (stack) => {
      const rds = stack.node.findChild("Rds") as unknown as { connections: { allowFromInternet(because: string): void } };
      rds.connections.allowFromInternet("somebody was in a hurry");
    });
    expect(reachFaults(broken)).toEqual(["open: Internet (0.0.0.0/0) -> Rds tcp/5432"]);
  });
});
