import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";

/** A key pair of Curve25519, each half in base64, as WireGuard writes it. */
export interface WireguardKeys {
  readonly privateKey: string;
  readonly publicKey: string;
}

/** ASN.1 around the 32 bytes of an X25519 private key. @see https://www.rfc-editor.org/rfc/rfc8410#section-7 */
const PRIVATE_KEY_PREFIX = Buffer.from("302e020100300506032b656e04220420", "hex");

/** Makes a key pair. */
export function newKeys(): WireguardKeys {
  const { privateKey, publicKey } = generateKeyPairSync("x25519");
  return { privateKey: lastBytes(privateKey.export({ format: "der", type: "pkcs8" })), publicKey: publicBytes(publicKey) };
}

/** The public half of a private key; undefined when the text is no key. */
export function publicKeyOf(privateKey: string): string | undefined {
  const bytes = Buffer.from(privateKey, "base64");
  if (bytes.length !== 32 || bytes.toString("base64") !== privateKey) return undefined;
  const key = createPrivateKey({ key: Buffer.concat([PRIVATE_KEY_PREFIX, bytes]), format: "der", type: "pkcs8" });
  return publicBytes(createPublicKey(key));
}

function publicBytes(key: KeyObject): string {
  return lastBytes(key.export({ format: "der", type: "spki" }));
}

/** Both encodings end in the key's 32 bytes. */
function lastBytes(der: Buffer): string {
  return der.subarray(-32).toString("base64");
}
