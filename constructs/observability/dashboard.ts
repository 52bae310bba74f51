import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard";
import { Lazy } from "cdktf";
import { Construct } from "constructs";
import { SystemStack } from "../base/system-stack";
import type { Metric } from "./metric";

/** One graph: a title and its lines. */
export interface Graph {
  readonly title: string;
  /** Lines by their label. */
  readonly lines: Readonly<Record<string, Metric>>;
  /** Top of the axis, for values that have one. @default - as high as the values go */
  readonly max?: number;
}

export interface DashboardProps {
  readonly name: string;
  /** Rows from top to bottom; the graphs of a row share its width. */
  readonly rows: readonly (readonly Graph[])[];
}

/** Columns of a CloudWatch dashboard. @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html */
const COLUMNS = 24;
const ROW_HEIGHT = 6;

/** A CloudWatch dashboard of graphs, one minute a point. */
export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, { name, rows }: DashboardProps) {
    super(scope, id);
    const { region, inventory } = SystemStack.of(this);
    const widgets = rows.flatMap((graphs, row) => {
      const width = Math.floor(COLUMNS / graphs.length);
      return graphs.map((graph, column) => ({
        type: "metric",
        x: column * width,
        y: row * ROW_HEIGHT,
        width,
        height: ROW_HEIGHT,
        properties: properties(graph, region),
      }));
    });
    new CloudwatchDashboard(this, "Default", {
      dashboardName: name,
      dashboardBody: Lazy.stringValue({ produce: () => JSON.stringify({ widgets }) }),
    });
    inventory.add({ kind: "dashboard", id: name, name });
  }
}

/** A graph with a line for each of several things, by their names. */
export function eachOf<T extends { readonly name: string }>(
  title: string,
  things: readonly T[],
  metric: (thing: T) => Metric,
  max?: number,
): Graph {
  return { title, lines: Object.fromEntries(things.map((thing) => [thing.name, metric(thing)])), max };
}

function properties({ title, lines, max }: Graph, region: string): object {
  return {
    title,
    region,
    view: "timeSeries",
    period: 60,
    yAxis: { left: { min: 0, max } },
    metrics: Object.entries(lines).map(([label, { namespace, name, dimensions, statistic, region: elsewhere }]) => [
      namespace,
      name,
      ...Object.entries(dimensions).flat(),
      { label, stat: statistic, region: elsewhere },
    ]),
  };
}
