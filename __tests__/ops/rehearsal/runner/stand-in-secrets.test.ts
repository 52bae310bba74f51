import { STAND_IN, standInSecrets } from "../../../../ops/rehearsal/runner/stand-in-secrets";

describe("stand-in secrets", () => {
  test("are given for texts that are ephemeral or sensitive and have no default, and for nothing else", () => {
    const variable = {
      token: { type: "string", ephemeral: true },
      password: { type: "string", sensitive: true },
      untyped: { sensitive: true },
      host: { type: "string" },
      known: { type: "string", sensitive: true, default: "x" },
      empty: { type: "string", sensitive: true, default: null },
      keys: { type: "map(string)", sensitive: true },
    };
    expect(standInSecrets([{ variable }])).toEqual({
      TF_VAR_token: STAND_IN,
      TF_VAR_password: STAND_IN,
      TF_VAR_untyped: STAND_IN,
    });
  });

  test("of several roots are all given", () => {
    const roots = ["one", "two"].map((name) => ({ variable: { [name]: { type: "string", ephemeral: true } } }));
    expect(Object.keys(standInSecrets([...roots, {}]))).toEqual(["TF_VAR_one", "TF_VAR_two"]);
  });
});
