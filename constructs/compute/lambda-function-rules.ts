import { Token } from "cdktf";
import type { Construct } from "constructs";
import { PropsError } from "../base/props-error";
import type { Statement } from "../security/policy-document";
import type { LambdaFunctionProps } from "./lambda-function";
import { secretLikeVariables } from "./secret-like";

/** All variables of a function together. @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const ENVIRONMENT_BYTES = 4096;

/** Names that Lambda sets itself. @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html */
const RESERVED_VARIABLE = /^(AWS_|LAMBDA_|_HANDLER$|_X_AMZN_|TZ$)/;

/**
 * Checks what the types cannot.
 *
 * @throws {PropsError} for sizes and times that Lambda does not have, a variable that looks like a secret or is Lambda's own,
 * and more variables than Lambda takes.
 */
export function checkLambdaFunction(scope: Construct, props: LambdaFunctionProps): void {
  const { memoryMib, timeoutSeconds, reservedConcurrency = 1, invocation, environment = {} } = props;
  if (memoryMib < 128 || memoryMib > 10_240) throw new PropsError(scope, "memoryMib", "must be 128 to 10240", memoryMib);
  if (timeoutSeconds < 1 || timeoutSeconds > 900) throw new PropsError(scope, "timeoutSeconds", "must be 1 to 900", timeoutSeconds);
  if (reservedConcurrency < 1)
    throw new PropsError(scope, "reservedConcurrency", "must be 1 or more, as with none the function never runs", reservedConcurrency);
  if (invocation.kind === "asynchronous" && (invocation.maxAgeSeconds < 60 || invocation.maxAgeSeconds > 21_600))
    throw new PropsError(scope, "maxAgeSeconds", "must be 60 to 21600", invocation.maxAgeSeconds);
  checkEnvironment(scope, environment);
}

function checkEnvironment(scope: Construct, environment: Readonly<Record<string, string>>): void {
  // The names alone: an error must not show what may be a secret.
  const suspicious = secretLikeVariables(environment);
  if (suspicious.length > 0)
    throw new PropsError(scope, "environment", "must hold no secret; name the secret instead and read it at run time", suspicious);
  const reserved = Object.keys(environment).filter((name) => RESERVED_VARIABLE.test(name));
  if (reserved.length > 0) throw new PropsError(scope, "environment", "must not set variables that Lambda sets itself", reserved);
  const size = Object.entries(environment)
    .filter(([, value]) => !Token.isUnresolved(value))
    .reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value), 0);
  if (size > ENVIRONMENT_BYTES) throw new PropsError(scope, "environment", `must be ${ENVIRONMENT_BYTES} bytes at most`, size);
}

/** What the tracing that runs beside the function needs. @see https://docs.aws.amazon.com/xray/latest/devguide/security_iam_id-based-policy-examples.html */
export const TRACING: Statement = {
  sid: "WriteTraces",
  actions: ["xray:PutTelemetryRecords", "xray:PutTraceSegments"],
  resources: ["*"],
  wildcardBecause: "traces have no ARN to write them to",
};

/** What Lambda needs to put a function into a network. @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions */
export const JOINING_NETWORK: Statement = {
  sid: "JoinNetwork",
  actions: [
    "ec2:AssignPrivateIpAddresses",
    "ec2:CreateNetworkInterface",
    "ec2:DeleteNetworkInterface",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSubnets",
    "ec2:UnassignPrivateIpAddresses",
  ],
  resources: ["*"],
  wildcardBecause: "Lambda's network interfaces have no ARN before they are made",
};
