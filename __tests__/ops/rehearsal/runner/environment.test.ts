import { shellEnvironment, terraformEnvironment } from "../../../../ops/rehearsal/runner/environment";

const folder = { path: "/rehearsal", home: "/rehearsal/home", cliConfig: "/rehearsal/terraform.tfrc" };
const credentials = {
  AWS_ACCESS_KEY_ID: "real",
  AWS_PROFILE: "real",
  AWS_SHARED_CREDENTIALS_FILE: "/home/me/.aws/credentials",
  CLOUDFLARE_API_TOKEN: "real",
  TF_VAR_cloudflare_api_token: "real",
  TF_TOKEN_app_terraform_io: "real",
  TF_CLI_ARGS_plan: "-state=real.tfstate",
  TF_WORKSPACE: "production",
  TF_CLI_CONFIG_FILE: "/home/me/.terraformrc",
  CDKTF_VAR_FILE: "/home/me/real.tfvars",
};
const outer = { ...credentials, PATH: "/usr/bin", HOME: "/home/me", LANG: "C.UTF-8", HTTPS_PROXY: "http://proxy:3128", EDITOR: "vi" };

describe("Terraform in a rehearsal", () => {
  test("knows nothing of the operator but the way to programs and the language", () => {
    expect(terraformEnvironment(outer, folder, '{"aws":{}}')).toEqual({
      PATH: "/usr/bin",
      LANG: "C.UTF-8",
      HOME: "/rehearsal/home",
      TF_REATTACH_PROVIDERS: '{"aws":{}}',
      TF_CLI_CONFIG_FILE: "/rehearsal/terraform.tfrc",
      TF_IN_AUTOMATION: "1",
      TF_INPUT: "0",
      GOGC: "400",
      CHECKPOINT_DISABLE: "1",
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
      AWS_CONFIG_FILE: "/dev/null",
    });
  });
});

describe("a command in a rehearsal", () => {
  const places = { bin: "/rehearsal/bin", terraform: "/rehearsal/bin/terraform", output: "/rehearsal/project/cdktf.out" };

  test("keeps the operator's environment without credentials, and finds the guarded Terraform first", () => {
    expect(shellEnvironment(outer, folder, '{"aws":{}}', { ...places, varFile: "/project/terraform.tfvars.example" })).toEqual({
      PATH: "/rehearsal/bin:/usr/bin",
      HOME: "/home/me",
      LANG: "C.UTF-8",
      HTTPS_PROXY: "http://proxy:3128",
      EDITOR: "vi",
      TERRAFORM: "/rehearsal/bin/terraform",
      TERRAFORM_BINARY_NAME: "/rehearsal/bin/terraform",
      TF_REATTACH_PROVIDERS: '{"aws":{}}',
      TF_CLI_CONFIG_FILE: "/rehearsal/terraform.tfrc",
      CHECKPOINT_DISABLE: "1",
      BACKEND: "local",
      CDKTF_OUTDIR: "/rehearsal/project/cdktf.out",
      CDKTF_OUTPUT: "/rehearsal/project/cdktf.out",
      CDKTF_HOME: "/rehearsal/home",
      CDKTF_DISABLE_PLUGIN_CACHE_ENV: "true",
      CDKTF_SKIP_PROVIDER_LOCK: "true",
      CDKTF_VAR_FILE: "/project/terraform.tfvars.example",
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
      AWS_CONFIG_FILE: "/dev/null",
    });
  });

  test("is told of no file of values when there is none", () => {
    expect(shellEnvironment({}, folder, "{}", places)).not.toHaveProperty("CDKTF_VAR_FILE");
  });
});
