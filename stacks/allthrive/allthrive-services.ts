import { Construct } from "constructs";
import type { AllThriveConfig } from "../../config/allthrive-schema";
import type { Protection } from "../../constructs/base/protection";
import { SystemStack } from "../../constructs/base/system-stack";
import { EcsCluster } from "../../constructs/compute/ecs-cluster";
import { FargateService } from "../../constructs/compute/fargate-service";
import { FileSystem } from "../../constructs/data/file-system";
import type { Redis } from "../../constructs/data/redis";
import type { Network } from "../../constructs/network/network";
import type { AlarmTopic } from "../../constructs/observability/alarm-topic";
import type { AllThriveBuckets } from "./allthrive-buckets";
import type { AllThriveImages } from "./allthrive-images";
import type { AllThriveSecrets } from "./allthrive-secrets";

export interface AllThriveServicesProps {
  readonly network: Network;
  readonly protection: Protection;
  readonly alarms: AlarmTopic;
  readonly sizes: AllThriveConfig["services"];
  readonly dns: AllThriveConfig["dns"];
  readonly redis: Redis;
  readonly buckets: AllThriveBuckets;
  readonly images: AllThriveImages;
  readonly secrets: AllThriveSecrets;
}

const LOG_DAYS = 30;
/** Celery stops taking work at SIGTERM and finishes what it has: as long as Fargate waits, which is what Spot gives notice of too. */
const FINISH_SECONDS = 120;
/** From Weaviate's own registry: Docker Hub limits pulls of those who do not log in. The tag is pinned: data on disk moves with it. */
const WEAVIATE_IMAGE = "cr.weaviate.io/semitechnologies/weaviate:1.32.4";

/** Django in three processes, and the vector database that only they reach. */
export class AllThriveServices extends Construct {
  readonly cluster: EcsCluster;
  readonly web: FargateService<"http">;
  readonly celery: FargateService;
  readonly celeryBeat: FargateService;
  readonly weaviate: FargateService<"rest" | "grpc">;

  constructor(scope: Construct, id: string, props: AllThriveServicesProps) {
    super(scope, id);
    const { network, protection, alarms, sizes, dns, redis, buckets, images, secrets } = props;
    const { namePrefix } = SystemStack.of(this);
    this.cluster = new EcsCluster(this, "Cluster", { name: `${namePrefix}-cluster`, namespace: namePrefix });
    const task = (service: string) => ({
      network,
      alarms,
      cluster: this.cluster,
      name: `${namePrefix}-${service}`,
      logs: { name: `/ecs/${namePrefix}-${service}`, retentionDays: LOG_DAYS },
    });
    const vectors = new FileSystem(this, "Vectors", { network, protection, why: "keeps Weaviate's vectors when its task goes" });
    this.weaviate = new FargateService(this, "Weaviate", {
      ...task("weaviate"),
      ...sizes.weaviate,
      why: "vector search; one writer on its files",
      rollout: "stopFirst",
      discovery: { name: "weaviate", ports: ["rest", "grpc"] },
      containers: [
        {
          name: "weaviate",
          image: WEAVIATE_IMAGE,
          ports: { rest: 8080, grpc: 50051 },
          protocols: { rest: "http", grpc: "grpc" },
          environment: {
            // The network lets in the three Django services alone.
            AUTHENTICATION_ANONYMOUS_ACCESS_ENABLED: "true",
            PERSISTENCE_DATA_PATH: "/var/lib/weaviate",
            CLUSTER_HOSTNAME: "weaviate",
            DEFAULT_VECTORIZER_MODULE: "none",
          },
          mounts: { "/var/lib/weaviate": vectors.accessPoint("Data", { path: "/weaviate" }) },
          healthCheck: { command: ["wget", "-q", "--spider", "http://127.0.0.1:8080/v1/.well-known/ready"], startSeconds: 120 },
          stopTimeoutSeconds: FINISH_SECONDS,
        },
      ],
    });

    const django = {
      environment: {
        AWS_STORAGE_BUCKET_NAME: buckets.media.name,
        BACKUP_BUCKET_NAME: buckets.backups.name,
        WEAVIATE_URL: "http://weaviate:8080",
        WEAVIATE_GRPC_ADDRESS: "weaviate:50051",
        REDIS_TLS: "true",
        ALLOWED_HOSTS: [dns.site, dns.api, dns.ws].join(","),
        // Pages come from one name and call another one's API.
        CORS_ALLOWED_ORIGINS: `https://${dns.site}`,
        CSRF_TRUSTED_ORIGINS: `https://${dns.site}`,
      },
      secrets: { ...secrets.forDjango(), ...redis.secret.allKeys() },
    };
    this.web = new FargateService(this, "Web", {
      ...task("web"),
      ...sizes.web,
      why: "Django and its websockets, by Daphne",
      discovery: "caller",
      containers: [{ ...django, name: "web", image: images.web, ports: { http: 8000 } }],
    });
    this.celery = new FargateService(this, "Celery", {
      ...task("celery"),
      ...sizes.celery,
      why: "work that no request waits for",
      discovery: "caller",
      containers: [{ ...django, name: "celery", image: images.celery, stopTimeoutSeconds: FINISH_SECONDS }],
    });
    this.celeryBeat = new FargateService(this, "CeleryBeat", {
      ...task("celery-beat"),
      ...sizes.celeryBeat,
      why: "the scheduler; two would do everything twice",
      rollout: "stopFirst",
      discovery: "caller",
      containers: [{ ...django, name: "celery", image: images.celeryBeat }],
    });
  }

  /** The processes of the Django application. */
  get django(): readonly FargateService[] {
    return [this.web, this.celery, this.celeryBeat];
  }
}
