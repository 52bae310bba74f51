import { CloudWatchLogsClient, DescribeLogGroupsCommand, FilterLogEventsCommand, type LogGroup } from "@aws-sdk/client-cloudwatch-logs";
import type { LogGroupFact } from "../../../constructs/base/inventory-facts";
import type { Aws } from "../aws";
import type { Check } from "../check";
import { absent, type Finding, finding } from "../finding";
import { withoutSecrets } from "../without-secrets";

/** Words by which a line tells of an error; one is enough. CloudWatch tells upper from lower case, and wants quotes around other signs. */
const ERROR_PATTERN = '?ERROR ?Error ?"error:" ?CRITICAL ?FATAL ?Exception ?Traceback';
const BACK_MS = 3_600_000;
/** Pages of an answer that are read; a group with more has errors enough to be looked at. */
const MAX_PAGES = 20;

/** A log group: there, kept as long as stated, and without errors in the last hour. */
export function logGroupChecks(aws: Aws, root: string, fact: LogGroupFact): readonly Check[] {
  const what = `log group ${fact.name}`;
  return [
    { part: "log groups", heading: "log-group-exists", what, look: () => retention(aws, root, fact, what) },
    { part: "errors in logs", heading: "log-errors", what, look: () => errors(aws, fact, what) },
  ];
}

function liveGroup(aws: Aws, name: string): Promise<LogGroup | undefined> {
  return aws.once(`log group ${name}`, async () => {
    const describe = new DescribeLogGroupsCommand({ logGroupNamePrefix: name });
    const { logGroups = [] } = await aws.ask((options) => aws.client(CloudWatchLogsClient).send(describe, options));
    // CloudWatch lists in the order of names: of all that begin so, the one that is just so is the first.
    return logGroups.find(({ logGroupName }) => logGroupName === name);
  });
}

async function retention(aws: Aws, root: string, { name, retentionDays }: LogGroupFact, what: string): Promise<readonly Finding[]> {
  const group = await liveGroup(aws, name);
  if (group === undefined) return [absent("log-group-exists", what, `deploy ${root}`)];
  const days = group.retentionInDays;
  const kept = days === undefined ? "kept for ever" : `kept ${days} days`;
  const same = days === retentionDays;
  const found = same ? kept : `${kept}, and ${retentionDays} days are stated`;
  return [finding("log-group-retention", `${what}: retention`, found, same ? undefined : `deploy ${root}`)];
}

async function errors(aws: Aws, { name }: LogGroupFact, what: string): Promise<readonly Finding[]> {
  if ((await liveGroup(aws, name)) === undefined) return [];
  const { count, last, more } = await errorLines(aws, name);
  if (count === 0 && !more) return [finding("log-errors", what, "none in the last hour")];
  if (count === 0) {
    const found = `none in the first ${MAX_PAGES} pages of the last hour, which has more`;
    return [{ verdict: "unknown", what, found, todo: `aws logs tail ${name} --since 1h`, heading: "log-errors" }];
  }
  const found = `${more ? "at least " : ""}${count} in the last hour, for example: ${withoutSecrets(last)}`;
  return [finding("log-errors", what, found, `aws logs tail ${name} --since 1h`)];
}

/** Lines that tell of errors: how many, and the last that was read. */
async function errorLines(aws: Aws, logGroupName: string): Promise<{ count: number; last: string; more: boolean }> {
  const startTime = Date.now() - BACK_MS;
  let count = 0;
  let last = "";
  let nextToken: string | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const filter = new FilterLogEventsCommand({ logGroupName, startTime, filterPattern: ERROR_PATTERN, nextToken });
    const answer = await aws.ask((options) => aws.client(CloudWatchLogsClient).send(filter, options));
    const events = answer.events ?? [];
    count += events.length;
    last = events.at(-1)?.message ?? last;
    nextToken = answer.nextToken;
    if (nextToken === undefined) return { count, last, more: false };
  }
  return { count, last, more: true };
}
