import { newKeys, publicKeyOf } from "../../../ops/wireguard/keys";
import { describeWith } from "../../support/needs";
import { run } from "../../support/project";

const base64 = (hex: string): string => Buffer.from(hex, "hex").toString("base64");

test("derives the public half that RFC 7748 gives in section 6.1", () => {
  expect(publicKeyOf(base64("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a"))).toBe(
    base64("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a"),
  );
});

test("makes another pair each time, and its halves belong together", () => {
  const [one, other] = [newKeys(), newKeys()];
  expect(one.privateKey).not.toBe(other.privateKey);
  expect(publicKeyOf(one.privateKey)).toBe(one.publicKey);
});

test.each(["", "changeme", "AAAA", `${newKeys().privateKey}\n`, newKeys().privateKey.replace("=", "")])("takes %j for no key", (text) => {
  expect(publicKeyOf(text)).toBeUndefined();
});

describeWith({ programs: ["wg"] }, "beside wg", () => {
  test("the halves are those that wg derives", () => {
    const { privateKey, publicKey } = newKeys();
    expect(run("bash", ["-c", `echo '${privateKey}' | wg pubkey`]).stdout.trim()).toBe(publicKey);
  });
});
