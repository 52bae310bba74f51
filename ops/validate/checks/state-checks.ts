import { CognitoIdentityProviderClient, paginateListUserPools } from "@aws-sdk/client-cognito-identity-provider";
import { DescribeTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DescribeInstancesCommand, EC2Client } from "@aws-sdk/client-ec2";
import { KafkaClient, ListClustersV2Command } from "@aws-sdk/client-kafka";
import { GetFunctionConfigurationCommand, LambdaClient } from "@aws-sdk/client-lambda";
import type { InventoryDocument } from "../../../constructs/base/inventory-facts";
import type { FunctionFact, InstanceFact, KafkaFact, TableFact, UserPoolFact } from "../../../constructs/base/inventory-parts";
import type { Aws } from "../aws";
import type { Check } from "../check";
import { absent, finding, type Part } from "../finding";
import type { Heading } from "../headings";

/** What something is, in AWS's words. */
interface State {
  readonly found: string;
  readonly well: boolean;
}

/** Parts of which only their state is asked: there, and well by AWS's own account. */
type PlainFact = FunctionFact | InstanceFact | KafkaFact | TableFact | UserPoolFact;

interface PlainKind {
  readonly part: Part;
  readonly heading: Heading;
  readonly noun: string;
  readonly todo: string;
}

const KINDS: Readonly<Record<PlainFact["kind"], PlainKind>> = {
  function: {
    part: "functions",
    heading: "function",
    noun: "function",
    todo: "read its state reason in the Lambda console and deploy again",
  },
  instance: { part: "instances", heading: "instance", noun: "instance", todo: "see docs/runbooks/ec2.md" },
  kafka: { part: "Kafka clusters", heading: "kafka", noun: "Kafka cluster", todo: "wait, or read its state in the MSK console" },
  table: { part: "tables", heading: "table", noun: "table", todo: "wait some minutes and run again" },
  userPool: { part: "user pools", heading: "user-pool", noun: "user pool", todo: "read its state in the Cognito console" },
};

export function stateChecks(aws: Aws, { root }: InventoryDocument, fact: PlainFact): readonly Check[] {
  const { part, heading, noun, todo } = KINDS[fact.kind];
  const what = `${noun} ${fact.name}`;
  const look = async () => {
    const state = await stateOf(aws, root, fact);
    if (state === undefined) return [absent(heading, what, `deploy ${root}`)];
    return [finding(heading, `${what}: state`, state.found, state.well ? undefined : todo)];
  };
  return [{ part, heading, what, look }];
}

function stateOf(aws: Aws, root: string, fact: PlainFact): Promise<State | undefined> {
  switch (fact.kind) {
    case "function":
      return functionState(aws, fact.name);
    case "instance":
      return instanceState(aws, root, fact.name);
    case "kafka":
      return kafkaState(aws, fact.name);
    case "table":
      return tableState(aws, fact.name);
    case "userPool":
      return userPoolState(aws, fact.name);
  }
}

async function functionState(aws: Aws, FunctionName: string): Promise<State | undefined> {
  const get = new GetFunctionConfigurationCommand({ FunctionName });
  const answer = await aws.find((options) => aws.client(LambdaClient).send(get, options), "ResourceNotFoundException");
  if (answer === undefined) return undefined;
  const { State, StateReason, LastUpdateStatus, LastUpdateStatusReason } = answer;
  const reasons = [StateReason, LastUpdateStatusReason].flatMap((reason) => reason ?? []);
  // Lambda puts a function to sleep that nobody calls for weeks; the next call wakes it.
  const active = State === "Active" || State === "Inactive";
  const found = [`${State}, last update ${LastUpdateStatus}`, ...reasons].join(": ");
  return { found, well: active && LastUpdateStatus === "Successful" };
}

async function instanceState(aws: Aws, root: string, name: string): Promise<State | undefined> {
  const describe = new DescribeInstancesCommand({
    Filters: [
      { Name: "tag:Name", Values: [name] },
      { Name: "tag:Root", Values: [root] },
      // One that was replaced is listed as terminated for an hour.
      { Name: "instance-state-name", Values: ["pending", "running", "stopping", "stopped"] },
    ],
  });
  const { Reservations = [] } = await aws.ask((options) => aws.client(EC2Client).send(describe, options));
  const states = Reservations.flatMap(({ Instances = [] }) => Instances.map(({ State }) => State?.Name ?? "unknown"));
  return states.length === 0 ? undefined : { found: states.join(", "), well: states.every((state) => state === "running") };
}

async function kafkaState(aws: Aws, name: string): Promise<State | undefined> {
  const list = new ListClustersV2Command({ ClusterNameFilter: name });
  const { ClusterInfoList = [] } = await aws.ask((options) => aws.client(KafkaClient).send(list, options));
  const found = ClusterInfoList.find(({ ClusterName }) => ClusterName === name);
  return found === undefined ? undefined : { found: found.State ?? "unknown", well: found.State === "ACTIVE" };
}

async function tableState(aws: Aws, TableName: string): Promise<State | undefined> {
  const describe = new DescribeTableCommand({ TableName });
  const answer = await aws.find((options) => aws.client(DynamoDBClient).send(describe, options), "ResourceNotFoundException");
  if (answer?.Table === undefined) return undefined;
  const { TableStatus = "unknown" } = answer.Table;
  return { found: TableStatus, well: TableStatus === "ACTIVE" };
}

async function userPoolState(aws: Aws, name: string): Promise<State | undefined> {
  const client = aws.client(CognitoIdentityProviderClient);
  return aws.ask(async (options) => {
    for await (const { UserPools = [] } of paginateListUserPools({ client }, { MaxResults: 60 }, options)) {
      // Cognito says nothing of a pool's state: one that is listed is there.
      if (UserPools.some((pool) => pool.Name === name)) return { found: "is there", well: true };
    }
    return undefined;
  });
}
