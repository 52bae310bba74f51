import { COGNITO, faultsOf } from "./atlas-values";

const PATH = "atlas.prod.kafkaUiAccess";
const POOL = "must be a pool in us-east-1 of account 555555555555, because the balancer asks those alone";
const MOST = "must name 3 address blocks at most, which is what a balancer's rule takes; wider ones, or Cognito";
const ARN = "must be the ARN of a Cognito user pool";
const DOMAIN = "must be the domain of the pool's sign-in pages";

const blocks = (count: number): string[] => Array.from({ length: count }, (_, index) => `203.0.${index}.0/24`);
const allowing = (...allowFrom: string[]): object => ({ "prod.kafkaUiAccess": { allowFrom } });
const signingIn = (change: Partial<typeof COGNITO>): object => ({ "prod.kafkaUiAccess": { cognito: { ...COGNITO, ...change } } });
const pool = (region: string, account: string, id: string): object =>
  signingIn({ userPoolArn: `arn:aws:cognito-idp:${region}:${account}:userpool/${id}` });

describe("who may see Kafka UI", () => {
  test.each<[string, object]>([
    ["as many blocks as a rule takes", allowing(...blocks(3))],
    ["blocks beside the private ones", allowing("11.0.0.0/24", "172.32.0.0/16", "192.169.0.0/16")],
    ["a pool of the root's own region and account", pool("us-east-1", "555555555555", "us-east-1_Ab3")],
    ["a domain of the owner's", signingIn({ domain: "sign-in.atlas.example.com" })],
  ])("may be said by %s", (_what, changes) => {
    expect(faultsOf({ ...changes })).toEqual([]);
  });

  test.each<[string, object]>([
    [`.allowFrom: ${MOST}, got ${JSON.stringify(blocks(4))}`, allowing(...blocks(4))],
    ...["10.0.0.0/8", "10.1.2.0/24", "172.31.0.0/16", "192.168.1.1/32"].map((block): [string, object] => [
      `.allowFrom.0: must be a block of public addresses, which is what the balancer sees, got "${block}"`,
      allowing(block),
    ]),
    ['.allowFrom.1: must be named once, got "203.0.113.0/24"', allowing("203.0.113.0/24", "203.0.113.0/24")],
    [
      `.cognito.userPoolArn: ${POOL}, got "arn:aws:cognito-idp:eu-west-1:555555555555:userpool/eu-west-1_Ab3"`,
      pool("eu-west-1", "555555555555", "eu-west-1_Ab3"),
    ],
    [
      `.cognito.userPoolArn: ${POOL}, got "arn:aws:cognito-idp:us-east-1:444444444444:userpool/us-east-1_Ab3"`,
      pool("us-east-1", "444444444444", "us-east-1_Ab3"),
    ],
    [
      `.cognito.userPoolArn: ${ARN}, got "arn:aws:cognito-idp:us-east-1:555555555555:userpool/eu-west-1_Ab3"`,
      pool("us-east-1", "555555555555", "eu-west-1_Ab3"),
    ],
    [`.cognito.domain: ${DOMAIN}, got "atlas-"`, signingIn({ domain: "atlas-" })],
    [`.cognito.domain: ${DOMAIN}, got "a..b"`, signingIn({ domain: "a..b" })],
  ])("is refused by its path: %s", (fault, changes) => {
    expect(faultsOf({ ...changes })).toEqual([`${PATH}${fault}`]);
  });
});
