/**
 * What works on the real Terraform, on whole programs and boot scripts from their start, or against servers that take long to start or are asked
 * hundreds of times (Kafka, DynamoDB Local, an emulated AWS, a tunnel). `npm test` leaves it out, `make test` does not.
 */
const SLOW = [
  "proofs/",
  "synthesis\\.",
  "constructs/compute/user-data/boot",
  "constructs/data/(clickhouse-(users|volume)|table-in-dynamodb)",
  "constructs/network/wireguard-tunnel",
  "handlers/(accounts/dynamo-account-store\\.|cognito/time-limits|msk-topics/broker|packages)",
  "ops/commands/(msk|rehearse|validate\\.|wireguard)",
  "ops/rehearsal/",
  "ops/validate/validate\\.",
  "scripts/build-handlers",
].join("|");

const common = {
  testEnvironment: "node",
  globalSetup: "<rootDir>/__tests__/support/global-setup.mjs",
  cacheDirectory: "<rootDir>/.cache/jest",
  transform: {
    "^.+\\.ts$": ["@swc/jest", { jsc: { target: "es2022", parser: { syntax: "typescript" } }, module: { type: "commonjs" } }],
    "\\.(sh|sql|conf|service|timer|xml|viewer\\.js)$": "<rootDir>/__tests__/support/text-file.cjs",
  },
  moduleNameMapper: { "^cdktf$": "<rootDir>/dist/test-engine.cjs" },
  modulePathIgnorePatterns: ["<rootDir>/dist", "<rootDir>/cdktf.out"],
};

/** @type {import("jest").Config} */
module.exports = {
  projects: [
    { ...common, displayName: "tests", testRegex: `/__tests__/(?!${SLOW}).*\\.test\\.ts$` },
    { ...common, displayName: "slow tests", testRegex: `/__tests__/(?=${SLOW}).*\\.test\\.ts$` },
  ],
};
