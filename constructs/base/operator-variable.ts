import { TerraformVariable } from "cdktf";
import type { Construct } from "constructs";

export interface OperatorVariableProps {
  /** Type in Terraform's own words, for example `list(string)`. */
  readonly type: string;
  readonly description: string;
  /** What Terraform checks, each with a sentence of its own. Never of what may be a secret: Terraform shows what it refuses. @default - nothing */
  readonly rules?: readonly { readonly condition: string; readonly error: string }[];
  /** Whether Terraform keeps the value out of what it prints. @default false */
  readonly sensitive?: boolean;
}

/** What an operator gives in terraform.tfvars or the environment, by the name that it has there, wherever it stands in the tree. */
export function operatorVariable(
  scope: Construct,
  name: string,
  { type, description, sensitive, rules }: OperatorVariableProps,
): TerraformVariable {
  const variable = new TerraformVariable(scope, name, {
    type,
    description,
    sensitive,
    nullable: false,
    validation: rules?.map(({ condition, error }) => ({ condition: `\${${condition}}`, errorMessage: error })),
  });
  variable.overrideLogicalId(name);
  return variable;
}

/** The variable `alert_email`: a person's address, which is why it stands in no config. */
export function alertEmail(scope: Construct): string {
  return operatorVariable(scope, "alert_email", {
    type: "string",
    description: "Address that gets every alarm.",
    rules: [
      {
        condition: 'can(regex("^[^@[:space:]]+@[^@[:space:]]+\\\\.[a-z]{2,}$", var.alert_email))',
        error: "The variable alert_email must be an e-mail address, such as alerts@example.com.",
      },
    ],
  }).stringValue;
}
