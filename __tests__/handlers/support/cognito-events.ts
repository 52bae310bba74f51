/** The id that Cognito gave the user of most events. */
export const SUB = "0f0c5d1e-3a62-4c1a-9b8e-1f2a3b4c5d6e";

/** An event of Cognito's, as far as all of them are alike. */
export interface CognitoEvent {
  readonly version: string;
  readonly triggerSource: string;
  readonly request: object;
  readonly response: object;
  readonly [more: string]: unknown;
}

export function cognitoEvent(
  triggerSource: string,
  userAttributes: unknown,
  more: { version?: string; request?: object } = {},
): CognitoEvent {
  const { version = "1", request = {} } = more;
  return {
    version,
    triggerSource,
    region: "eu-west-1",
    userPoolId: "eu-west-1_Example",
    userName: SUB,
    callerContext: { awsSdkVersion: "aws-sdk-unknown-unknown", clientId: "exampleclient" },
    request: { userAttributes, ...request },
    response: {},
  };
}

/** Text as it comes off the wire: a key `__proto__` is then a key like any other. */
export function fromWire(text: string): unknown {
  return JSON.parse(text);
}

const TEN_KB = "a".repeat(10 * 1024);

function signUp(attributes: unknown, source = "PreSignUp_SignUp"): object {
  return cognitoEvent(source, attributes);
}

function confirmation(attributes: object, source = "PostConfirmation_ConfirmSignUp"): object {
  return cognitoEvent(source, { sub: SUB, email: "a.user@example.com", ...attributes });
}

/** Of a user who has proven the address. An attribute that is undefined is none. */
function tokens(attributes: object = {}, source = "TokenGeneration_Authentication", version = "2"): object {
  const all = { sub: SUB, email: "a.user@example.com", email_verified: "true", ...attributes };
  return cognitoEvent(source, Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)), { version });
}

function message(source: string, request: object, attributes: object = {}): object {
  return cognitoEvent(source, { sub: SUB, email: "a.user@example.com", ...attributes }, { request });
}

const V2 = { version: "2" };
const REFRESH = "TokenGeneration_RefreshTokens";
const INVITED = "TokenGeneration_NewPasswordChallenge";
const CODE = { codeParameter: "{####}" };
const NOTHING = { nothing: null };

