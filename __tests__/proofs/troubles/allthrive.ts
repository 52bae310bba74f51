import type { Construct } from "constructs";
import type { FargateService } from "../../../constructs/compute/fargate-service";
import type { PostgresDatabase } from "../../../constructs/data/postgres-database";
import { ApplicationLoadBalancer } from "../../../constructs/edge/application-load-balancer";
import type { Certificate } from "../../../constructs/edge/certificate";
import type { BackendPaths } from "../../../constructs/edge/distribution-behaviours";
import type { Network } from "../../../constructs/network/network";
import type { AllThriveBuckets } from "../../../stacks/allthrive/allthrive-buckets";
import type { AllThriveSecrets } from "../../../stacks/allthrive/allthrive-secrets";
import type { AllThriveStack } from "../../../stacks/allthrive/allthrive-stack";
import { addDistribution } from "../../constructs/edge/distribution-parts";
import { addService, UNMONITORED, UNPROTECTED } from "../../constructs/parts";
import type { Entry } from "../support/trouble";

/** A part of the stack, by its path. */
function part<Part extends Construct>(stack: AllThriveStack, path: string): Part {
  return path.split("/").reduce<Construct>((scope, id) => scope.node.findChild(id) as Construct, stack) as Part;
}

/** Takes a resource out, as somebody does who deletes its line. */
function without(path: string): (stack: AllThriveStack) => void {
  const [, parent = "", child = ""] = /^(.+)\/([^/]+)$/.exec(path) ?? [];
  return (stack) => {
    if (!part(stack, parent).node.tryRemoveChild(child)) throw new Error(`${parent} has no ${child}`);
  };
}

