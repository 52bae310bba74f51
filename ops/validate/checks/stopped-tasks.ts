import { DescribeTasksCommand, ECSClient, ListTasksCommand, type Task } from "@aws-sdk/client-ecs";
import type { ServiceFact } from "../../../constructs/base/inventory-parts";
import type { Aws } from "../aws";
import { type Finding, finding } from "../finding";
import { liveService } from "../live/live-service";
import { withoutSecrets } from "../without-secrets";

/** ECS forgets stopped tasks after about an hour. */
const BACK_MS = 3_600_000;
/** Why tasks stop when nothing is wrong: a release, scaling, a person, a Spot machine that AWS takes back, maintenance. */
const IN_ORDER: ReadonlySet<string | undefined> = new Set([
  "ServiceSchedulerInitiated",
  "UserInitiated",
  "SpotInterruption",
  "TerminationNotice",
]);

/** Why tasks of a service stopped in the last hour, where that is not in order. At most the hundred that one question takes. */
export async function stoppedTasks(aws: Aws, fact: ServiceFact, what: string): Promise<readonly Finding[]> {
  if ((await liveService(aws, fact)) === undefined) return [];
  const since = Date.now() - BACK_MS;
  const tasks = await lastStopped(aws, fact);
  const bad = tasks.filter(({ stopCode, stoppedAt }) => !IN_ORDER.has(stopCode) && (stoppedAt?.getTime() ?? 0) >= since);
  if (bad.length === 0) return [finding("service-stopped-tasks", what, "none out of order in an hour")];
  const todo = 'look the reason up in docs/runbooks/ecs.md, "Tasks that do not start"';
  return [finding("service-stopped-tasks", what, counted(bad.map(reasonOf)).join("; "), todo)];
}

async function lastStopped(aws: Aws, { cluster, name }: ServiceFact): Promise<readonly Task[]> {
  const ecs = aws.client(ECSClient);
  const list = new ListTasksCommand({ cluster, serviceName: name, desiredStatus: "STOPPED", maxResults: 100 });
  const { taskArns = [] } = await aws.ask((options) => ecs.send(list, options));
  if (taskArns.length === 0) return [];
  const describe = new DescribeTasksCommand({ cluster, tasks: taskArns });
  return (await aws.ask((options) => ecs.send(describe, options))).tasks ?? [];
}

/** What ECS says of a task and of the container that ended it, without ids, so that equal reasons are equal. */
function reasonOf({ stoppedReason = "ECS gives no reason", containers = [] }: Task): string {
  const ended = containers.find(({ reason, exitCode }) => reason !== undefined || (exitCode !== undefined && exitCode !== 0));
  const exit = ended?.exitCode === undefined ? "" : ` exit code ${ended.exitCode}`;
  const detail =
    ended === undefined ? "" : ` (${[`${ended.name}${exit}`, ...(ended.reason === undefined ? [] : [ended.reason])].join(": ")})`;
  return withoutSecrets(`${stoppedReason}${detail}`.replace(/\b[0-9a-f]{32}\b/g, "ID"));
}

function counted(reasons: readonly string[]): readonly string[] {
  return [...new Set(reasons)].map((reason) => {
    const times = reasons.filter((other) => other === reason).length;
    return times === 1 ? reason : `${times} times: ${reason}`;
  });
}
