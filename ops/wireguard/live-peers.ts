import { GetParameterCommand, PutParameterCommand } from "@aws-sdk/client-ssm";
import { awsAnswer, refuseOtherAccount } from "../aws/aws-answer";
import { EXIT, OperatorError } from "../cli/operator-error";
import type { Desk } from "./desk";
import type { Vpn } from "./wireguard-file";

/** A peer that the parameter has, and the server with it. */
export interface LivePeer {
  readonly name: string;
  readonly publicKey: string;
  readonly address: string;
}

/** The parameter's text; undefined as long as nobody has deployed the root. */
export async function readLive(desk: Desk, { fact, region, accountId }: Vpn): Promise<string | undefined> {
  const doing = `reading parameter ${fact.peersParameter} in ${region}`;
  const get = new GetParameterCommand({ Name: fact.peersParameter });
  const answer = await awsAnswer(doing, desk.ssm(region).send(get), "ParameterNotFound");
  if (answer === undefined) return undefined;
  refuseOtherAccount(`parameter ${fact.peersParameter}`, answer.Parameter?.ARN, accountId);
  return answer.Parameter?.Value;
}

/** Peers of a document, as the code writes it. */
export function peersIn(document: string): LivePeer[] {
  const sections = document.matchAll(/(?:^# (\S+)\n)?^\[Peer\]\nPublicKey = (\S+)\nAllowedIPs = (\S+)\/32$/gm);
  return [...sections].map(([, name = "?", publicKey = "", address = ""]) => ({ name, publicKey, address }));
}

/**
 * Puts the document that Terraform would write into the parameter at once, so that a later apply has nothing to change.
 *
 * @param vpn the VPN after the change.
 * @param peer whom the change is about. Anybody else whom the configuration does not know stops it.
 * @throws {OperatorError} when the parameter has a peer that the configuration does not know, unless `overwrite` is set.
 */
export async function deliver(desk: Desk, vpn: Vpn, peer: string, overwrite: boolean): Promise<void> {
  const { fact, region, file } = vpn;
  const live = await readLive(desk, vpn);
  if (live === undefined) {
    desk.say(`${fact.peersParameter} does not exist yet: deploying ${desk.root} makes it`);
    return;
  }
  if (live === fact.peersDocument) {
    desk.say(`${fact.peersParameter} says the same already`);
    return;
  }
  const strangers = peersIn(live).filter(
    ({ name, publicKey }) => name !== peer && !fact.peers.some((known) => known.publicKey === publicKey),
  );
  if (strangers.length > 0 && !overwrite) {
    const names = strangers.map(({ name }) => name).join(", ");
    throw new OperatorError(
      `${fact.peersParameter} has ${names}, whom ${file} does not know and who would be shut out; pull the latest ${file}, or shut them out with --overwrite`,
      EXIT.refused,
    );
  }
  const put = new PutParameterCommand({
    Name: fact.peersParameter,
    Value: fact.peersDocument,
    Type: "String",
    Tier: "Intelligent-Tiering",
    Overwrite: true,
  });
  await awsAnswer(`writing parameter ${fact.peersParameter} in ${region}`, desk.ssm(region).send(put));
  desk.say(`${fact.peersParameter} is changed; the server follows within a minute`);
}
