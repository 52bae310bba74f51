import { CognitoUserPoolClient } from "@cdktf/provider-aws/lib/cognito-user-pool-client";
import { Construct } from "constructs";
import { PropsError } from "../base/props-error";

export interface UserPoolClientProps {
  readonly userPoolId: string;
  /** Name in Cognito, at most 128 characters. */
  readonly name: string;
  /** Minutes that ID and access tokens hold, 5 to 1440. Until then they open doors, also after a user was signed out. */
  readonly tokenMinutes: number;
  /** Days until users must sign in again, 1 to 3650. */
  readonly refreshDays: number;
  /** Sign-in on Cognito's own page, which the pool must have. @default - the application asks for the password itself, and never sends it */
  readonly signInPage?: {
    /** Addresses to which the page may send users back, on HTTPS or on a developer's own machine. */
    readonly callbackUrls: readonly string[];
    readonly logoutUrls: readonly string[];
  };
}

/** @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolClient.html */
const LIMITS = { tokenMinutes: { min: 5, max: 1440 }, refreshDays: { min: 1, max: 3650 } } as const;

const URL_OF_OURS = /^(https:\/\/[a-z0-9.-]+(:\d+)?|http:\/\/localhost(:\d+)?)(\/[^\s#*]*)?$/;

/**
 * An application that runs in browsers, and so has no secret. Passwords never leave the browser: it proves that it knows one by SRP.
 * Answers do not tell whether a user exists, and signing out takes refresh tokens back.
 */
export class UserPoolClient extends Construct {
  readonly id: string;

  /** @throws {PropsError} for a time that Cognito does not take, and a callback that others could read. */
  constructor(scope: Construct, id: string, props: UserPoolClientProps) {
    super(scope, id);
    check(this, props);
    const { userPoolId, name, tokenMinutes, refreshDays, signInPage } = props;
    this.id = new CognitoUserPoolClient(this, "Default", {
      userPoolId,
      name,
      generateSecret: false,
      explicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH"],
      preventUserExistenceErrors: "ENABLED",
      enableTokenRevocation: true,
      accessTokenValidity: tokenMinutes,
      idTokenValidity: tokenMinutes,
      refreshTokenValidity: refreshDays,
      tokenValidityUnits: [{ accessToken: "minutes", idToken: "minutes", refreshToken: "days" }],
      readAttributes: ["email", "email_verified", "name"],
      // Who signs up must write what the pool asks for.
      writeAttributes: ["email", "name"],
      supportedIdentityProviders: ["COGNITO"],
      ...(signInPage === undefined
        ? { allowedOauthFlowsUserPoolClient: false }
        : {
            allowedOauthFlowsUserPoolClient: true,
            allowedOauthFlows: ["code"],
            allowedOauthScopes: ["email", "openid", "profile"],
            callbackUrls: [...signInPage.callbackUrls],
            logoutUrls: [...signInPage.logoutUrls],
          }),
    }).id;
  }
}

function check(scope: Construct, props: UserPoolClientProps): void {
  for (const prop of ["tokenMinutes", "refreshDays"] as const) {
    const { min, max } = LIMITS[prop];
    if (!Number.isInteger(props[prop]) || props[prop] < min || props[prop] > max)
      throw new PropsError(scope, prop, `must be a whole number from ${min} to ${max}`, props[prop]);
  }
  if (props.signInPage === undefined) return;
  const { callbackUrls, logoutUrls } = props.signInPage;
  const wrong = [...callbackUrls, ...logoutUrls].filter((url) => !URL_OF_OURS.test(url));
  if (wrong.length > 0 || callbackUrls.length === 0) {
    const rule = "must have a callback, and only addresses on https, or on http://localhost, without fragments and wildcards";
    throw new PropsError(scope, "signInPage", rule, wrong);
  }
}
