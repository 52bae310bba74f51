import { LambdaFunction as LambdaFunctionResource } from "@cdktf/provider-aws/lib/lambda-function";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import { Construct } from "constructs";
import { pathInStack } from "../base/construct-path";
import { physicalName } from "../base/physical-name";
import { SystemStack } from "../base/system-stack";
import { type Connectable, Connections } from "../network/connections";
import type { Network } from "../network/network";
import { type Alarms, alarmTopic } from "../observability/alarm-topic";
import { LogGroup } from "../observability/log-group";
import type { Metric } from "../observability/metric";
import { type Grantee, Role } from "../security/role";
import { type CountedErrors, LambdaFunctionAlarms, lambdaMetric } from "./lambda-function-alarms";
import { LambdaFunctionFailures } from "./lambda-function-failures";
import { LambdaFunctionPackage } from "./lambda-function-package";
import { checkLambdaFunction, JOINING_NETWORK, TRACING } from "./lambda-function-rules";

/** Who waits for the function's answer, and so where a failure goes. */
export type Invocation =
  /** The caller waits, and gets the error: a trigger of Cognito's, an API, an operator. Nothing is kept. */
  | {
      readonly kind: "synchronous";
      /** @default "exceptions" */
      readonly errors?: CountedErrors;
    }
  /** Nobody waits: an event of S3's, a rule, a topic. Lambda tries again; what still fails ends in a queue of the function's own. */
  | {
      readonly kind: "asynchronous";
      /** How often Lambda tries an event again. */
      readonly retries: 0 | 1 | 2;
      /** How long Lambda tries, in seconds, 60 to 21600. */
      readonly maxAgeSeconds: number;
    };

export interface LambdaFunctionProps {
  /** Folder in handlers/ whose `handler.ts` it runs. */
  readonly handler: string;
  readonly why: string;
  readonly invocation: Invocation;
  /** MiB, 128 to 10240. CPU comes with it: a whole one at 1769. */
  readonly memoryMib: number;
  /** Seconds after which Lambda ends an invocation, 1 to 900. */
  readonly timeoutSeconds: number;
  /** Plain settings. What looks like a secret is refused. @default - none */
  readonly environment?: Readonly<Record<string, string>>;
  /** Runs in the network's private subnets. @default - outside any network of ours, with the internet and AWS in reach */
  readonly network?: Network;
  /** Most invocations at once; they are set aside from what the account may run. @default - as many as the account has left */
  readonly reservedConcurrency?: number;
  /** Traces in X-Ray. @default true */
  readonly tracing?: boolean;
  readonly logs: { readonly retentionDays: number };
  readonly alarms: Alarms;
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html - supported to April 2028 */
const RUNTIME = "nodejs24.x";
/** @see https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html */
const NAME_LENGTH = 64;

/**
 * A Lambda function out of handlers/, on Graviton, with a role, a log group and alarms of its own.
 *
 * Nobody may call it until `allowInvoke` says so, and it may do nothing until something grants it. In a network, nothing is in
 * its reach until `connections` says so; outside, there are no `connections`, and what is in a network is out of its reach.
 */
export class LambdaFunction extends Construct implements Connectable, Grantee {
  readonly name: string;
  readonly arn: string;
  readonly role: Role;
  private readonly ownConnections: Connections | undefined;
  private readonly props: LambdaFunctionProps;
  private readonly logs: LogGroup;
  private readonly resource: LambdaFunctionResource;

  /** @throws {PropsError} for a handler that is not built, and for what Lambda does not take; see {@link checkLambdaFunction}. */
  constructor(scope: Construct, id: string, props: LambdaFunctionProps) {
    super(scope, id);
    checkLambdaFunction(this, props);
    const { network, tracing = true } = props;
    this.props = props;
    this.name = physicalName(this, NAME_LENGTH);
    this.logs = new LogGroup(this, "LogGroup", { name: `/aws/lambda/${this.name}`, ...props.logs });
    this.role = new Role(this, "Role", { service: "lambda.amazonaws.com" });
    this.logs.grantWrite(this);
    if (tracing) this.role.allow(TRACING);
    if (network !== undefined) {
      this.ownConnections = new Connections(this, "Connections", { vpcId: network.vpcId });
      this.role.allow(JOINING_NETWORK);
    }
    this.resource = this.makeFunction();
    this.arn = this.resource.arn;
    this.monitor();
    this.stateFact();
  }

