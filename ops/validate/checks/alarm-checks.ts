import { CloudWatchClient, DescribeAlarmsCommand, type MetricAlarm } from "@aws-sdk/client-cloudwatch";
import type { AlarmFact } from "../../../constructs/base/inventory-facts";
import type { Aws } from "../aws";
import type { Check } from "../check";
import { type Finding, finding } from "../finding";

/** Names that one question takes. @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html */
const NAMES_AT_ONCE = 100;

/** The alarms of each region: there, able to tell somebody, and silent. */
export function alarmChecks(aws: Aws, root: string, facts: readonly AlarmFact[]): readonly Check[] {
  return [...new Set(facts.map(({ region }) => region))].sort().map((region) => {
    const stated = facts.filter((fact) => fact.region === region);
    const what = `${stated.length} alarms in ${region}`;
    return { part: "alarms", heading: "alarm-exists", what, look: () => alarms(aws, root, region, stated, what) };
  });
}

async function alarms(aws: Aws, root: string, region: string, stated: readonly AlarmFact[], what: string): Promise<readonly Finding[]> {
  const live = await liveAlarms(
    aws,
    region,
    stated.map(({ name }) => name),
  );
  const missing = stated.filter(({ name }) => !live.has(name));
  if (missing.length === stated.length) {
    return [{ ...finding("alarm-exists", what, "none of them exists", `deploy ${root}`), absent: true }];
  }
  const mute = stated.filter(({ name }) => live.get(name)?.ActionsEnabled === false || live.get(name)?.AlarmActions?.length === 0);
  const ringing = stated.filter(({ name }) => live.get(name)?.StateValue === "ALARM");
  return [
    ...each("alarm-exists", what, "all exist", missing, () => ["does not exist", `deploy ${root}`]),
    ...each("alarm-actions", `${what}: actions`, "all tell somebody", mute, () => ["tells nobody when it rings", `deploy ${root}`]),
    ...each("alarm-state", `${what}: state`, "none rings", ringing, ({ means, runbook }) => [
      `rings: ${means}`,
      `see docs/runbooks/${runbook}`,
    ]),
  ];
}

/** One finding for each alarm that something is wrong with, or one for all when nothing is. */
function each(
  heading: "alarm-actions" | "alarm-exists" | "alarm-state",
  what: string,
  well: string,
  wrong: readonly AlarmFact[],
  say: (fact: AlarmFact) => readonly [found: string, todo: string],
): readonly Finding[] {
  if (wrong.length === 0) return [finding(heading, what, well)];
  return wrong.map((fact) => finding(heading, `alarm ${fact.name}`, ...say(fact)));
}

async function liveAlarms(aws: Aws, region: string, names: readonly string[]): Promise<ReadonlyMap<string, MetricAlarm>> {
  const found: MetricAlarm[] = [];
  for (let start = 0; start < names.length; start += NAMES_AT_ONCE) {
    const AlarmNames = names.slice(start, start + NAMES_AT_ONCE);
    const describe = new DescribeAlarmsCommand({ AlarmNames, AlarmTypes: ["MetricAlarm"], MaxRecords: NAMES_AT_ONCE });
    found.push(...((await aws.ask((options) => aws.client(CloudWatchClient, region).send(describe, options))).MetricAlarms ?? []));
  }
  return new Map(found.map((alarm) => [alarm.AlarmName ?? "", alarm]));
}
