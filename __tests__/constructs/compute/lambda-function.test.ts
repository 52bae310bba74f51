import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { LambdaFunction as LambdaFunctionResource } from "@cdktf/provider-aws/lib/lambda-function";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import type { LambdaFunction, LambdaFunctionProps } from "../../../constructs/compute/lambda-function";
import { workBesidePackages } from "../../support/packed-handlers";
import { type Synthesized, scratchApp, synthesizeTestStack, TestStack } from "../../support/synthesized";
import { addFunction } from "../functions";
import { addNetwork } from "../parts";
import { facts, once, rules, statements } from "../readings";

workBesidePackages({ greet: "a package" });

function synthFunction(
  props: (stack: TestStack) => Partial<LambdaFunctionProps> = () => ({}),
  use: (fn: LambdaFunction) => void = () => undefined,
): Synthesized {
  return synthesizeTestStack((stack) => use(addFunction(stack, props(stack))));
}

const plain = once(() => synthFunction());

const WRITES_ITS_LOG = {
  Sid: "WriteLogs",
  Effect: "Allow",
  Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
  Resource: "${aws_cloudwatch_log_group.greeter_log_group.arn}:*",
};
const WRITES_TRACES = { Sid: "WriteTraces", Effect: "Allow", Action: ["xray:PutTelemetryRecords", "xray:PutTraceSegments"], Resource: "*" };

