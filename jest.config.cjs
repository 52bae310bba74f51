/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  testMatch: ["<rootDir>/__tests__/**/*.test.ts"],
  transform: {
    "^.+\\.ts$": ["@swc/jest", { jsc: { target: "es2022", parser: { syntax: "typescript" } }, module: { type: "commonjs" } }],
    "\\.(sh|sql|conf|service|timer|xml)$": "<rootDir>/__tests__/support/text-file.cjs",
  },
  moduleNameMapper: { "/tokens/private/stack-trace$": "<rootDir>/__tests__/support/no-token-traces.js" },
  modulePathIgnorePatterns: ["<rootDir>/dist", "<rootDir>/cdktf.out"],
};
