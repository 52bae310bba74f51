import { CognitoIdentityProviderClient, CreateUserPoolCommand } from "@aws-sdk/client-cognito-identity-provider";
import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { EC2Client, RunInstancesCommand, StopInstancesCommand } from "@aws-sdk/client-ec2";
import { KafkaClient, ListClustersV2Command } from "@aws-sdk/client-kafka";
import { GetFunctionConfigurationCommand, LambdaClient, ResourceNotFoundException } from "@aws-sdk/client-lambda";
import { CreateDBClusterCommand, CreateDBInstanceCommand, RDSClient } from "@aws-sdk/client-rds";
import { mockClient } from "aws-sdk-client-mock";
import type { Fact } from "../../../../constructs/base/inventory-facts";
import type { DatabaseFact } from "../../../../constructs/base/inventory-parts";
import { validate } from "../../../../ops/validate/validate";
import { Moto, motoIsMissing } from "../../../support/moto";
import { describeWith } from "../../../support/needs";
import { inventory } from "../../support/inventories";
import { CREDENTIALS } from "../support/clients";

jest.setTimeout(120_000);

const ACCOUNT = "111111111111";
const part = (id: string) => ({ id, name: id, why: "is needed", size: "small", stateful: false, fails: "never" });
const aurora: DatabaseFact = {
  ...part("shop"),
  kind: "database",
  engine: "aurora-mysql 8.0",
  port: 3306,
  public: false,
  secret: "shop/aurora",
};

