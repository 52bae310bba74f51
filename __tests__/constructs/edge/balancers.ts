import { Lb } from "@cdktf/provider-aws/lib/lb";
import type { Synthesized } from "../../support/synthesized";

/** Tests what is true of a public balancer whatever it passes on. @param synth makes one called `Balancer`, by a name where it is given one. */
export function testPublicBalancer(synth: (props: { readonly name?: string }) => Synthesized): void {
  test("waits for the way to the internet, without which AWS makes no public balancer", () => {
    expect(synth({}).only(Lb)["depends_on"]).toEqual(["aws_internet_gateway.network_internet_gateway"]);
  });

  test("takes a name of 32 characters, and refuses one of 33", () => {
    expect(synth({ name: "a".repeat(32) }).only(Lb)["name"]).toBe("a".repeat(32));
    expect(() => synth({ name: "a".repeat(33) })).toThrow(
      `shop-test/Balancer: name must have at most 32 characters, got "${"a".repeat(33)}"`,
    );
  });
}
