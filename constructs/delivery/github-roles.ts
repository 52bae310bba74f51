import { Construct } from "constructs";
import { PropsError } from "../base/props-error";
import { type Grantee, Role } from "../security/role";
import { grantPlan } from "./github-plan";
import { GITHUB_AUDIENCE, GITHUB_ISSUER, type GithubProvider } from "./github-provider";

export interface GithubRolesProps {
  readonly provider: GithubProvider;
  /**
   * Repository as its tokens name it, letter case included: `OWNER/NAME`, or `OWNER@ID/NAME@ID` where its subject claims
   * are immutable, as they are by default for what was made or renamed after 15 July 2026.
   *
   * @see https://github.blog/changelog/2026-04-23-immutable-subject-claims-for-github-actions-oidc-tokens/
   */
  readonly repository: string;
  /** GitHub environment whose jobs may take each role. What an environment asks for before a job runs is set at GitHub. */
  readonly environments: {
    /** For pull requests: asks nobody. */
    readonly plan: string;
    readonly push: string;
    /** For releases: asks a reviewer where the system needs one. */
    readonly deploy: string;
  };
}

/**
 * The three roles that GitHub's workflows take, without a stored key: one that plans, one that pushes images, one that
 * releases. Each is for one environment of one repository, for an hour at a time.
 *
 * The planning role reads the whole root. The others may do nothing until `ImageRepository.grantPush` and `grantDeploy`.
 * Make this last in a stack: the planning role may open what a plan opens, and that must be known by then.
 */
export class GithubRoles extends Construct {
  readonly plan: Grantee;
  readonly push: Grantee;
  readonly deploy: Grantee;

  /** @throws {PropsError} for a repository or an environment that no token can name, and for two roles in one environment. */
  constructor(scope: Construct, id: string, { provider, repository, environments }: GithubRolesProps) {
    super(scope, id);
    if (!REPOSITORY.test(repository)) throw new PropsError(this, "repository", "must be OWNER/NAME or OWNER@ID/NAME@ID", repository);
    const names = Object.values(environments);
    const [unfit] = names.filter((name) => !ENVIRONMENT.test(name));
    if (unfit !== undefined)
      throw new PropsError(this, "environments", "must be names of letters, digits, dots, hyphens and underscores", unfit);
    // A job of a shared environment could take either role.
    if (new Set(names).size < names.length) throw new PropsError(this, "environments", "must be a different one for each role", names);

    const role = (roleId: string, environment: string): Grantee => {
      const subject = `repo:${repository}:environment:${environment}`;
      return {
        role: new Role(this, roleId, { oidc: { providerArn: provider.arn, issuer: GITHUB_ISSUER, audience: GITHUB_AUDIENCE, subject } }),
      };
    };
    this.plan = role("Plan", environments.plan);
    this.push = role("Push", environments.push);
    this.deploy = role("Deploy", environments.deploy);
    grantPlan(this.plan);
  }
}

/** An owner has at most 39 characters, a repository at most 100. */
const REPOSITORY = /^[A-Za-z0-9][A-Za-z0-9-]{0,38}(\/[A-Za-z0-9._-]{1,100}|@[0-9]+\/[A-Za-z0-9._-]{1,100}@[0-9]+)$/;
/** GitHub takes more than these, and writes some of it in another way into a token. */
const ENVIRONMENT = /^[A-Za-z0-9._-]{1,255}$/;
