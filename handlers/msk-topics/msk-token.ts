import { createHash, createHmac, type Hash, type Hmac } from "node:crypto";
import { SignatureV4 } from "@smithy/signature-v4";

/** Credentials of AWS. */
export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** For credentials that end, as those of a role do. */
  readonly sessionToken?: string;
}

/** The longest that MSK takes. @see https://docs.aws.amazon.com/msk/latest/developerguide/iam-access-control.html */
const LIFETIME_SECONDS = 900;

/** SHA-256 and its HMAC, in the form that the signer asks for. */
class Sha256 {
  private readonly hash: Hash | Hmac;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    if (secret === undefined) this.hash = createHash("sha256");
    else this.hash = createHmac("sha256", bytes(secret));
  }

  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.hash.update(bytes(data));
  }

  async digest(): Promise<Uint8Array> {
    return this.hash.digest();
  }

  /** Each instance hashes once, so there is nothing to begin again. */
  reset(): void {}
}

/**
 * What a client shows MSK to log in by IAM, as a bearer token: a signed request for `kafka-cluster:Connect` that is never
 * sent. Whoever has it may act as its maker for a quarter of an hour, so it stands in no log and in no error.
 */
export async function mskToken(region: string, credentials: AwsCredentials): Promise<string> {
  const hostname = `kafka.${region}.amazonaws.com`;
  const signer = new SignatureV4({ service: "kafka-cluster", region, credentials, sha256: Sha256, applyChecksum: false });
  const signed = await signer.presign(
    { method: "GET", protocol: "https:", hostname, path: "/", headers: { host: hostname }, query: { Action: "kafka-cluster:Connect" } },
    { expiresIn: LIFETIME_SECONDS },
  );
  // MSK wants to know who asks, outside the signature.
  const query = Object.entries({ ...signed.query, "User-Agent": "msk-topics" })
    .map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(String(value))}`)
    .join("&");
  return Buffer.from(`https://${hostname}/?${query}`).toString("base64url");
}

function bytes(data: string | ArrayBuffer | ArrayBufferView): Uint8Array {
  if (typeof data === "string") return Buffer.from(data);
  return ArrayBuffer.isView(data) ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : new Uint8Array(data);
}
