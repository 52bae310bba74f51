import { crc32 } from "node:zlib";
import { DataQuery } from "../../../../../ops/rehearsal/provider/data-sources/data-source";
import { dataSourceOf } from "../../../../../ops/rehearsal/provider/data-sources/data-sources";
import type { ValueMap } from "../../../../../ops/rehearsal/provider/protocol/value";
import { newWorld, SETTINGS } from "../support/schemas";

function document(config: ValueMap): ValueMap {
  const source = dataSourceOf("aws_iam_policy_document");
  const world = newWorld();
  if (source === undefined) throw new Error("the policy document is not answered");
  return source(new DataQuery("aws_iam_policy_document", config, SETTINGS.place, world, world.report));
}

const json = (config: ValueMap): unknown => document(config)["minified_json"];

describe("a policy document", () => {
  test("is indented by two, its keys in order, one entry bare and more sorted downwards", () => {
    const config = { statement: [{ sid: "Read", actions: ["s3:GetObject", "s3:ListBucket"], resources: ["arn:aws:s3:::a/*"] }] };
    const text = [
      "{",
      '  "Version": "2012-10-17",',
      '  "Statement": [',
      "    {",
      '      "Sid": "Read",',
      '      "Effect": "Allow",',
      '      "Action": [',
      '        "s3:ListBucket",',
      '        "s3:GetObject"',
      "      ],",
      '      "Resource": "arn:aws:s3:::a/*"',
      "    }",
      "  ]",
      "}",
    ].join("\n");
    expect(document(config)).toMatchObject({ json: text, id: String(crc32(text)) });
  });

  test("without statements is its version alone, whose checksum is its id", () => {
    expect(document({})).toMatchObject({ json: '{\n  "Version": "2012-10-17"\n}', id: "1132004489" });
  });

  test("escapes what Go's encoder escapes, and writes policy variables with a dollar", () => {
    const config = { statement: [{ actions: ["a:<b>&"], resources: ["arn:aws:s3:::home/&{aws:username}/é\u2028"] }] };
    expect(json(config)).toBe(
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"a:\\u003cb\\u003e\\u0026","Resource":"arn:aws:s3:::home/${aws:username}/é\\u2028"}]}',
    );
  });

  test("writes everybody as a bare star only when nobody else is named", () => {
    const principals = (...blocks: ValueMap[]): unknown => json({ statement: [{ actions: ["a:b"], principals: blocks }] });
    expect(principals({ type: "*", identifiers: ["*"] })).toContain('"Principal":"*"');
    expect(principals({ type: "AWS", identifiers: ["*"] })).toContain('"Principal":{"AWS":"*"}');
    expect(principals({ type: "Service", identifiers: ["s"] }, { type: "AWS", identifiers: ["a", "b"] })).toContain(
      '"Principal":{"AWS":["b","a"],"Service":"s"}',
    );
  });

  test("joins blocks of one type, and conditions of one key, in the order that the provider keeps sets in", () => {
    // Checksums 2337232654 and 944886651, 1451536065 and 287754780: as text the longer one is the smaller.
    const root = (account: number): string => `arn:aws:iam::${String(account).repeat(12)}:root`;
    const principals = [
      { type: "AWS", identifiers: [root(2), root(3)] },
      { type: "AWS", identifiers: [root(1)] },
    ];
    const condition = [
      { test: "StringEquals", variable: "aws:SourceAccount", values: ["2", "3"] },
      { test: "StringEquals", variable: "aws:SourceAccount", values: ["1"] },
    ];
    expect(json({ statement: [{ actions: ["a:b"], principals, condition }] })).toBe(
      `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"a:b","Principal":{"AWS":["${root(1)}","${root(3)}","${root(2)}"]},"Condition":{"StringEquals":{"aws:SourceAccount":["1","2","3"]}}}]}`,
    );
  });

  test("keeps the order and the empty texts of a condition's values", () => {
    const condition = [{ test: "StringLike", variable: "s3:prefix", values: ["home/", "", "a"] }];
    expect(json({ statement: [{ actions: ["a:b"], condition }] })).toContain('"Condition":{"StringLike":{"s3:prefix":["home/","","a"]}}');
  });

  test("merges sources, itself and overrides: a statement replaces the one with its sid, in its place", () => {
    const source = JSON.stringify({
      Version: "2008-10-17",
      Id: "source",
      Statement: [
        { Sid: "One", Effect: "Allow", Action: ["a:1"], Resource: "*" },
        {
          effect: "Deny",
          action: "a:2",
          Unknown: true,
          Principal: "everybody",
          Condition: { Bool: { "aws:SecureTransport": false, n: 1, l: ["x"] } },
        },
      ],
    });
    const override = JSON.stringify({ Statement: [{ Sid: "Own", Effect: "Deny", Action: "a:9" }] });
    const config: ValueMap = {
      source_policy_documents: [source, null],
      override_policy_documents: [override],
      statement: [
        { sid: "Own", actions: ["a:3"] },
        { sid: "One", effect: "Deny", actions: ["a:4"] },
      ],
    };
    expect(json(config)).toBe(
      '{"Version":"2012-10-17","Id":"source","Statement":[' +
        '{"Sid":"One","Effect":"Deny","Action":"a:4"},' +
        '{"Effect":"Deny","Action":"a:2","Principal":"*","Condition":{"Bool":{"aws:SecureTransport":"false","l":"x"}}},' +
        '{"Sid":"Own","Effect":"Deny","Action":"a:9"}]}',
    );
  });

  test("keeps lists of a source as they are written, and sorts only its principals", () => {
    const source = JSON.stringify({
      Statement: [{ Effect: "Allow", Action: ["b", "c", "a"], Resource: ["r"], Principal: { AWS: ["a", "b"], Service: ["s"] } }],
    });
    expect(json({ source_policy_documents: [source] })).toBe(
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["b","c","a"],"Resource":["r"],"Principal":{"AWS":["b","a"],"Service":["s"]}}]}',
    );
  });

  test.each<[ValueMap, string]>([
    [{ version: "2020-01-01" }, 'version: must be 2008-10-17 or 2012-10-17, got "2020-01-01"'],
    [{ statement: [{ sid: "a b" }] }, 'statement: sid must be letters and digits, got "a b"'],
    [{ statement: [{ sid: "a" }, { sid: "a" }] }, 'statement: has the sid "a" twice; give each statement its own'],
    [{ statement: [{ effect: "allow" }] }, 'statement: effect must be Allow or Deny, got "allow"'],
    [
      { version: "2008-10-17", statement: [{ actions: ["a"], resources: ["&{x}"] }] },
      "version: must be 2012-10-17 for a statement with a policy variable (&{…}), got 2008-10-17",
    ],
    [
      { source_policy_documents: ['{"Statement":{"Effect":"Allow"}}'] },
      "source_policy_documents: must hold policies in JSON whose Statement is a list, and one of them is not",
    ],
    [
      { source_policy_documents: ['{"Statement":[{"Sid":"a"}]}', '{"Statement":[{"Sid":"a"}]}'] },
      'source_policy_documents: hold the sid "a" twice; give each statement its own',
    ],
  ])("is refused for %j", (config, message) => {
    expect(() => document(config)).toThrow(message);
  });
});
