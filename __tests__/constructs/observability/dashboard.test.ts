import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { Dashboard, type Graph } from "../../../constructs/observability/dashboard";
import { type Synthesized, synthesizeTestStack, type TestStack } from "../../support/synthesized";
import { facts } from "../readings";

const CPU = { namespace: "AWS/ECS", name: "CPUUtilization", dimensions: { ClusterName: "shop", ServiceName: "api" }, statistic: "Average" };
const graph = (title: string): Graph => ({ title, lines: { api: CPU } });

function synthDashboard(rows: (stack: TestStack) => Graph[][]): Synthesized {
  return synthesizeTestStack((stack) => new Dashboard(stack, "Dashboard", { name: "shop-test", rows: rows(stack) }));
}

function widgets(synthesized: Synthesized): Record<string, unknown>[] {
  return JSON.parse(String(synthesized.only(CloudwatchDashboard)["dashboard_body"])).widgets;
}

describe("Dashboard", () => {
  test("draws each line by its label, a minute a point, from nothing up", () => {
    const synthesized = synthDashboard(() => [[{ title: "CPU, %", lines: { api: CPU, web: { ...CPU, statistic: "p95" } }, max: 100 }]]);
    expect(synthesized.only(CloudwatchDashboard)["dashboard_name"]).toBe("shop-test");
    expect(widgets(synthesized)).toEqual([
      {
        type: "metric",
        x: 0,
        y: 0,
        width: 24,
        height: 6,
        properties: {
          title: "CPU, %",
          region: "eu-west-1",
          view: "timeSeries",
          period: 60,
          yAxis: { left: { min: 0, max: 100 } },
          metrics: [
            ["AWS/ECS", "CPUUtilization", "ClusterName", "shop", "ServiceName", "api", { label: "api", stat: "Average" }],
            ["AWS/ECS", "CPUUtilization", "ClusterName", "shop", "ServiceName", "api", { label: "web", stat: "p95" }],
          ],
        },
      },
    ]);
  });

  test("shares a row's width among its graphs, and puts rows below one another", () => {
    const places = widgets(synthDashboard(() => [[graph("a"), graph("b"), graph("c")], [graph("d"), graph("e")], [graph("f")]])).map(
      ({ x, y, width, height }) => [x, y, width, height],
    );
    expect(places).toEqual([
      [0, 0, 8, 6],
      [8, 0, 8, 6],
      [16, 0, 8, 6],
      [0, 6, 12, 6],
      [12, 6, 12, 6],
      [0, 12, 24, 6],
    ]);
  });

  test("draws things whose names only AWS knows", () => {
    const synthesized = synthDashboard((stack) => {
      const { arn } = new SnsTopic(stack, "Topic", { name: "orders" });
      return [[{ title: "t", lines: { topic: { namespace: "AWS/SNS", name: "N", dimensions: { TopicName: arn }, statistic: "Sum" } } }]];
    });
    expect(widgets(synthesized)[0]?.["properties"]).toMatchObject({
      metrics: [["AWS/SNS", "N", "TopicName", "${aws_sns_topic.topic.arn}", { label: "topic", stat: "Sum" }]],
    });
  });

  test("keeps its address and states its name", () => {
    const synthesized = synthDashboard(() => []);
    expect(synthesized.addresses(CloudwatchDashboard)).toEqual(["aws_cloudwatch_dashboard.dashboard"]);
    expect(facts(synthesized, "dashboard")).toMatchObject([{ kind: "dashboard", name: "shop-test" }]);
  });
});
