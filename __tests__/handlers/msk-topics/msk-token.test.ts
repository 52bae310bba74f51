import { mskToken } from "../../../handlers/msk-topics/msk-token";

const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "a-secret", sessionToken: "session+/=" };

/** The address that a token holds. */
async function addressIn(token: Promise<string>): Promise<URL> {
  return new URL(Buffer.from(await token, "base64url").toString());
}

// Whether its signature is right, a broker says that computes it by other means: see broker.test.ts.
describe("mskToken", () => {
  test("is a signed request to connect to Kafka, in the form of MSK's own clients", async () => {
    const url = await addressIn(mskToken("ap-south-1", credentials));
    expect(`${url.origin}${url.pathname}`).toBe("https://kafka.ap-south-1.amazonaws.com/");
    const date = url.searchParams.get("X-Amz-Date") ?? "";
    expect(Object.fromEntries(url.searchParams)).toEqual({
      Action: "kafka-cluster:Connect",
      "User-Agent": "msk-topics",
      "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
      "X-Amz-Credential": `AKIDEXAMPLE/${date.slice(0, 8)}/ap-south-1/kafka-cluster/aws4_request`,
      "X-Amz-Date": expect.stringMatching(/^\d{8}T\d{6}Z$/),
      "X-Amz-Expires": "900",
      "X-Amz-Security-Token": "session+/=",
      "X-Amz-Signature": expect.stringMatching(/^[0-9a-f]{64}$/),
      "X-Amz-SignedHeaders": "host",
    });
  });

  test("has no padding, which the login's own syntax would trip over", async () => {
    for (const accessKeyId of ["A", "AB", "ABC"])
      expect(await mskToken("eu-west-1", { ...credentials, accessKeyId })).toMatch(/^[A-Za-z0-9_-]+$/);
  });

  test("says nothing of a session when there is none", async () => {
    const { accessKeyId, secretAccessKey } = credentials;
    const url = await addressIn(mskToken("eu-west-1", { accessKeyId, secretAccessKey }));
    expect(url.searchParams.has("X-Amz-Security-Token")).toBe(false);
  });

  test("is signed with the secret and does not hold it", async () => {
    const one = await addressIn(mskToken("eu-west-1", credentials));
    const other = await addressIn(mskToken("eu-west-1", { ...credentials, secretAccessKey: "another-secret" }));
    expect(one.searchParams.get("X-Amz-Signature")).not.toBe(other.searchParams.get("X-Amz-Signature"));
    expect(one.href).not.toContain("a-secret");
  });
});
