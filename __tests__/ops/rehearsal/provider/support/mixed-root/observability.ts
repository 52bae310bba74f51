import type { JsonObject } from "../../../../../../ops/rehearsal/provider/terraform-json";

/** What is written down, and who is told. One topic stands in another region. */
export const OBSERVABILITY: JsonObject = {
  aws_cloudwatch_log_group: {
    api: { name: "/shop/api", retention_in_days: 30 },
    flow: { name: "/shop/flow", retention_in_days: 7 },
  },
  aws_sns_topic: {
    alarms: { name: "shop-alarms" },
    edge: { provider: "aws.edge", name: "shop-alarms" },
  },
  aws_cloudwatch_metric_alarm: {
    cpu: {
      alarm_name: "shop-cpu",
      namespace: "AWS/ECS",
      metric_name: "CPUUtilization",
      statistic: "Average",
      comparison_operator: "GreaterThanThreshold",
      threshold: 90,
      period: 60,
      evaluation_periods: 5,
      alarm_actions: ["${aws_sns_topic.alarms.arn}"],
      dimensions: { ClusterName: "${aws_ecs_cluster.main.name}" },
    },
  },
};
