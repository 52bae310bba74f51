import * as z from "zod";
import { contains } from "./cidr";
import { onceEach } from "./once-each";
import { refuse } from "./refuse";
import { peopleCidr } from "./schemas";

/**
 * Blocks that one rule of a balancer compares a request's address with.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html
 */
const MOST_BLOCKS = 3;

/** Blocks that no request from the internet comes from. @see https://www.rfc-editor.org/rfc/rfc1918 */
const PRIVATE_BLOCKS = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

const publicCidr = peopleCidr.refine(
  (block) => !PRIVATE_BLOCKS.some((inside) => contains(inside, block)),
  "must be a block of public addresses, which is what the balancer sees",
);

/** Kafka UI shows every message: somebody must ask who is there. */
export const kafkaUiAccess = z.union(
  [
    z.strictObject({
      allowFrom: z
        .array(publicCidr)
        .min(1, "must name an address block")
        .refine(
          ({ length }) => length <= MOST_BLOCKS,
          `must name ${MOST_BLOCKS} address blocks at most, which is what a balancer's rule takes; wider ones, or Cognito`,
        )
        .check(onceEach),
    }),
    z.strictObject({
      /** A user pool that is there already: a client made here would leave its secret in the state. */
      cognito: z.strictObject({
        userPoolArn: z
          .string()
          .regex(/^arn:aws:cognito-idp:([a-z0-9-]+):\d{12}:userpool\/\1_[A-Za-z0-9]+$/, "must be the ARN of a Cognito user pool"),
        clientId: z.string().regex(/^[a-z0-9]{1,128}$/, "must be the id of one of the pool's clients"),
        domain: z.string().regex(/^[a-z0-9]+(-+[a-z0-9]+)*(\.[a-z0-9]+(-+[a-z0-9]+)*)*$/, "must be the domain of the pool's sign-in pages"),
      }),
    }),
  ],
  { error: 'must be { allowFrom: ["203.0.113.0/24"] } or { cognito: { … } }: an open Kafka UI shows every message to everybody' },
);

interface SignedIn {
  readonly accountId: string;
  readonly region: string;
  readonly kafkaUiAccess: z.infer<typeof kafkaUiAccess>;
}

/**
 * A user pool that the balancer cannot ask.
 *
 * @see https://repost.aws/knowledge-center/cognito-user-pool-cross-account-alb
 */
export function signInFaults({ value: { accountId, region, kafkaUiAccess: access }, issues }: z.core.ParsePayload<SignedIn>): void {
  if (!("cognito" in access)) return;
  const { userPoolArn } = access.cognito;
  const [, , , poolRegion, poolAccount] = userPoolArn.split(":");
  // What is no ARN has its own fault.
  if (poolAccount === undefined || (poolRegion === region && poolAccount === accountId)) return;
  const message = `must be a pool in ${region} of account ${accountId}, because the balancer asks those alone`;
  refuse(issues, ["kafkaUiAccess", "cognito", "userPoolArn"], message);
}
