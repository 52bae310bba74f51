/**
 * What works on the real Terraform, on whole programs and boot scripts, or against servers that take long to start or are asked
 * hundreds of times (Kafka, DynamoDB Local, an emulated AWS, a tunnel). `npm test` leaves it out, `make test` does not.
 *
 * `npm test` runs without V8's optimizing compiler: the files that it takes load the product anew and are done within a second,
 * before that pays. The slow ones have the time to profit from it.
 */
const SLOW = [
  "proofs/",
  "synthesis\\.",
  "constructs/compute/user-data/(boot|rendered-scripts)",
  "constructs/data/(clickhouse-(users|volume)|table-in-dynamodb)",
  "constructs/network/wireguard-tunnel",
  "handlers/(accounts/dynamo-account-store\\.|cognito/time-limits|msk-topics/broker|packages)",
  "ops/commands/(msk|rehearse|validate\\.|wireguard)",
  "ops/rehearsal/",
  "ops/validate/(validate\\.|checks/state-checks)",
  "scripts/(build-handlers|compiled)",
].join("|");

const common = {
  testEnvironment: "<rootDir>/__tests__/support/node-environment.cjs",
  globalSetup: "<rootDir>/__tests__/support/global-setup.mjs",
  cacheDirectory: "<rootDir>/.cache/jest",
  transform: {
    "^.+\\.ts$": ["@swc/jest", { jsc: { target: "es2022", parser: { syntax: "typescript" } }, module: { type: "commonjs" } }],
    "\\.(sh|sql|conf|service|timer|xml|viewer\\.js)$": "<rootDir>/__tests__/support/text-file.cjs",
  },
  moduleNameMapper: {
    "^cdktf$": "<rootDir>/dist/test-packages/cdktf.js",
    "^(@cdktf/provider-[a-z]+/lib/[a-z0-9-]+)$": ["<rootDir>/dist/test-packages/$1.js", "$1"],
  },
  modulePathIgnorePatterns: ["<rootDir>/dist", "<rootDir>/cdktf.out"],
};

/** @type {import("jest").Config} */
module.exports = {
  projects: [
    { ...common, displayName: "tests", testRegex: `/__tests__/(?!${SLOW}).*\\.test\\.ts$` },
    { ...common, displayName: "slow tests", testRegex: `/__tests__/(?=${SLOW}).*\\.test\\.ts$` },
  ],
};