describeWith({ other: motoIsMissing }, "parts of which the state is asked, in an emulator of AWS", () => {
  let moto: Moto;
  const region = "eu-west-1";
  const settings = () => ({ region, endpoint: moto.url, credentials: CREDENTIALS });

  beforeAll(async () => {
    moto = await Moto.start(ACCOUNT);
  });
  afterAll(() => moto?.stop());

  const findings = async (...facts: readonly Fact[]) => {
    const options = { endpoint: moto.url, credentials: CREDENTIALS, maxAttempts: 1 };
    const found = await validate(inventory("shop-dev", ...facts), { signal: new AbortController().signal, settings: options });
    return found.map(({ part: group, verdict, heading, found: says }) => [group, verdict, heading, says]);
  };

  test("a table is there and active, or is not there", async () => {
    const fact = { ...part("orders"), kind: "table" } as const;
    expect(await findings(fact)).toEqual([["tables", "wrong", "table", "does not exist"]]);
    await new DynamoDBClient(settings()).send(
      new CreateTableCommand({
        TableName: "orders",
        BillingMode: "PAY_PER_REQUEST",
        KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
        AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
      }),
    );
    expect(await findings(fact)).toEqual([["tables", "ok", "table", "ACTIVE"]]);
  });

  test("a user pool is there, or is not there", async () => {
    const fact = { ...part("people"), kind: "userPool", created: true } as const;
    expect(await findings(fact)).toEqual([["user pools", "wrong", "user-pool", "does not exist"]]);
    await new CognitoIdentityProviderClient(settings()).send(new CreateUserPoolCommand({ PoolName: "people" }));
    expect(await findings(fact)).toEqual([["user pools", "ok", "user-pool", "is there"]]);
  });

  test("an instance of the root runs, or is stopped; another root's does not count", async () => {
    const ec2 = new EC2Client(settings());
    const fact = { ...part("bastion"), kind: "instance", instanceType: "t3.micro" } as const;
    const run = (root: string) => {
      const Tags = Object.entries({ Name: "bastion", Root: root }).map(([Key, Value]) => ({ Key, Value }));
      const launch = { ImageId: "ami-12c6146b", MinCount: 1, MaxCount: 1 };
      return ec2.send(new RunInstancesCommand({ ...launch, TagSpecifications: [{ ResourceType: "instance", Tags }] }));
    };
    await run("shop-prod");
    expect(await findings(fact)).toEqual([["instances", "wrong", "instance", "does not exist"]]);
    const { Instances = [] } = await run("shop-dev");
    expect(await findings(fact)).toEqual([["instances", "ok", "instance", "running"]]);
    await ec2.send(new StopInstancesCommand({ InstanceIds: [Instances[0]?.InstanceId ?? ""] }));
    expect(await findings(fact)).toEqual([["instances", "wrong", "instance", "stopped"]]);
  });

  test("an Aurora cluster is as well as the worst of its instances, and has no disk to fill", async () => {
    const rds = new RDSClient(settings());
    expect(await findings(aurora)).toEqual([["databases", "wrong", "database-exists", "does not exist"]]);
    const login = { MasterUsername: "master", MasterUserPassword: "not-a-real-one" };
    await rds.send(new CreateDBClusterCommand({ DBClusterIdentifier: "shop", Engine: "aurora-mysql", ...login }));
    expect(await findings(aurora)).toContainEqual(["databases", "wrong", "database-available", "without instances"]);
    const writer = { DBInstanceIdentifier: "shop-writer", DBInstanceClass: "db.r6g.large", Engine: "aurora-mysql" };
    await rds.send(new CreateDBInstanceCommand({ ...writer, DBClusterIdentifier: "shop" }));
    expect(await findings(aurora)).toEqual([
      ["databases", "ok", "database-available", "available"],
      ["databases", "ok", "database-access", "is private"],
    ]);
  });

  // The emulator's clusters never become active, and have dates that AWS's SDK does not take.
  describe("a Kafka cluster, as MSK would list it", () => {
    const kafka = mockClient(KafkaClient);
    const fact = { ...part("events"), kind: "kafka", phase: "create", ports: [] } as const;
    afterEach(() => kafka.reset());
    afterAll(() => kafka.restore());

    test.each([
      [
        "ok",
        "ACTIVE",
        [
          { ClusterName: "events-2", State: "CREATING" },
          { ClusterName: "events", State: "ACTIVE" },
        ],
      ],
      ["wrong", "HEALING", [{ ClusterName: "events", State: "HEALING" }]],
      ["wrong", "does not exist", [{ ClusterName: "events-2", State: "ACTIVE" }]],
    ] as const)("is %s when it is %s", async (verdict, says, ClusterInfoList) => {
      kafka.on(ListClustersV2Command, { ClusterNameFilter: "events" }).resolves({ ClusterInfoList: [...ClusterInfoList] });
      expect(await findings(fact)).toEqual([["Kafka clusters", verdict, "kafka", says]]);
    });
  });

  // The emulator's functions run in containers, which this machine need not have.
  describe("a function, as Lambda would describe it", () => {
    const lambda = mockClient(LambdaClient);
    const fact = { ...part("ingest"), kind: "function", logGroup: "/aws/lambda/ingest", timeoutSeconds: 30 } as const;
    afterEach(() => lambda.reset());
    afterAll(() => lambda.restore());

    test.each([
      ["ok", "Active, last update Successful", { State: "Active", LastUpdateStatus: "Successful" }],
      ["ok", "Inactive, last update Successful", { State: "Inactive", LastUpdateStatus: "Successful" }],
      ["wrong", "Failed, last update Successful: no subnet", { State: "Failed", StateReason: "no subnet", LastUpdateStatus: "Successful" }],
      ["wrong", "Active, last update Failed: no role", { State: "Active", LastUpdateStatus: "Failed", LastUpdateStatusReason: "no role" }],
    ] as const)("is %s when it is %s", async (verdict, says, answer) => {
      lambda.on(GetFunctionConfigurationCommand, { FunctionName: "ingest" }).resolves(answer);
      expect(await findings(fact)).toEqual([["functions", verdict, "function", says]]);
    });

    test("is wrong when it is not there", async () => {
      lambda.on(GetFunctionConfigurationCommand).rejects(new ResourceNotFoundException({ message: "no", $metadata: {} }));
      expect(await findings(fact)).toEqual([["functions", "wrong", "function", "does not exist"]]);
    });
  });
});
