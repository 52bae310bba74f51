import { DescribeSecretCommand, GetSecretValueCommand, PutSecretValueCommand } from "@aws-sdk/client-secrets-manager";
import { awsAnswer, refuseOtherAccount } from "../aws/aws-answer";
import { EXIT, OperatorError } from "../cli/operator-error";
import type { Desk } from "./desk";
import { newKeys, publicKeyOf } from "./keys";
import { changeEntry, readEntry, type Vpn, vpnOf } from "./wireguard-file";

/** The error by which Secrets Manager says that a secret, or its value, does not exist. */
const ABSENT = "ResourceNotFoundException";

/**
 * Gives a root's WireGuard server a key, or another one. The private half goes into Secrets Manager and nowhere else, the
 * public half into the configuration file.
 *
 * @param yes does not ask before a key is replaced.
 * @throws {OperatorError} when the root is not deployed, when the file has no entry for it, and when the operator says no.
 */
export async function rotateServerKey(desk: Desk, yes: boolean): Promise<void> {
  const vpn = await vpnOf(desk);
  const { fact, region, file } = vpn;
  // Before a key is made that would have no place.
  readEntry(desk, vpn);
  if (await hasValue(desk, vpn)) {
    const count = `${fact.peers.length} ${fact.peers.length === 1 ? "peer" : "peers"}`;
    const question = `${fact.serverKeySecret} has a key. Another one locks ${count} out until they have a new configuration. Replace it?`;
    if (!yes && !(await desk.confirm(question))) throw new OperatorError("nothing was changed", EXIT.refused);
  }
  const { privateKey, publicKey } = newKeys();
  const put = new PutSecretValueCommand({ SecretId: fact.serverKeySecret, SecretString: privateKey });
  await awsAnswer(`writing secret ${fact.serverKeySecret} in ${region}`, desk.secrets(region).send(put));
  desk.say(`${fact.serverKeySecret} has a new private key; the server follows within a minute`);
  await writePublicKey(desk, vpn, publicKey);
  desk.say(`Next: commit ${file}, deploy ${desk.root} again, and give every peer its output wireguard_client_config_<peer>.`);
}

/**
 * Writes the public half of the key that the secret has into the configuration file. For a key whose public half was lost
 * on the way: a rotation that stopped half-way, a commit that was never made.
 *
 * @throws {OperatorError} when the secret has no key.
 */
export async function adoptServerKey(desk: Desk): Promise<void> {
  const vpn = await vpnOf(desk);
  const { fact, region } = vpn;
  const get = new GetSecretValueCommand({ SecretId: fact.serverKeySecret });
  const answer = await awsAnswer(`reading secret ${fact.serverKeySecret} in ${region}`, desk.secrets(region).send(get), ABSENT);
  if (answer !== undefined) refuseOtherAccount(`secret ${fact.serverKeySecret}`, answer.ARN, vpn.accountId);
  const publicKey = publicKeyOf(answer?.SecretString?.trim() ?? "");
  if (publicKey === undefined) {
    throw new OperatorError(
      `secret ${fact.serverKeySecret} in ${region} has no WireGuard key; make one with "ops wireguard server-key ${desk.root}"`,
    );
  }
  await writePublicKey(desk, vpn, publicKey);
}

/** @throws {OperatorError} when there is no such secret. */
async function hasValue(desk: Desk, { fact, region, accountId }: Vpn): Promise<boolean> {
  const describe = new DescribeSecretCommand({ SecretId: fact.serverKeySecret });
  const secret = await awsAnswer(`looking for secret ${fact.serverKeySecret} in ${region}`, desk.secrets(region).send(describe), ABSENT);
  if (secret === undefined) {
    throw new OperatorError(`there is no secret ${fact.serverKeySecret} in ${region}; deploy ${desk.root} first`, EXIT.refused);
  }
  refuseOtherAccount(`secret ${fact.serverKeySecret}`, secret.ARN, accountId);
  return Object.keys(secret.VersionIdsToStages ?? {}).length > 0;
}

async function writePublicKey(desk: Desk, vpn: Vpn, publicKey: string): Promise<void> {
  const entry = readEntry(desk, vpn);
  if (entry.serverPublicKey === publicKey) {
    desk.say(`${vpn.file} has its public half already`);
    return;
  }
  await changeEntry(desk, vpn, { serverPublicKey: publicKey, peers: entry.peers });
  desk.say(`${vpn.file} has its public half, ${publicKey}`);
}
