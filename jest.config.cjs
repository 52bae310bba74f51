/** What needs the real Terraform and takes the longest; `npm test` leaves it out, `make test` does not. */
const REHEARSAL = "proofs/|ops/rehearsal/|ops/commands/rehearse";

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
    { ...common, displayName: "tests", testRegex: `/__tests__/(?!${REHEARSAL}).*\\.test\\.ts$` },
    { ...common, displayName: "rehearsal", testRegex: `/__tests__/(${REHEARSAL}).*\\.test\\.ts$` },
  ],
};
