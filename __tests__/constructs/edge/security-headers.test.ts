import { CloudfrontResponseHeadersPolicy } from "@cdktf/provider-aws/lib/cloudfront-response-headers-policy";
import { SecurityHeaders } from "../../../constructs/edge/security-headers";
import { synthesizeTestStack } from "../../support/synthesized";

const add = (contentSecurityPolicy: string) =>
  synthesizeTestStack((stack) => void new SecurityHeaders(stack, "Headers", { contentSecurityPolicy }));

describe("SecurityHeaders", () => {
  test("puts every header on every answer, whatever the origin says", () => {
    expect(add("default-src 'self'; connect-src 'self' wss://ws.example.com").only(CloudfrontResponseHeadersPolicy)).toEqual({
      name: "shop-test-headers",
      comment: "security headers of pages and assets",
      security_headers_config: {
        strict_transport_security: { access_control_max_age_sec: 63_072_000, include_subdomains: false, preload: false, override: true },
        content_type_options: { override: true },
        frame_options: { frame_option: "DENY", override: true },
        referrer_policy: { referrer_policy: "strict-origin-when-cross-origin", override: true },
        content_security_policy: {
          content_security_policy: "default-src 'self'; connect-src 'self' wss://ws.example.com",
          override: true,
        },
      },
    });
  });

  test.each(["", " default-src 'self'", "default-src 'self';\nscript-src 'self'", "default-src 'sélf'"])(
    "refuses %j as a content security policy",
    (policy) => {
      expect(() => add(policy)).toThrow(
        `shop-test/Headers: contentSecurityPolicy must be one line of plain ASCII text, got ${JSON.stringify(policy)}`,
      );
    },
  );
});
