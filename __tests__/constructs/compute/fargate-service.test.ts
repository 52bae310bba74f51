import { AppautoscalingTarget } from "@cdktf/provider-aws/lib/appautoscaling-target";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import type { FargateServiceProps } from "../../../constructs/compute/fargate-service";
import { type Synthesized, synthesizeTestStack } from "../../support/synthesized";
import { addNetwork, addService } from "../parts";
import { containers, facts, once, rules } from "../readings";

const IMAGE = "registry.example.com/app:1";

function synthService(props: Partial<FargateServiceProps<"http">> = {}): Synthesized {
  return synthesizeTestStack((stack) => addService(stack, "Api", addNetwork(stack), props));
}

const plain = once(() => synthService());

describe("FargateService", () => {
  test("keeps its tasks private, rolls a bad release back and can be looked into, when only the required props are given", () => {
    expect(plain().only(EcsService)).toMatchObject({
      name: "api",
      cluster: "${aws_ecs_cluster.cluster.arn}",
      launch_type: "FARGATE",
      platform_version: "LATEST",
      task_definition: "${aws_ecs_task_definition.api_task_definition.arn}",
      desired_count: 1,
      deployment_minimum_healthy_percent: 100,
      deployment_maximum_percent: 200,
      deployment_circuit_breaker: { enable: true, rollback: true },
      enable_execute_command: true,
      propagate_tags: "SERVICE",
      network_configuration: {
        subnets: ["${aws_subnet.network_private_a.id}", "${aws_subnet.network_private_b.id}"],
        security_groups: ["${aws_security_group.api.id}"],
        assign_public_ip: false,
      },
    });
  });

  test("lets nothing in, and nothing out but HTTPS, until told to", () => {
    expect(rules(plain())).toEqual(["out api -> 0.0.0.0/0 tcp/443: pulls images, reads secrets, writes logs, calls other companies"]);
  });

  test("keeps the number of tasks at what it is told, and scales no further", () => {
    const synthesized = synthService({ tasks: { min: 3, max: 3 } });
    expect(synthesized.only(EcsService)).toMatchObject({ desired_count: 3 });
    expect(synthesized.only(EcsService)).not.toHaveProperty("lifecycle");
    expect(synthesized.all(AppautoscalingTarget)).toEqual([]);
  });

  test("leaves the number of tasks to scaling once there is any", () => {
    const synthesized = synthService({ tasks: { min: 1, max: 4, cpuPercent: 70 } });
    expect(synthesized.only(EcsService)["lifecycle"]).toEqual({ ignore_changes: ["desired_count"] });
    expect(synthesized.only(AppautoscalingTarget)).toMatchObject({
      resource_id: "service/shop/${aws_ecs_service.api.name}",
      min_capacity: 1,
      max_capacity: 4,
    });
  });

  test("stops the old tasks before it starts new ones when told to, and moves none between zones", () => {
    expect(synthService({ rollout: "stopFirst" }).only(EcsService)).toMatchObject({
      deployment_minimum_healthy_percent: 0,
      deployment_maximum_percent: 100,
      availability_zone_rebalancing: "DISABLED",
    });
  });

  test("runs on Spot when told to, and says so", () => {
    const synthesized = synthService({ capacity: "spot" });
    expect(synthesized.only(EcsService)).toMatchObject({
      capacity_provider_strategy: [{ capacity_provider: "FARGATE_SPOT", weight: 1, base: 0 }],
    });
    expect(synthesized.only(EcsService)).not.toHaveProperty("launch_type");
    expect(facts(synthesized, "service")).toMatchObject([{ size: "0.25 vCPU, 512 MiB, 1 task, on Spot" }]);
  });

  test("follows the newest revision of its family, so that no release is taken back", () => {
    expect(synthService({ cpu: 512, memoryMib: 1024 }).only(EcsTaskDefinition)).toMatchObject({
      family: "api",
      requires_compatibilities: ["FARGATE"],
      network_mode: "awsvpc",
      cpu: "512",
      memory: "1024",
      runtime_platform: { cpu_architecture: "X86_64", operating_system_family: "LINUX" },
      execution_role_arn: "${aws_iam_role.api_execution_role.arn}",
      task_role_arn: "${aws_iam_role.api_task_role.arn}",
      track_latest: true,
    });
  });

  // Terraform deregisters the revision that it replaces before the new one runs, and ECS starts no task of a deregistered one.
  test("keeps the revision it replaces, so that a roll-back has something to go back to", () => {
    expect(plain().only(EcsTaskDefinition)).toMatchObject({ skip_destroy: true });
  });

  test("runs its containers in the order in which they are given", () => {
    const synthesized = synthService({
      containers: [
        { name: "web", image: IMAGE },
        { name: "app", image: IMAGE, ports: { http: 80 } },
      ],
    });
    expect(containers(synthesized.only(EcsTaskDefinition)).map(({ name }) => name)).toEqual(["web", "app"]);
  });

  test("writes every container's log to one group, which is there before a task is", () => {
    const synthesized = plain();
    expect(synthesized.byName(CloudwatchLogGroup)["api_log_group"]).toEqual({ name: "/shop/api", retention_in_days: 30 });
    const [container] = containers(synthesized.only(EcsTaskDefinition));
    expect(container?.["logConfiguration"]).toEqual({
      logDriver: "awslogs",
      options: {
        // A reference, not the bare name: Terraform orders by references, and awslogs makes no group.
        "awslogs-group": "${aws_cloudwatch_log_group.api_log_group.name}",
        "awslogs-region": "eu-west-1",
        "awslogs-stream-prefix": "app",
      },
    });
  });

  test.each([
    ["no container at all", [], "shop-test/Api: containers must name at least one, got []"],
    [
      "a container with a secret in the clear",
      [{ name: "app", image: IMAGE, environment: { API_KEY: "x" } }],
      'shop-test/Api: container app: environment must hold no secret; use secrets for these variables, got ["API_KEY"]',
    ],
  ])("refuses %s", (_what, wrong, message) => {
    expect(() => synthService({ containers: wrong })).toThrow(message);
  });

  test("keeps its addresses", () => {
    expect(plain().addresses(EcsService, EcsTaskDefinition)).toEqual([
      "aws_ecs_service.api",
      "aws_ecs_task_definition.api_task_definition",
    ]);
  });
});

describe("what a FargateService waits for", () => {
  // Three tasks that cannot start are a failed deployment, and a first deployment has nothing to roll back to.
  const waitsFor = (synthesized: Synthesized): unknown[] => [
    ...((synthesized.only(EcsService)["depends_on"] ?? []) as string[]),
    ...((synthesized.only(EcsTaskDefinition)["depends_on"] ?? []) as string[]),
  ];

  test("its roles' permissions, without which it can neither pull nor start", () => {
    expect(waitsFor(plain())).toEqual(
      expect.arrayContaining(["aws_iam_role_policy.api_execution_role_policy", "aws_iam_role_policy.api_task_role_policy"]),
    );
  });

  test("the way out of its subnets, without which it reaches no registry", () => {
    const synthesized = synthesizeTestStack((stack) => addService(stack, "Api", addNetwork(stack, { nat: { single: "a" } })));
    expect(waitsFor(synthesized)).toEqual(
      expect.arrayContaining(["aws_route.network_private_a_default_route", "aws_route.network_private_b_default_route"]),
    );
  });
});
