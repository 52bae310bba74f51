import { CloudBackend, LocalBackend, NamedCloudWorkspace, S3Backend, type TerraformStack } from "cdktf";

/** Where a root keeps its state. `s3` is what is deployed; the others are chosen with the BACKEND variable. */
export const BACKENDS = ["s3", "cloud", "local"] as const;
export type BackendKind = (typeof BACKENDS)[number];

/** Where the state of one root lives, for the backends that have a place. */
export interface StateLocation {
  /** State bucket: versioned and encrypted, made once by hand (docs/deploying.md). */
  readonly bucket: string;
  /** Object key in the bucket. */
  readonly key: string;
  /** Region of the bucket and of the lock table. */
  readonly region: string;
  /** DynamoDB table with the string key `LockID`. It also holds the digest that refuses a stale or truncated state. */
  readonly lockTable: string;
  /** HCP Terraform organization, for `BACKEND=cloud`. */
  readonly organization: string;
  /** HCP Terraform project, for `BACKEND=cloud`. */
  readonly project: string;
}

/**
 * Gives a stack its backend. The one place that knows backends: nothing else in the output changes with the kind.
 *
 * With S3 both locks are on. The lock table refuses truncated, stale and deleted state by its digest, which the lock file
 * alone does not; the lock file is what Terraform keeps when it drops the table.
 */
export function attachBackend(stack: TerraformStack, kind: BackendKind, state: StateLocation): void {
  const root = stack.node.id;
  switch (kind) {
    case "s3":
      new S3Backend(stack, { bucket: state.bucket, key: state.key, region: state.region, dynamodbTable: state.lockTable, encrypt: true });
      // CDKTF 0.21 has no prop for Terraform 1.10's lock file.
      stack.addOverride("terraform.backend.s3.use_lockfile", true);
      return;
    case "cloud":
      new CloudBackend(stack, { organization: state.organization, workspaces: new NamedCloudWorkspace(root, state.project) });
      return;
    case "local":
      // Relative to the stack's own folder, so that the output names no folder of this machine.
      new LocalBackend(stack, { path: `../../../terraform.${root}.tfstate` });
      return;
  }
}