describe("LambdaFunction", () => {
  test("runs its package on Graviton, with traces and a JSON log of its own, when only the required props are given", () => {
    // `printf 'a package' | sha256sum`, once in hex digits and once in base64.
    expect(plain().only(LambdaFunctionResource)).toEqual({
      function_name: "shop-test-greeter",
      description: "greets users",
      role: "${aws_iam_role.greeter_role.arn}",
      runtime: "nodejs24.x",
      architectures: ["arm64"],
      handler: "handler.handler",
      filename: "assets/greeter_code/c0cd5ccfdb563a59366e33e73001b78f/greet.zip",
      source_code_hash: "wM1cz9tWOlk2bjPnMAG3j9uMylpsSOL5D//N5EuB8fY=",
      memory_size: 256,
      timeout: 5,
      tracing_config: { mode: "Active" },
      logging_config: {
        log_format: "JSON",
        application_log_level: "INFO",
        system_log_level: "INFO",
        log_group: "${aws_cloudwatch_log_group.greeter_log_group.name}",
      },
      depends_on: ["aws_iam_role_policy.greeter_role_policy"],
    });
    expect(plain().only(CloudwatchLogGroup)).toEqual({ name: "/aws/lambda/shop-test-greeter", retention_in_days: 30 });
  });

  test("has a role that only Lambda assumes, and that may write its log and its traces and nothing else", () => {
    expect(statements(plain().only(IamRole)["assume_role_policy"])).toEqual([
      { Sid: "Assume", Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
    ]);
    expect(statements(plain().only(IamRolePolicy)["policy"])).toEqual([WRITES_ITS_LOG, WRITES_TRACES]);
  });

  test("is called by nobody until told to", () => {
    expect(plain().all(LambdaPermission)).toEqual([]);
  });

  test("is called by a service on behalf of one resource of this account", () => {
    const synthesized = synthFunction(undefined, (fn) => {
      fn.allowInvoke("cognito-idp.amazonaws.com", "arn:aws:cognito-idp:eu-west-1:111111111111:userpool/eu-west-1_Pool");
      fn.allowInvoke("s3.amazonaws.com", "arn:aws:s3:::bucket");
    });
    expect(synthesized.byName(LambdaPermission)).toEqual({
      greeter_invoked_by_cognito_idp: {
        statement_id: "InvokedBy-cognito-idp",
        action: "lambda:InvokeFunction",
        function_name: "${aws_lambda_function.greeter.function_name}",
        principal: "cognito-idp.amazonaws.com",
        source_arn: "arn:aws:cognito-idp:eu-west-1:111111111111:userpool/eu-west-1_Pool",
        source_account: "111111111111",
      },
      greeter_invoked_by_s3: expect.objectContaining({ principal: "s3.amazonaws.com", source_arn: "arn:aws:s3:::bucket" }),
    });
  });

  test("takes settings, a concurrency of its own, and no traces where they are not wanted", () => {
    const synthesized = synthFunction(() => ({ environment: { GREETING: "hello" }, reservedConcurrency: 5, tracing: false }));
    expect(synthesized.only(LambdaFunctionResource)).toMatchObject({
      environment: { variables: { GREETING: "hello" } },
      reserved_concurrent_executions: 5,
      tracing_config: { mode: "PassThrough" },
    });
    expect(statements(synthesized.only(IamRolePolicy)["policy"])).toEqual([WRITES_ITS_LOG]);
  });

  test("keeps its address", () => {
    expect(plain().addresses(LambdaFunctionResource)).toEqual(["aws_lambda_function.greeter"]);
  });

  test("states itself", () => {
    const common = {
      kind: "function",
      id: "Greeter",
      name: "shop-test-greeter",
      why: "greets users",
      stateful: false,
      logGroup: "/aws/lambda/shop-test-greeter",
      timeoutSeconds: 5,
    };
    expect(facts(plain(), "function")).toEqual([{ ...common, size: "256 MiB, 5 s", fails: "its caller gets the error" }]);
    const asynchronous = { kind: "asynchronous", retries: 2, maxAgeSeconds: 3600 } as const;
    expect(
      facts(
        synthFunction(() => ({ reservedConcurrency: 5, invocation: asynchronous })),
        "function",
      ),
    ).toEqual([
      { ...common, size: "256 MiB, 5 s, 5 at once", fails: "Lambda tries 2 more times, then the event waits in a queue for 14 days" },
    ]);
  });

  test("counts what dashboards show of it", () => {
    const fn = addFunction(new TestStack(scratchApp()));
    const common = { namespace: "AWS/Lambda", dimensions: { FunctionName: "shop-test-greeter" } };
    expect(fn.invocations).toEqual({ ...common, name: "Invocations", statistic: "Sum" });
    expect(fn.errors).toEqual({ ...common, name: "Errors", statistic: "Sum" });
    expect(fn.duration).toEqual({ ...common, name: "Duration", statistic: "p99" });
  });
});

describe("a LambdaFunction in a network", () => {
  const inNetwork = once(() => synthFunction((stack) => ({ network: addNetwork(stack) })));

  test("stands in the private subnets, behind a security group that lets nothing in or out", () => {
    expect(inNetwork().only(LambdaFunctionResource)["vpc_config"]).toEqual({
      subnet_ids: ["${aws_subnet.network_private_a.id}", "${aws_subnet.network_private_b.id}"],
      security_group_ids: ["${aws_security_group.greeter.id}"],
    });
    expect(rules(inNetwork())).toEqual([]);
  });

  test("may have its network interfaces made, and waits until it may", () => {
    expect(statements(inNetwork().byName(IamRolePolicy)["greeter_role_policy"]?.["policy"])).toEqual([
      WRITES_ITS_LOG,
      WRITES_TRACES,
      {
        Sid: "JoinNetwork",
        Effect: "Allow",
        Action: [
          "ec2:AssignPrivateIpAddresses",
          "ec2:CreateNetworkInterface",
          "ec2:DeleteNetworkInterface",
          "ec2:DescribeNetworkInterfaces",
          "ec2:DescribeSubnets",
          "ec2:UnassignPrivateIpAddresses",
        ],
        Resource: "*",
      },
    ]);
    expect(inNetwork().only(LambdaFunctionResource)["depends_on"]).toEqual(["aws_iam_role_policy.greeter_role_policy"]);
  });

  test("reaches what it is let into", () => {
    const synthesized = synthFunction(
      (stack) => ({ network: addNetwork(stack) }),
      (fn) => fn.connections.allowToInternet(443, "calls a company"),
    );
    expect(rules(synthesized)).toEqual(["out greeter -> 0.0.0.0/0 tcp/443: calls a company"]);
  });

  test("is the only one with a place in it", () => {
    const fn = addFunction(new TestStack(scratchApp()));
    expect(() => fn.connections).toThrow("shop-test/Greeter: must be given a network before it can reach anything in one, got none");
    expect(plain().all(SecurityGroup)).toEqual([]);
    expect(plain().only(LambdaFunctionResource)).not.toHaveProperty("vpc_config");
  });
});

describe("a LambdaFunction refuses", () => {
  test.each<[string, Partial<LambdaFunctionProps>, string]>([
    ["a handler that is not built", { handler: "leave" }, 'handler must be a folder of handlers/ that is built (greet), got "leave"'],
    ["less memory than Lambda has", { memoryMib: 127 }, "memoryMib must be 128 to 10240, got 127"],
    ["more memory than Lambda has", { memoryMib: 10_241 }, "memoryMib must be 128 to 10240, got 10241"],
    ["no time", { timeoutSeconds: 0 }, "timeoutSeconds must be 1 to 900, got 0"],
    ["more time than Lambda gives", { timeoutSeconds: 901 }, "timeoutSeconds must be 1 to 900, got 901"],
    [
      "a concurrency with which it never runs",
      { reservedConcurrency: 0 },
      "reservedConcurrency must be 1 or more, as with none the function never runs, got 0",
    ],
    [
      "to try for less than a minute",
      { invocation: { kind: "asynchronous", retries: 1, maxAgeSeconds: 59 } },
      "maxAgeSeconds must be 60 to 21600, got 59",
    ],
    [
      "a secret in its environment, without showing it",
      { environment: { API_TOKEN: "abc", REGION_NAME: "x" } },
      'environment must hold no secret; name the secret instead and read it at run time, got ["API_TOKEN"]',
    ],
    [
      "variables of Lambda's own",
      { environment: { AWS_REGION: "eu-west-1", TZ: "UTC" } },
      'environment must not set variables that Lambda sets itself, got ["AWS_REGION","TZ"]',
    ],
    [
      "more variables than Lambda takes",
      { environment: { DOMAINS: "a".repeat(4090) } },
      "environment must be 4096 bytes at most, got 4097",
    ],
  ])("%s", (_what, props, message) => {
    expect(() => synthFunction(() => props)).toThrow(`shop-test/Greeter: ${message}`);
  });

  test("nothing at the edges of what Lambda takes", () => {
    const least = { memoryMib: 128, timeoutSeconds: 1, reservedConcurrency: 1, environment: { DOMAINS: "a".repeat(4089) } };
    expect(synthFunction(() => least).all(LambdaFunctionResource)).toHaveLength(1);
    expect(synthFunction(() => ({ memoryMib: 10_240, timeoutSeconds: 900 })).all(LambdaFunctionResource)).toHaveLength(1);
  });
});