/** Every event of the tables in docs/handlers.md, by its handler and its name there. */
export const DOCUMENTED_EVENTS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "pre-sign-up": {
    "an address of an allowed domain": signUp({ email: "a.user@example.com" }),
    "an allowed domain in capital letters": signUp({ email: "A.User@EXAMPLE.com" }),
    "an administrator's invitation of an allowed domain": signUp({ email: "a.user@example.com" }, "PreSignUp_AdminCreateUser"),
    "another identity provider's user of an allowed domain": signUp({ email: "a.user@example.com" }, "PreSignUp_ExternalProvider"),
    "no address": signUp({ name: "A User" }),
    "an empty address": signUp({ email: "" }),
    "no request": { version: "1", triggerSource: "PreSignUp_SignUp", response: {} },
    "the address below the key `__proto__`": signUp(fromWire('{"__proto__":{"email":"a.user@example.com"}}')),
    "the address in a prototype": signUp(Object.create({ email: "a.user@example.com" })),
    "an address that is a list": signUp({ email: ["a.user@example.com"] }),
    "another domain": signUp({ email: "a.user@elsewhere.example" }),
    "another identity provider's user of another domain": signUp({ email: "a.user@elsewhere.example" }, "PreSignUp_ExternalProvider"),
    "a domain that starts with an allowed one": signUp({ email: "a.user@example.com.elsewhere.example" }),
    "a subdomain of an allowed one": signUp({ email: "a.user@mail.example.com" }),
    "the ASCII form of a look-alike domain": signUp({ email: "a.user@xn--xample-2of.com" }),
    "a domain with a Cyrillic letter": signUp({ email: "a.user@ex\u0430mple.com" }),
    // The Kelvin sign is a "k" in lower case.
    "a domain with a letter that lower case turns into ours": signUp({ email: "a.user@\u212aiosk.example" }),
    "a Cyrillic letter before the @": signUp({ email: "\u0430.user@example.com" }),
    "a full-width @": signUp({ email: "a.user\uff20example.com" }),
    "an allowed domain with a final dot": signUp({ email: "a.user@example.com." }),
    "two @": signUp({ email: "a.user@elsewhere.example@example.com" }),
    "a quoted address with an @ inside": signUp({ email: '"a.user@elsewhere.example"@example.com' }),
    "a space after the address": signUp({ email: "a.user@example.com " }),
    "an address of 255 characters": signUp({ email: `a@${"b.".repeat(121)}example.com` }),
    "a plus address": signUp({ email: "a.user+second@example.com" }),
    "a null byte after the address": signUp({ email: "a.user@example.com\0" }),
    "a line break in the address": signUp({ email: "a.user@example.com\r\nBcc: b@elsewhere.example" }),
    "a name with a null byte": signUp({ email: "a.user@example.com", name: "A\0User" }),
    "a name that turns the direction of text": signUp({ email: "a.user@example.com", name: "A \u202eresU" }),
    "a name with half a character": signUp({ email: "a.user@example.com", name: "A \ud83d User" }),
    "a name of 10 KB": signUp({ email: "a.user@example.com", name: TEN_KB }),
    "an address of 10 KB": signUp({ email: `${TEN_KB}@example.com` }),
    "a name in Arabic": signUp({ email: "a.user@example.com", name: "\u0645\u062b\u0627\u0644" }),
    "another trigger's event": confirmation({}),
    ...NOTHING,
  },
  "post-confirmation": {
    "a confirmation": confirmation({}),
    "a new password": confirmation({}, "PostConfirmation_ConfirmForgotPassword"),
    "a name of 10 KB": confirmation({ name: TEN_KB }),
    "a name with a null byte": confirmation({ name: "A\0User" }),
    "no `sub`": cognitoEvent("PostConfirmation_ConfirmSignUp", { email: "a.user@example.com" }),
    "a `sub` that is no UUID": confirmation({ sub: "owner" }),
    "a `sub` with a null byte behind it": confirmation({ sub: `${SUB}\0` }),
    "a `sub` of 10 KB": confirmation({ sub: TEN_KB }),
    "a `sub` below the key `__proto__`": cognitoEvent("PostConfirmation_ConfirmSignUp", fromWire(`{"__proto__":{"sub":"${SUB}"}}`)),
    "another trigger's event": tokens(),
    ...NOTHING,
  },
  "pre-token-generation": {
    "a user with an account": tokens(),
    "a refreshed token": tokens({}, REFRESH),
    "an attribute that claims another account": tokens({ account_id: "another", "custom:account_id": "another" }),
    "an address that was changed to another allowed domain": tokens({ email: "A.User@Kiosk.example" }, REFRESH),
    "an address that was changed to another domain": tokens({ email: "a.user@elsewhere.example" }, REFRESH),
    "an address that was changed to a plus address": tokens({ email: "a.user+second@example.com" }, REFRESH),
    "a first sign-in with another domain": tokens({ email: "a.user@elsewhere.example" }, INVITED),
    "a domain with a letter that lower case turns into ours": tokens({ email: "a.user@\u212aiosk.example" }),
    "a null byte after the address": tokens({ email: "a.user@example.com\0" }),
    "an address of 10 KB": tokens({ email: `${TEN_KB}@example.com` }),
    "no address": tokens({ email: undefined }),
    "an empty address": tokens({ email: "" }),
    "an address that is a list": tokens({ email: ["a.user@example.com"] }),
    "an address below the key `__proto__`": cognitoEvent(
      REFRESH,
      fromWire(`{"sub":"${SUB}","__proto__":{"email":"a.user@example.com"}}`),
      V2,
    ),
    "an invited user's first sign-in, of whose proof nothing is said": tokens({ email_verified: undefined }, INVITED),
    "an invited user's later sign-in, of whose proof nothing is said": tokens({ email_verified: undefined }),
    "an address that is not proven": tokens({ email_verified: "false" }),
    "an address whose proof is empty": tokens({ email_verified: "" }),
    "an address whose proof is no text": tokens({ email_verified: true }),
    "a user without an account": tokens({ sub: "ffffffff-0000-4000-8000-000000000000" }),
    "an event of version 1": tokens({}, "TokenGeneration_Authentication", "1"),
    "no `sub`": tokens({ sub: undefined }),
    "a `sub` that is no UUID": tokens({ sub: "owner" }),
    "a `sub` below the key `__proto__`": cognitoEvent(REFRESH, fromWire(`{"email":"a.user@example.com","__proto__":{"sub":"${SUB}"}}`), V2),
    "another trigger's event": signUp({ email: "a.user@example.com" }),
    ...NOTHING,
  },
  "custom-message": {
    "a code to sign up": message("CustomMessage_SignUp", CODE),
    "a name with markup": message("CustomMessage_SignUp", CODE, { name: '<a href="https://elsewhere.example">Prize</a>' }),
    "a name of 10 KB": message("CustomMessage_SignUp", CODE, { name: TEN_KB }),
    "an invitation": message("CustomMessage_AdminCreateUser", { ...CODE, usernameParameter: "{username}" }),
    "an invitation without a user name": message("CustomMessage_AdminCreateUser", CODE),
    "no place for the code": message("CustomMessage_SignUp", {}),
    "another trigger's event": tokens(),
    ...NOTHING,
  },
};
