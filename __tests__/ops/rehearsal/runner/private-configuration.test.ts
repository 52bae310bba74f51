import {
  deletionProtectedAddresses,
  protectedAddresses,
  resourceCount,
  withLocalBackend,
  withoutProtection,
} from "../../../../ops/rehearsal/runner/private-configuration";

const config = {
  terraform: { required_version: ">= 1.11.4", backend: { s3: { bucket: "zelly-terraform-state" } }, cloud: { organization: "example" } },
  data: { aws_vpc: { main: { lifecycle: { prevent_destroy: true } } } },
  resource: {
    aws_rds_cluster: {
      main: { deletion_protection: true, lifecycle: { prevent_destroy: true, ignore_changes: ["engine_version"] } },
      scratch: { deletion_protection: false },
    },
    aws_lb: { public: { enable_deletion_protection: true } },
    aws_dynamodb_table: { items: { deletion_protection_enabled: true, lifecycle: { prevent_destroy: true } } },
  },
};

describe("a rehearsal's own configuration", () => {
  test("has local state in its own folder, and is the same otherwise", () => {
    const { terraform, ...rest } = withLocalBackend(config);
    expect(terraform).toEqual({ required_version: ">= 1.11.4", backend: { local: { path: "terraform.tfstate" } } });
    expect(rest).toEqual({ data: config.data, resource: config.resource });
  });

  test("has local state also when there was no backend", () => {
    expect(withLocalBackend({})).toEqual({ terraform: { backend: { local: { path: "terraform.tfstate" } } } });
  });

  test("counts the resources that it declares, and no data sources", () => {
    expect(resourceCount(config)).toBe(4);
  });

  test("knows what Terraform refuses to destroy, and what AWS would", () => {
    expect(protectedAddresses(config)).toEqual(["aws_dynamodb_table.items", "aws_rds_cluster.main"]);
    expect(deletionProtectedAddresses(config)).toEqual(["aws_dynamodb_table.items", "aws_lb.public", "aws_rds_cluster.main"]);
  });

  test("loses the protection of the given addresses alone, and nothing else", () => {
    const lifted = withoutProtection(config, new Set(["aws_rds_cluster.main"]));
    expect(protectedAddresses(lifted)).toEqual(["aws_dynamodb_table.items"]);
    expect(lifted.resource).toMatchObject({
      aws_rds_cluster: {
        main: { deletion_protection: true, lifecycle: [{ prevent_destroy: false, ignore_changes: ["engine_version"] }] },
        scratch: config.resource.aws_rds_cluster.scratch,
      },
      aws_lb: config.resource.aws_lb,
    });
    expect(protectedAddresses(config)).toHaveLength(2);
  });
});
