import { AppautoscalingTarget } from "@cdktf/provider-aws/lib/appautoscaling-target";
import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { facts } from "../constructs/readings";
import { containers, ZELLY } from "./zelly-roots";

describe.each(ZELLY)("Zelly's services in %s", (environment, root) => {
  const most = environment === "production" ? 4 : 2;

  test("runs the six services in the documented sizes", () => {
    const rows = facts(root(), "service").map(({ name, cpu, memoryMib, tasks }) => [
      name,
      cpu,
      memoryMib,
      tasks.min,
      tasks.max,
      tasks.cpuPercent,
    ]);
    expect(rows).toEqual([
      ["customer-panel", 512, 1024, 1, 2, 70],
      ["events-consumer", 256, 512, 1, 1, undefined],
      ["fastify-nova", 1024, 2048, 1, most, 70],
      ["internal_tools", 256, 512, 1, 1, undefined],
      ["orion-backend", 512, 1024, 1, 2, 70],
      ["storefront", 1024, 2048, 1, most, 70],
    ]);
    expect(
      Object.fromEntries(Object.values(root().byName(EcsTaskDefinition)).map(({ family, cpu, memory }) => [family, `${cpu}/${memory}`])),
    ).toEqual({
      "customer-panel": "512/1024",
      "events-consumer": "256/512",
      "fastify-nova": "1024/2048",
      internal_tools: "256/512",
      "orion-backend": "512/1024",
      storefront: "1024/2048",
    });
    const mostTasks = root()
      .all(AppautoscalingTarget)
      .map(({ max_capacity }) => max_capacity);
    expect(mostTasks.sort()).toEqual([2, 2, most, most]);
  });

  test("places every task privately, with ECS Exec, a rollback and the newest revision", () => {
    const services = root().all(EcsService);
    expect(services).toHaveLength(facts(root(), "service").length);
    for (const service of services) {
      expect(service).toMatchObject({
        launch_type: "FARGATE",
        enable_execute_command: true,
        deployment_circuit_breaker: { enable: true, rollback: true },
        network_configuration: { assign_public_ip: false },
      });
    }
    for (const task of root().all(EcsTaskDefinition)) expect(task).toMatchObject({ track_latest: true });
  });

  test("keeps Caddy's certificates on EFS at /data, and puts Astro behind it", () => {
    const [caddy, astro] = containers(root(), "storefront");
    expect(caddy?.mountPoints).toEqual([{ containerPath: "/data", sourceVolume: "caddy_files_data", readOnly: false }]);
    expect(caddy?.portMappings.map(({ containerPort }) => containerPort)).toEqual([80, 443]);
    expect(astro?.portMappings).toEqual([]);
    expect(astro?.environment).toContainEqual({ name: "HOST", value: "127.0.0.1" });
    expect(root().byName(EcsTaskDefinition)["storefront_task_definition"]?.["volume"]).toEqual([
      {
        name: "caddy_files_data",
        efs_volume_configuration: {
          file_system_id: "${aws_efs_file_system.caddy_files.id}",
          transit_encryption: "ENABLED",
          authorization_config: { access_point_id: "${aws_efs_access_point.caddy_files_data.id}", iam: "ENABLED" },
        },
      },
    ]);
  });

  test("tells the queue dashboard the five queues", () => {
    const [dashboard] = containers(root(), "internal_tools");
    expect(dashboard?.environment).toContainEqual({
      name: "BULLMQ_QUEUES",
      value: "store-events,SHOPIFY_WEBHOOK,SHOPIFY_SETTINGS_PUSH,SHOPIFY_SETTINGS_FETCH,SHOPIFY_CATALOG_SYNC",
    });
  });

  test("writes each service's log for 30 days where the documents say", () => {
    const logs = facts(root(), "logGroup").filter(({ name }) => name.startsWith("/zelly/ecs/"));
    expect(logs.map(({ name, retentionDays }) => `${name} ${retentionDays}`)).toEqual(
      facts(root(), "service").map(({ name }) => `/zelly/ecs/${name} 30`),
    );
  });
});
