import { DeleteSecretCommand, GetSecretValueCommand, PutSecretValueCommand, RestoreSecretCommand } from "@aws-sdk/client-secrets-manager";
import type { DeployedRoot } from "../support/deployed-root";
import { answeringTo, type Fault } from "./fault";

const STRIPE = "staging/allthrive/stripe/credentials";
const PASSWORD = "staging/allthrive/rds/master-password";

type Fields = Readonly<Record<string, string>>;

/** A secret with another text. */
export function withText(SecretId: string, text: (now: string, root: DeployedRoot) => string): Fault["strike"] {
  return async (root) => {
    const { secrets } = root.clients;
    const { SecretString = "" } = await secrets.send(new GetSecretValueCommand({ SecretId }));
    await secrets.send(new PutSecretValueCommand({ SecretId, SecretString: text(SecretString, root) }));
    return () => secrets.send(new PutSecretValueCommand({ SecretId, SecretString }));
  };
}

/** A secret with other fields. */
export function withSecret(name: string, change: (fields: Fields, root: DeployedRoot) => Fields): Fault["strike"] {
  return withText(name, (text, root) => JSON.stringify(change(JSON.parse(text), root)));
}

/** A key of the payment company's secret with another value. */
function withKey(STRIPE_SECRET_KEY: string): Fault["strike"] {
  return withSecret(STRIPE, (fields) => ({ ...fields, STRIPE_SECRET_KEY }));
}

/** A secret that is deleted, and can still be brought back. */
function deleted(SecretId: string): Fault["strike"] {
  return async ({ clients: { secrets } }) => {
    await secrets.send(new DeleteSecretCommand({ SecretId, RecoveryWindowInDays: 30 }));
    return () => secrets.send(new RestoreSecretCommand({ SecretId }));
  };
}

export const SECRET_FAULTS: readonly Fault[] = [
  {
    title: "a secret that waits to be deleted",
    heading: "secret-exists",
    what: STRIPE,
    found: "does not exist",
    strike: deleted(STRIPE),
  },
  {
    title: "a secret with the database's URL that waits to be deleted",
    heading: "secret-exists",
    what: "staging/allthrive/database",
    found: "does not exist",
    strike: deleted("staging/allthrive/database"),
  },
  {
    title: "a secret that was never set",
    heading: "secret-value",
    what: STRIPE,
    found: "has never been set",
    strike: answeringTo("GetSecretValue", () => ({ status: 400, body: JSON.stringify({ __type: "ResourceNotFoundException" }) }), STRIPE),
  },
  {
    title: "a secret without one of its keys",
    heading: "secret-keys",
    what: STRIPE,
    found: "missing: STRIPE_WEBHOOK_SECRET",
    strike: withSecret(STRIPE, ({ STRIPE_WEBHOOK_SECRET: _, ...others }) => others),
  },
  { title: "a secret with an empty key", heading: "secret-keys", what: STRIPE, found: "empty: STRIPE_SECRET_KEY", strike: withKey(" ") },
  ...["CHANGEME", "<your key>", "todo", "your-stripe-key", "xxxx", "${STRIPE_SECRET_KEY}", "{{ stripe.key }}"].map(
    (value): Fault => ({
      title: `a secret whose key is ${value}`,
      heading: "secret-keys",
      what: STRIPE,
      found: "placeholder: STRIPE_SECRET_KEY",
      strike: withKey(value),
    }),
  ),
  {
    title: "a secret that is no JSON",
    heading: "secret-keys",
    what: STRIPE,
    found: "no JSON object",
    strike: withText(STRIPE, (text) => text.slice(1)),
  },
  {
    title: "a password that is a placeholder",
    heading: "secret-value",
    what: PASSWORD,
    found: "is a placeholder",
    strike: withText(PASSWORD, () => "changeme"),
  },
];

/** Values that look a little like placeholders and are none. */
export const HONEST_VALUES: readonly (readonly [value: string, strike: Fault["strike"]])[] = [
  '{"type":"service_account"}',
  "todo-list-key-7",
  "exampleShopKey",
  "xX9",
  "12345",
].map((value) => [value, withKey(value)]);
