import type { Construct } from "constructs";
import type { MarqoConfig } from "../../config/marqo-schema";
import type { BackendKind } from "../../constructs/base/backend";
import { alertEmail } from "../../constructs/base/operator-variable";
import { SystemStack } from "../../constructs/base/system-stack";
import { EcsCluster } from "../../constructs/compute/ecs-cluster";
import { FargateService } from "../../constructs/compute/fargate-service";
import { ImageRepository } from "../../constructs/delivery/image-repository";
import { ReleasedImage } from "../../constructs/delivery/released-image";
import { NetworkLoadBalancer } from "../../constructs/edge/network-load-balancer";
import { Network } from "../../constructs/network/network";
import { AlarmTopic } from "../../constructs/observability/alarm-topic";
import { Budget } from "../../constructs/observability/budget";
import { Secret } from "../../constructs/security/secret";
import { MarqoApi } from "./marqo-api";
import { MarqoTables } from "./marqo-tables";
import { MarqoUsers } from "./marqo-users";

export interface MarqoStackProps {
  readonly environment: string;
  readonly config: MarqoConfig;
  readonly backend: BackendKind;
}

const LOG_DAYS = 30;

/** Marqo's control plane: the console and the monolith behind it. docs/architecture.md#marqo is written from what this stack states. */
export class MarqoStack extends SystemStack {
  constructor(scope: Construct, id: string, { environment, config, backend }: MarqoStackProps) {
    const { accountId, region, state, protection } = config;
    super(scope, id, { system: "marqo", environment, backend, accountId, region, state, namePrefix: `${environment}-marqo` });
    const email = alertEmail(this);
    const alarms = new AlarmTopic(this, "Alarms", { email });
    const network = new Network(this, "Network", config.network);
    const shared = { network, protection, alarms };

    // Data stores, and who may sign in.
    const tables = new MarqoTables(this, "Tables", { config, protection, alarms });
    const { consoleUrl } = config.api;
    const users = new MarqoUsers(this, "Users", {
      config: config.users,
      protection,
      alarms,
      table: tables.usersAccounts,
      consoleUrl,
      logDays: LOG_DAYS,
    });
    const secret = (secretId: string, name: string, why: string) => new Secret(this, secretId, { name, why, keys: [], protection });
    const stripe = secret("StripeSecretKey", config.secrets.stripeSecretKey, "Stripe's key; the monolith reads it by its name");
    const encryption = secret("ApiKeyEncryptionKey", config.secrets.apiKeyEncryptionKey, "with which customers' API keys are kept");

    // Compute.
    const repository = new ImageRepository(this, "MonolithRepository", { name: `${environment}-monolith`, source: { create: protection } });
    const monolith = new FargateService(this, "Monolith", {
      ...shared,
      ...config.monolith,
      cluster: new EcsCluster(this, "Cluster", { name: `${environment}-MonolithCluster` }),
      name: `${environment}-MonolithService`,
      why: "the console's API",
      logs: { name: `${environment}-monolith-logs`, retentionDays: LOG_DAYS },
      containers: [
        {
          name: "monolith",
          image: new ReleasedImage(this, "MonolithImage", { repository, parameter: `/marqo/${environment}/monolith/image` }),
          ports: { http: 8000 },
          environment: {
            ENVIRONMENT: environment,
            cognito_user_pool_id: users.pool.id,
            cognito_client_id: users.pool.clientId,
            users_accounts_table_name: tables.usersAccounts.name,
            index_configs_table_name: tables.indexConfigs.name,
            data_plane_cells: JSON.stringify(config.dataPlaneCells),
            stripe_secret_key_secret_name: stripe.name,
            api_key_encryption_key_secret_name: encryption.name,
          },
        },
      ],
    });

    // The way in.
    const balancer = new NetworkLoadBalancer(this, "Balancer", {
      ...shared,
      name: `${environment}-MonolithNlb`,
      why: "where the API's VPC link ends",
      service: monolith,
      passthrough: ["http"],
      exposure: "internal",
      healthCheck: { path: "/health" },
    });
    const { api, site } = new MarqoApi(this, "Api", { config, protection, alarms, balancer, users: users.pool, logDays: LOG_DAYS });
    if (api.serverErrorsAlarm !== undefined) monolith.rollBackOn(api.serverErrorsAlarm);

    // Who may do what.
    tables.grantWork(monolith);
    stripe.grantRead(monolith);
    encryption.grantRead(monolith);

    new Budget(this, "Budget", { monthlyUsd: config.monthlyBudgetUsd, email });
    this.output("ConsoleUrl", consoleUrl, "The console");
    this.output("ApiId", api.id, "aws apigateway get-stages --rest-api-id <this>");
    this.output("ConsoleBucket", site.name, "aws s3 sync build/ s3://<this>/html/");
    this.output("UserPoolId", users.pool.id, "aws cognito-idp list-users --user-pool-id <this>");
    this.output("UserPoolClientId", users.pool.clientId, "What the console signs users in with");
  }
}
