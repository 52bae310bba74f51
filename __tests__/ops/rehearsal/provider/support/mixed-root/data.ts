import type { JsonObject } from "../../../../../../ops/rehearsal/provider/terraform-json";

/** What the shop keeps. */
export const DATA: JsonObject = {
  aws_secretsmanager_secret: { database: { name: "shop/database" } },
  aws_secretsmanager_secret_version: {
    database: {
      secret_id: "${aws_secretsmanager_secret.database.id}",
      secret_string_wo: "${ephemeral.aws_secretsmanager_random_password.database.random_password}",
      secret_string_wo_version: 1,
    },
  },
  aws_db_subnet_group: { main: { name: "shop", subnet_ids: "${values(aws_subnet.private)[*].id}" } },
  aws_rds_cluster: {
    main: {
      cluster_identifier: "shop",
      engine: "aurora-mysql",
      master_username: "shop",
      master_password_wo: "${ephemeral.aws_secretsmanager_secret_version.database.secret_string}",
      master_password_wo_version: 1,
      db_subnet_group_name: "${aws_db_subnet_group.main.name}",
      vpc_security_group_ids: ["${aws_security_group.database.id}"],
      storage_encrypted: true,
      skip_final_snapshot: true,
      serverlessv2_scaling_configuration: [{ min_capacity: 0.5, max_capacity: 2 }],
    },
  },
  aws_rds_cluster_instance: {
    main: {
      identifier: "shop-1",
      cluster_identifier: "${aws_rds_cluster.main.cluster_identifier}",
      engine: "${aws_rds_cluster.main.engine}",
      instance_class: "db.serverless",
    },
  },
  aws_elasticache_subnet_group: { main: { name: "shop", subnet_ids: "${values(aws_subnet.private)[*].id}" } },
  aws_elasticache_replication_group: {
    main: {
      replication_group_id: "shop",
      description: "cache",
      node_type: "cache.t4g.micro",
      num_cache_clusters: 1,
      subnet_group_name: "${aws_elasticache_subnet_group.main.name}",
      transit_encryption_enabled: true,
    },
  },
  aws_efs_file_system: { data: { creation_token: "shop-data", encrypted: true } },
  aws_efs_mount_target: {
    data: { for_each: "${aws_subnet.private}", file_system_id: "${aws_efs_file_system.data.id}", subnet_id: "${each.value.id}" },
  },
  aws_ssm_parameter: { image: { name: "/shop/image", type: "String", value: "shop/api:1" } },
  aws_ecr_repository: {
    api: { name: "shop/api", image_tag_mutability: "IMMUTABLE", image_scanning_configuration: [{ scan_on_push: true }] },
  },
  aws_s3_bucket: { assets: { bucket_prefix: "shop-assets-" } },
  aws_s3_bucket_versioning: { assets: { bucket: "${aws_s3_bucket.assets.id}", versioning_configuration: [{ status: "Enabled" }] } },
};
