import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { EcsCluster } from "../../../constructs/compute/ecs-cluster";
import type { FargateService, FargateServiceProps } from "../../../constructs/compute/fargate-service";
import { ImageRepository } from "../../../constructs/delivery/image-repository";
import { ReleasedImage } from "../../../constructs/delivery/released-image";
import { Alarm } from "../../../constructs/observability/alarm";
import { Secret } from "../../../constructs/security/secret";
import { type Synthesized, scratchApp, synthesizeTestStack, TestStack } from "../../support/synthesized";
import { addNetwork, addService, addTopic } from "../parts";
import { exception, facts } from "../readings";

const IMAGE = "registry.example.com/app:1";

function synthService(
  props: (stack: TestStack) => Partial<FargateServiceProps<"http">>,
  use: (service: FargateService<"http">, stack: TestStack) => void = () => undefined,
): Synthesized {
  return synthesizeTestStack((stack) => use(addService(stack, "Api", addNetwork(stack), props(stack)), stack));
}

describe("a FargateService behind balancers", () => {
  test("registers each target with the container that listens, once a listener forwards to it", () => {
    const synthesized = synthService(
      () => ({
        containers: [
          { name: "astro", image: IMAGE },
          { name: "caddy", image: IMAGE, ports: { http: 80 } },
        ],
      }),
      (service, stack) => {
        // Anything stands for a listener here: only its address matters.
        for (const id of ["First", "Second"]) service.registerTarget("http", `arn:${id}`, new SnsTopic(stack, id, { name: id }));
      },
    );
    expect(synthesized.only(EcsService)).toMatchObject({
      load_balancer: [
        { target_group_arn: "arn:First", container_name: "caddy", container_port: 80 },
        { target_group_arn: "arn:Second", container_name: "caddy", container_port: 80 },
      ],
      health_check_grace_period_seconds: 120,
      // Bare addresses: Terraform reads no other form of a dependency.
      depends_on: expect.arrayContaining(["aws_sns_topic.first", "aws_sns_topic.second"]),
    });
  });

  test("has no grace period and no target without one, which ECS would refuse", () => {
    const service = synthService(() => ({})).only(EcsService);
    expect(service).not.toHaveProperty("health_check_grace_period_seconds");
    expect(service).not.toHaveProperty("load_balancer");
    expect(service).not.toHaveProperty("service_registries");
  });

  test("rolls a release back when an alarm that it watches rings", () => {
    const synthesized = synthService(
      () => ({}),
      (service, stack) => {
        const common = {
          topic: addTopic(stack),
          metric: service.cpu,
          comparison: "GreaterThanThreshold",
          threshold: 1,
          missingData: "missing",
          means: "m",
          runbook: "ecs.md#cpu",
        } as const;
        for (const id of ["First", "Second"]) service.rollBackOn(new Alarm(stack, id, common));
      },
    );
    expect(synthesized.only(EcsService)["alarms"]).toEqual({
      alarm_names: ["${aws_cloudwatch_metric_alarm.first.alarm_name}", "${aws_cloudwatch_metric_alarm.second.alarm_name}"],
      enable: true,
      rollback: true,
    });
  });

  test("knows the number of a named port, and refuses one that no container listens on", () => {
    const stack = new TestStack(scratchApp());
    const service: FargateService = addService(stack, "Api", addNetwork(stack));
    expect(service.portNumber("http")).toBe(8080);
    const message = 'shop-test/Api: port must be a port that a container listens on, got "admin"';
    expect(() => service.portNumber("admin")).toThrow(message);
    expect(() => service.registerTarget("admin", "arn", new SnsTopic(stack, "Listener", {}))).toThrow(message);
  });
});

