import type { SourceMistake } from "../support/mistake";

const PROTECTION = 'protection: "protected" as const, alarms: { unmonitoredBecause: "nobody is rung" }';

/** A stack's line about a data volume, with other props. */
const volume = (props: string): string => `import type { Construct } from "constructs";
import { DataVolume } from "../../constructs/data/data-volume";
export const data = (scope: Construct) => new DataVolume(scope, "Data", { name: "data", zone: "eu-west-1a", ${props}, runbook: "ec2.md#disk", ${PROTECTION} });
`;

/** A stack's line about things that are there already. */
const line = (text: string): string => `import type { AuroraMysql } from "../../constructs/data/aurora-mysql";
import type { FargateService } from "../../constructs/compute/fargate-service";
export const connect = (aurora: AuroraMysql, api: FargateService<"http">) => [${text}, aurora, api];
`;

/** What the compiler and the linter see while the code is written. */
export const IN_SOURCES: readonly SourceMistake[] = [
  {
    mistake: "a misspelt prop",
    caughtBy: "type checker",
    says: "'sizeGb' does not exist in type 'DataVolumeProps'. Did you mean to write 'sizeGib'?",
    folder: "stacks/zelly",
    source: volume("sizeGb: 20"),
  },
  {
    mistake: "a prop that is missing",
    caughtBy: "type checker",
    says: "Property 'sizeGib' is missing",
    folder: "stacks/zelly",
    source: volume("snapshots: 7"),
  },
  {
    mistake: "a text for a number",
    caughtBy: "type checker",
    says: "Type 'string' is not assignable to type 'number'",
    folder: "stacks/zelly",
    source: volume('sizeGib: "20"'),
  },
  {
    mistake: "a choice that does not exist",
    caughtBy: "type checker",
    says: `Type '"evict"' is not assignable to type '"noeviction" | "allkeys-lru"'`,
    folder: "stacks/zelly",
    source: `import type { RedisProps } from "../../constructs/data/redis";\nexport const whenFull: RedisProps["whenFull"] = "evict";\n`,
  },
  {
    mistake: "protection that is off without a reason",
    caughtBy: "type checker",
    says: "Type '\"unprotected\"' is not assignable to type 'Protection'",
    folder: "stacks/zelly",
    source: `import type { Protection } from "../../constructs/base/protection";\nexport const protection: Protection = "unprotected";\n`,
  },
  {
    mistake: "a port that nobody listens on",
    caughtBy: "type checker",
    says: `Argument of type '"https"' is not assignable to parameter of type '"mysql"'`,
    folder: "stacks/zelly",
    source: line('aurora.connections.allowFrom(api, "orders", "https")'),
  },
  {
    mistake: "a key that the secret does not have",
    caughtBy: "type checker",
    says: `Argument of type '"DB_PASS"' is not assignable to parameter of type '"DB_HOST" | "DB_USER" | "DB_PASSWORD"'`,
    folder: "stacks/zelly",
    source: line('aurora.secret.key("DB_PASS")'),
  },
  {
    mistake: "an environment that lacks a value",
    caughtBy: "type checker",
    says: "Property 'dataGib' is missing",
    folder: "config",
    source: `import type { ZellyConfig } from "./zelly-schema";\nexport const clickhouse: ZellyConfig["clickhouse"] = { instanceType: "t3.small", passwordVersion: 1 };\n`,
  },
  {
    mistake: "an import that nothing uses",
    caughtBy: "type checker",
    says: "'Network' is declared but its value is never read",
    folder: "stacks/zelly",
    source: `import { Network } from "../../constructs/network/network";\nexport const zone = "a";\n`,
  },
  {
    mistake: "a construct that reads the configuration",
    caughtBy: "linter",
    says: "constructs/ may not import config, stacks, handlers or ops: take a prop instead.",
    folder: "constructs/network",
    source: `import { zellyEnvironments } from "../../config/zelly";\nexport const zelly = zellyEnvironments;\n`,
  },
  {
    mistake: "a stack that reads the environment of whoever synthesizes",
    caughtBy: "linter",
    says: "Don't use process.env.",
    folder: "stacks/zelly",
    source: "export const region = process.env.AWS_REGION;\n",
  },
  {
    mistake: "a type that was given up on",
    caughtBy: "linter",
    says: "Unexpected any. Specify a different type.",
    folder: "constructs/network",
    source: "export const size = (config: any): number => config.size;\n",
  },
  {
    mistake: "a value that is taken to be there",
    caughtBy: "linter",
    says: "Forbidden non-null assertion.",
    folder: "constructs/network",
    source: "export const first = (zones: readonly string[]): string => zones[0]!;\n",
  },
  {
    mistake: "a test that is the only one to run",
    caughtBy: "linter",
    says: "Don't focus the test.",
    folder: "__tests__/constructs",
    source: 'test.only("opens nothing", () => expect([]).toEqual([]));\n',
  },
];