/** The troubleshooting list of AllThrive's owners. */
export const ALLTHRIVE_TROUBLES: readonly Entry[] = [
  {
    entry: "Tasks failing to start",
    troubles: [
      {
        broken: "the log group of web is gone",
        toldBy: "terraform",
        says: 'A managed resource "aws_cloudwatch_log_group" "ecs_web_log_group" has not been declared in the root module.',
        live: ["log-group-exists", "service-stopped-tasks"],
        code: without("Ecs/Web/LogGroup/Default"),
      },
      { broken: "nobody has filled a secret", toldBy: "nothing", live: ["secret-value", "service-stopped-tasks"] },
      {
        broken: "a task asks for a key that its secret does not have",
        toldBy: "construct",
        says: "Secrets/App: key must be one of SECRET_KEY, SENTRY_DSN",
        live: ["secret-keys", "service-secrets"],
        code: (stack) => void part<AllThriveSecrets>(stack, "Secrets").app.key("DJANGO_SECRET" as "SECRET_KEY"),
      },
      {
        broken: "the network has no way out",
        toldBy: "configuration",
        says: 'allthrive.production.vpc.nat: must be "perZone" or { single: "a" }, because the tasks call companies outside AWS',
        live: ["service-stopped-tasks"],
        changes: { "production.vpc.nat": "none" },
      },
      {
        broken: "the security group of web lets nothing out",
        toldBy: "reach",
        says: "shut: Ecs/Web -> Internet (0.0.0.0/0) tcp/443",
        live: ["security-group-egress"],
        code: without("Ecs/Web/Connections/ToInternet443"),
      },
      { broken: "no image has the tag that the release parameter names", toldBy: "nothing", live: ["service-stopped-tasks"] },
    ],
  },
  {
    entry: "Database connection",
    troubles: [
      ...["Web", "Celery", "CeleryBeat"].map((service) => ({
        broken: `the database's security group does not admit ${service}`,
        toldBy: "reach" as const,
        says: `shut: Ecs/${service} -> Rds tcp/5432`,
        live: ["security-group-ingress" as const],
        code: without(`Rds/Connections/FromEcs${service}-postgres`),
      })),
      {
        broken: "a task's own security group does not let it out to the database",
        toldBy: "reach",
        says: "shut: Ecs/Web -> Rds tcp/5432",
        live: ["security-group-egress"],
        code: without("Ecs/Web/Connections/ToRds-postgres"),
      },
      {
        broken: "DATABASE_URL has a scheme that no driver knows",
        toldBy: "construct",
        says: "Rds: scheme must be postgres or postgresql, and after a plus the driver",
        live: ["database-url"],
        code: (stack) => {
          const urls = part<PostgresDatabase>(stack, "Rds");
          urls.urlSecret("Second", { secretName: "production/allthrive/second", key: "DATABASE_URL", scheme: "postgres://" });
        },
      },
      { broken: "somebody has written DATABASE_URL by hand", toldBy: "nothing", live: ["database-url"] },
    ],
  },
  {
    entry: "Websockets",
    troubles: [
      {
        broken: "a balancer closes connections after 60 quiet seconds",
        toldBy: "construct",
        says: "idleTimeoutSeconds must be 120 or more, because production-allthrive-web has websockets, got 60",
        live: ["balancer-idle-timeout"],
        code: (stack) =>
          void new ApplicationLoadBalancer(stack, "Second", {
            network: part<Network>(stack, "Vpc"),
            name: "second",
            why: "websockets",
            certificate: part<Certificate>(stack, "Alb/Certificate"),
            target: { service: part<FargateService<"http">>(stack, "Ecs/Web"), port: "http", healthCheck: "tcp", websockets: true },
            idleTimeoutSeconds: 60,
            protection: UNPROTECTED,
            alarms: UNMONITORED,
          }),
      },
      {
        broken: "CloudFront has no behaviour for them",
        toldBy: "construct",
        says: "backend.paths.websockets must be one segment of lower-case letters, digits and hyphens, then /*",
        live: ["distribution-behaviours"],
        code: (stack) => {
          const paths = { api: "/api/*", websockets: "" as "/ws/*" } satisfies BackendPaths;
          addDistribution(stack, { backend: { origin: { vpcOrigin: part<ApplicationLoadBalancer>(stack, "Alb/Origin") }, paths } });
        },
      },
      { broken: "somebody has changed what CloudFront passes on", toldBy: "nothing", live: ["distribution-backend"] },
      {
        broken: "the balancer does not reach Daphne",
        toldBy: "reach",
        says: "shut: Alb -> Ecs/Web tcp/8000",
        live: ["security-group-ingress", "balancer-targets"],
        code: without("Ecs/Web/Connections/FromAlb-http"),
      },
    ],
  },
  {
    entry: "Weaviate",
    troubles: [
      {
        broken: "it is told to run no task",
        toldBy: "configuration",
        says: "allthrive.production.services.weaviate.tasks.min: must be 1 or more, got 0",
        live: ["service-tasks"],
        changes: { "production.services.weaviate.tasks": { min: 0, max: 1, cpuPercent: 70 } },
      },
      {
        broken: "two tasks would write its files",
        toldBy: "configuration",
        says: "allthrive.production.services.weaviate.tasks.max: must be 1, because two at a time would harm, got 2",
        live: ["service-tasks"],
        changes: { "production.services.weaviate.tasks": { min: 2, max: 2 } },
      },
      { broken: "its task has stopped", toldBy: "nothing", live: ["service-tasks", "service-stopped-tasks"] },
      {
        broken: "8080 does not admit Celery",
        toldBy: "reach",
        says: "shut: Ecs/Celery -> Ecs/Weaviate tcp/8080",
        live: ["security-group-ingress"],
        code: without("Ecs/Weaviate/Connections/FromEcsCelery-rest"),
      },
      {
        broken: "its short name stands for a port that it does not have",
        toldBy: "construct",
        says: 'discovery must name ports that a container listens on, got "rest"',
        live: ["service-connect"],
        code: (stack) => {
          const { cluster } = part<FargateService>(stack, "Ecs/Weaviate");
          addService<string>(stack, "Second", part<Network>(stack, "Vpc"), { cluster, discovery: { name: "second", ports: ["rest"] } });
        },
      },
    ],
  },
  {
    entry: "Static assets",
    troubles: [
      {
        broken: "the bucket's policy is gone",
        toldBy: "frontEnd",
        says: "the front end's bucket does not let the distribution s3:GetObject: every page and asset is forbidden",
        live: ["bucket-distribution"],
        code: without("S3/Frontend/Policy"),
      },
      {
        broken: "the distribution's origin access control is gone",
        toldBy: "terraform",
        says: 'A managed resource "aws_cloudfront_origin_access_control" "cloudfront_access_control" has not been declared in the root module.',
        live: ["distribution-origin"],
        code: without("Cloudfront/Default/AccessControl"),
      },
      {
        broken: "somebody opens the bucket to everybody instead",
        toldBy: "construct",
        says: 'statement Everybody must not allow everybody, got "*"',
        live: ["bucket-public-access"],
        code: (stack) => {
          const { frontend } = part<AllThriveBuckets>(stack, "S3");
          frontend.addToPolicy({ sid: "Everybody", principal: "*", actions: ["s3:GetObject"], resources: [`${frontend.arn}/*`] });
        },
      },
    ],
  },
];
