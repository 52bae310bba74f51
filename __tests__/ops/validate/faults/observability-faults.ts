import { DeleteAlarmsCommand, SetAlarmStateCommand } from "@aws-sdk/client-cloudwatch";
import {
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteLogGroupCommand,
  DeleteLogStreamCommand,
  DeleteRetentionPolicyCommand,
  PutLogEventsCommand,
  PutRetentionPolicyCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { SEEDED } from "../support/deployed-data";
import type { DeployedRoot } from "../support/deployed-root";
import { alarm } from "../support/deployed-services";
import type { Fault } from "./fault";

const ALARM = "staging-allthrive-alb-server-errors";
const GROUP = { logGroupName: "/ecs/staging-allthrive-web" };
const STREAM = { ...GROUP, logStreamName: "main" };

async function keep30Days({ clients: { logs } }: DeployedRoot): Promise<void> {
  await logs.send(new PutRetentionPolicyCommand({ ...GROUP, retentionInDays: 30 }));
}

export const OBSERVABILITY_FAULTS: readonly Fault[] = [
  {
    title: "an alarm that is gone",
    heading: "alarm-exists",
    what: ALARM,
    found: "does not exist",
    strike: async ({ clients: { cloudwatch } }) => {
      await cloudwatch.send(new DeleteAlarmsCommand({ AlarmNames: [ALARM] }));
      return () => cloudwatch.send(alarm(ALARM, true));
    },
  },
  {
    title: "an alarm that tells nobody",
    heading: "alarm-actions",
    what: ALARM,
    found: "tells nobody",
    strike: async ({ clients: { cloudwatch } }) => {
      await cloudwatch.send(alarm(ALARM, false));
      return () => cloudwatch.send(alarm(ALARM, true));
    },
  },
  {
    title: "an alarm that rings",
    heading: "alarm-state",
    what: ALARM,
    found: "rings: a service behind staging-allthrive-alb answers with errors of its own.",
    strike: async ({ clients: { cloudwatch } }) => {
      const set = (StateValue: "ALARM" | "OK") =>
        cloudwatch.send(new SetAlarmStateCommand({ AlarmName: ALARM, StateValue, StateReason: "test" }));
      await set("ALARM");
      return () => set("OK");
    },
  },
  {
    title: "a log group that is gone",
    heading: "log-group-exists",
    what: GROUP.logGroupName,
    found: "does not exist",
    strike: async (root) => {
      const { logs } = root.clients;
      await logs.send(new DeleteLogGroupCommand(GROUP));
      return async () => {
        await logs.send(new CreateLogGroupCommand(GROUP));
        await logs.send(new CreateLogStreamCommand(STREAM));
        await keep30Days(root);
      };
    },
  },
  {
    title: "logs that are kept for another time",
    heading: "log-group-retention",
    what: GROUP.logGroupName,
    found: "kept 7 days, and 30 days are stated",
    strike: async (root) => {
      await root.clients.logs.send(new PutRetentionPolicyCommand({ ...GROUP, retentionInDays: 7 }));
      return () => keep30Days(root);
    },
  },
  {
    title: "logs that are kept for ever",
    heading: "log-group-retention",
    what: GROUP.logGroupName,
    found: "kept for ever, and 30 days are stated",
    strike: async (root) => {
      await root.clients.logs.send(new DeleteRetentionPolicyCommand(GROUP));
      return () => keep30Days(root);
    },
  },
  {
    title: "errors in a log",
    heading: "log-errors",
    what: GROUP.logGroupName,
    found: "2 in the last hour, for example: ERROR cannot reach postgres://[removed]@db:5432/allthrive, api_key=[removed]",
    strike: async ({ clients: { logs } }) => {
      const timestamp = Date.now();
      const logEvents = [
        { timestamp: timestamp - 10, message: "ERROR something" },
        { timestamp, message: `ERROR cannot reach postgres://master:${SEEDED}@db:5432/allthrive, api_key=${SEEDED}` },
      ];
      await logs.send(new PutLogEventsCommand({ ...STREAM, logEvents }));
      return async () => {
        await logs.send(new DeleteLogStreamCommand(STREAM));
        await logs.send(new CreateLogStreamCommand(STREAM));
      };
    },
  },
];