  /**
   * Its place in the network.
   *
   * @throws when it stands in none.
   */
  get connections(): Connections {
    if (this.ownConnections === undefined)
      throw new Error(`${this.node.path}: must be given a network before it can reach anything in one, got none`);
    return this.ownConnections;
  }

  /** Invocations, whatever came of them. */
  get invocations(): Metric {
    return lambdaMetric(this.name, "Invocations", "Sum");
  }

  /** Invocations that ended with an exception. */
  get errors(): Metric {
    return lambdaMetric(this.name, "Errors", "Sum");
  }

  /** How long the slowest of a hundred invocations took, in milliseconds. */
  get duration(): Metric {
    return lambdaMetric(this.name, "Duration", "p99");
  }

  /**
   * Lets an AWS service call the function on behalf of one resource of this account. One permission for each service; the
   * caller's own role is not asked.
   *
   * @param service for example `cognito-idp.amazonaws.com`.
   * @param sourceArn the user pool, bucket or rule.
   */
  allowInvoke(service: `${string}.amazonaws.com`, sourceArn: string): void {
    const caller = service.replace(/\.amazonaws\.com$/, "");
    new LambdaPermission(this, `InvokedBy-${caller}`, {
      statementId: `InvokedBy-${caller.replaceAll(".", "-")}`,
      action: "lambda:InvokeFunction",
      functionName: this.resource.functionName,
      principal: service,
      sourceArn,
      sourceAccount: SystemStack.of(this).accountId,
    });
  }

  private makeFunction(): LambdaFunctionResource {
    const { handler, why, memoryMib, timeoutSeconds, environment = {}, network, reservedConcurrency, tracing = true } = this.props;
    const code = new LambdaFunctionPackage(this, "Code", handler);
    return new LambdaFunctionResource(this, "Default", {
      functionName: this.name,
      description: why,
      role: this.role.arn,
      runtime: RUNTIME,
      architectures: ["arm64"],
      handler: "handler.handler",
      filename: code.path,
      sourceCodeHash: code.hash,
      memorySize: memoryMib,
      timeout: timeoutSeconds,
      reservedConcurrentExecutions: reservedConcurrency,
      environment: Object.keys(environment).length > 0 ? { variables: { ...environment } } : undefined,
      tracingConfig: { mode: tracing ? "Active" : "PassThrough" },
      loggingConfig: { logFormat: "JSON", applicationLogLevel: "INFO", systemLogLevel: "INFO", logGroup: this.logs.nameOnceMade },
      vpcConfig:
        network === undefined
          ? undefined
          : { subnetIds: network.privateSubnets.map(({ id }) => id), securityGroupIds: [this.connections.securityGroupId] },
      // Lambda makes its network interfaces with the role, and refuses a function whose role may not.
      dependsOn: [...this.role.policies],
    });
  }

  private monitor(): void {
    const { invocation, alarms, timeoutSeconds } = this.props;
    const topic = alarmTopic(this, alarms, `function ${this.name}`);
    if (invocation.kind === "asynchronous") {
      new LambdaFunctionFailures(this, "Failures", {
        functionName: this.name,
        functionNameOnceMade: this.resource.functionName,
        role: this.role,
        retries: invocation.retries,
        maxAgeSeconds: invocation.maxAgeSeconds,
        topic,
      });
    }
    if (topic === undefined) return;
    const errors = invocation.kind === "synchronous" ? (invocation.errors ?? "exceptions") : "exceptions";
    new LambdaFunctionAlarms(this, "Alarms", { topic, functionName: this.name, logs: this.logs, timeoutSeconds, errors });
  }

  private stateFact(): void {
    const { invocation, why, memoryMib, timeoutSeconds, reservedConcurrency } = this.props;
    const most = reservedConcurrency === undefined ? "" : `, ${reservedConcurrency} at once`;
    SystemStack.of(this).inventory.add({
      kind: "function",
      id: pathInStack(this),
      name: this.name,
      why,
      size: `${memoryMib} MiB, ${timeoutSeconds} s${most}`,
      stateful: false,
      fails:
        invocation.kind === "synchronous"
          ? "its caller gets the error"
          : `Lambda tries ${invocation.retries} more times, then the event waits in a queue for 14 days`,
      logGroup: this.logs.name,
      timeoutSeconds,
    });
  }
}