describe("alarms of a FargateService", () => {
  test("ring when CPU or memory is nearly used up, and when too few tasks run or none reports", () => {
    const synthesized = synthService((stack) => ({ alarms: addTopic(stack) }));
    const common = {
      alarm_actions: ["${aws_sns_topic.alarms.arn}"],
      ok_actions: ["${aws_sns_topic.alarms.arn}"],
      namespace: "AWS/ECS",
      dimensions: { ClusterName: "shop", ServiceName: "api" },
      statistic: "Average",
      comparison_operator: "GreaterThanOrEqualToThreshold",
      threshold: 90,
      period: 60,
      evaluation_periods: 5,
      datapoints_to_alarm: 5,
      treat_missing_data: "breaching",
    };
    expect(synthesized.byName(CloudwatchMetricAlarm)).toEqual({
      api_cpu_high: {
        ...common,
        alarm_name: "shop-test-api-cpu-high",
        alarm_description:
          "api uses nearly all its CPU, and scaling does not help or is at its end; no data means that no task runs. Runbook: docs/runbooks/ecs.md#cpu",
        metric_name: "CPUUtilization",
      },
      api_memory_high: {
        ...common,
        alarm_name: "shop-test-api-memory-high",
        alarm_description:
          "api is close to its memory limit, where ECS kills the task; no data means that no task runs. Runbook: docs/runbooks/ecs.md#memory",
        metric_name: "MemoryUtilization",
      },
      api_tasks_missing: {
        ...common,
        alarm_name: "shop-test-api-tasks-missing",
        alarm_description:
          "api runs fewer tasks than it should: they do not start, or end as soon as they have. Runbook: docs/runbooks/ecs.md#tasks",
        namespace: "ECS/ContainerInsights",
        metric_name: "RunningTaskCount",
        comparison_operator: "LessThanThreshold",
        threshold: 1,
      },
    });
  });

  test("count tasks against the least that should run, where the cluster counts them", () => {
    const synthesized = synthService((stack) => ({ alarms: addTopic(stack), tasks: { min: 2, max: 4, cpuPercent: 70 } }));
    expect(synthesized.byName(CloudwatchMetricAlarm)["api_tasks_missing"]).toMatchObject({ threshold: 2 });
    const uncounted = synthService((stack) => {
      new EcsCluster(stack, "Cluster", { name: "shop", containerInsights: false });
      return { alarms: addTopic(stack) };
    });
    expect(Object.keys(uncounted.byName(CloudwatchMetricAlarm))).toEqual(["api_cpu_high", "api_memory_high"]);
  });

  test("are none where the reason stands in the inventory", () => {
    const synthesized = synthService(() => ({ alarms: { unmonitoredBecause: "a demo that may fail" } }));
    expect(synthesized.all(CloudwatchMetricAlarm)).toEqual([]);
    expect(facts(synthesized, "exception")).toContainEqual(exception("Api alarms", "service api has no alarms", "a demo that may fail"));
  });
});

describe("what a FargateService states", () => {
  test("is what operators need to find, size and release it", () => {
    const synthesized = synthService((stack) => {
      const repository = new ImageRepository(stack, "Repository", { name: "shop/app", source: { create: "protected" } });
      const image = new ReleasedImage(stack, "Image", { repository, parameter: "/shop/app/image" });
      const secret = new Secret(stack, "Settings", { name: "shop/api", why: "w", keys: ["JWT_SECRET", "SALT"], protection: "protected" });
      return {
        cpu: 256,
        memoryMib: 512,
        tasks: { min: 1, max: 4, cpuPercent: 70 },
        containers: [
          { name: "app", image, secrets: { A: secret.key("SALT"), B: secret.key("JWT_SECRET") } },
          { name: "proxy", image: IMAGE },
        ],
      };
    });
    expect(facts(synthesized, "service")).toEqual([
      {
        kind: "service",
        id: "Api",
        name: "api",
        why: "sells things",
        size: "0.25 vCPU, 512 MiB, 1 to 4 tasks at 70% CPU",
        stateful: false,
        fails: "ECS starts another task; a release that does not get healthy is rolled back",
        cluster: "shop",
        family: "api",
        cpu: 256,
        memoryMib: 512,
        tasks: { min: 1, max: 4, cpuPercent: 70 },
        containers: [
          { name: "app", image: { parameter: "/shop/app/image" }, logGroup: "/shop/api", secrets: ["shop/api"], variables: ["A", "B"] },
          { name: "proxy", image: { fixed: IMAGE }, logGroup: "/shop/api", secrets: [], variables: [] },
        ],
      },
    ]);
  });

  test.each([
    [{ min: 1, max: 1 }, "1 task"],
    [{ min: 2, max: 2 }, "2 tasks"],
    [{ min: 1, max: 2, cpuPercent: 50 }, "1 to 2 tasks at 50% CPU"],
  ])("writes %j as %s", (tasks, expected) => {
    const [fact] = facts(
      synthService(() => ({ tasks })),
      "service",
    );
    expect(fact?.size).toBe(`0.25 vCPU, 512 MiB, ${expected}`);
  });
});
