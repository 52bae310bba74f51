import { brokenFormat, parseCidr } from "../../../../../ops/rehearsal/provider/checks/text-format";

describe("a format", () => {
  test.each([
    ["cidr4", "10.0.0.0/16"],
    ["cidr4", "0.0.0.0/0"],
    ["cidr6", "2001:db8::/32"],
    ["cidr6", "::/0"],
    ["cidr", "10.1.2.3/32"],
    ["json", '{"a":1}'],
    ["arn", "arn:aws:s3:::bucket"],
    ["rfc3339", "2026-01-31T12:00:00Z"],
    ["account", "111111111111"],
    ["base64", "aGVsbG8="],
    ["json", ""],
  ] as const)("%s takes %j", (format, text) => {
    expect(brokenFormat(format, text)).toBeUndefined();
  });

  test.each([
    ["cidr4", "10.0.0.1/16", "must be a network address (write 10.0.0.0/16)"],
    ["cidr4", "10.0.0.0/33", "must be an IPv4 block such as 10.0.0.0/16"],
    ["cidr4", "10.0.0.0", "must be an IPv4 block such as 10.0.0.0/16"],
    ["cidr4", "2001:db8::/32", "must be an IPv4 block such as 10.0.0.0/16"],
    ["cidr6", "2001:db8::1/64", "must be a network address (write 2001:db8:0:0:0:0:0:0/64)"],
    ["json", "{", "must be JSON"],
    ["arn", "arn:aws:s3", "must be an ARN (arn:partition:service:region:account:resource)"],
    ["rfc3339", "31.01.2026", "must be a time such as 2026-01-31T12:00:00Z"],
    ["rfc3339", "2026-13-31T12:00:00Z", "must be a time such as 2026-01-31T12:00:00Z"],
    ["account", "1111", "must be an account id of twelve digits"],
    ["base64", "a", "must be base64"],
  ] as const)("%s refuses %j", (format, text, rule) => {
    expect(brokenFormat(format, text)).toBe(rule);
  });
});

test.each([
  ["10.20.30.40/12", "10.16.0.0/12"],
  ["255.255.255.255/1", "128.0.0.0/1"],
  ["2001:db8:ffff::/33", "2001:db8:8000:0:0:0:0:0/33"],
])("the network of %s is %s", (text, network) => {
  expect(parseCidr(text)?.network).toBe(network);
});
