import { CognitoUserPool } from "@cdktf/provider-aws/lib/cognito-user-pool";
import { CognitoUserPoolDomain } from "@cdktf/provider-aws/lib/cognito-user-pool-domain";
import type { Construct } from "constructs";
import { PropsError } from "../base/props-error";
import { type Protection, protectionTags } from "../base/protection";
import type { LambdaFunction } from "../compute/lambda-function";

/** What a pool of our own is like. */
export interface UserPoolSettings {
  /** Name in Cognito, at most 128 characters. */
  readonly name: string;
  /** Whether anybody may sign up, as far as the trigger lets them, or only who was invited. */
  readonly signUp: "open" | "byInvitation";
  /** Whether users prove themselves with a second factor, out of an authenticator application. */
  readonly mfa: "off" | "optional" | "required";
  /** Characters in a password, 8 to 99. @default 12 */
  readonly passwordLength?: number;
  /** Start of the host of Cognito's own sign-in page, unique in the region. Another one replaces the host. @default - no such page */
  readonly domainPrefix?: string;
  /** Who sends messages to users. @default - Cognito, from an address of its own, at most 50 a day */
  readonly mail?: {
    /** Address, or name and address. */
    readonly from: string;
    /** ARN of the address or its domain in SES. */
    readonly identityArn: string;
  };
  /** Protected: neither AWS nor Terraform deletes it. */
  readonly protection: Protection;
}

/** Functions that Cognito asks, by when it does. */
export interface UserPoolTriggers {
  readonly preSignUp?: LambdaFunction;
  readonly postConfirmation?: LambdaFunction;
  /** Gets events of version 2, which are about both tokens. */
  readonly preTokenGeneration?: LambdaFunction;
  readonly customMessage?: LambdaFunction;
}

const MFA = { off: "OFF", optional: "OPTIONAL", required: "ON" } as const;

/**
 * A pool whose users sign in by e-mail address, in any case of letters, and whose addresses are proven before they count.
 *
 * It has no SMS: a number can be taken over, and each message costs. Events of version 2 before tokens need the plan Essentials;
 * threat protection, with its checks for leaked passwords, needs Plus, which costs more for every user, and is off.
 *
 * @throws {PropsError} for a name, a length or a prefix that Cognito does not take.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-sign-in-feature-plans.html
 */
export function createdUserPool(scope: Construct, settings: UserPoolSettings, triggers: UserPoolTriggers): CognitoUserPool {
  const { name, signUp, mfa, passwordLength = 12, domainPrefix, mail, protection } = settings;
  check(scope, settings);
  const isProtected = protection === "protected";
  const pool = new CognitoUserPool(scope, "Default", {
    name,
    userPoolTier: "ESSENTIALS",
    usernameAttributes: ["email"],
    usernameConfiguration: { caseSensitive: false },
    autoVerifiedAttributes: ["email"],
    schema: [EMAIL],
    // A new address counts once its owner has proven it; until then the old one does.
    userAttributeUpdateSettings: { attributesRequireVerificationBeforeUpdate: ["email"] },
    accountRecoverySetting: { recoveryMechanism: [{ name: "verified_email", priority: 1 }] },
    adminCreateUserConfig: { allowAdminCreateUserOnly: signUp === "byInvitation" },
    mfaConfiguration: MFA[mfa],
    softwareTokenMfaConfiguration: mfa === "off" ? undefined : { enabled: true },
    passwordPolicy: { minimumLength: passwordLength, ...STRONG },
    emailConfiguration:
      mail === undefined
        ? { emailSendingAccount: "COGNITO_DEFAULT" }
        : { emailSendingAccount: "DEVELOPER", fromEmailAddress: mail.from, sourceArn: mail.identityArn },
    lambdaConfig: lambdaConfig(triggers),
    deletionProtection: isProtected ? "ACTIVE" : "INACTIVE",
    tags: protectionTags(protection),
    lifecycle: { preventDestroy: isProtected },
  });
  if (domainPrefix !== undefined) new CognitoUserPoolDomain(scope, "Domain", { domain: domainPrefix, userPoolId: pool.id });
  return pool;
}

/** Cognito's own limits on it: the provider would plan them away if they were left out. */
const EMAIL = {
  name: "email",
  attributeDataType: "String",
  required: true,
  mutable: true,
  stringAttributeConstraints: { minLength: "0", maxLength: "2048" },
};

/** @see https://docs.aws.amazon.com/securityhub/latest/userguide/cognito-controls.html#cognito-3 */
const STRONG = {
  requireLowercase: true,
  requireUppercase: true,
  requireNumbers: true,
  requireSymbols: true,
  temporaryPasswordValidityDays: 7,
};

function lambdaConfig({ preSignUp, postConfirmation, preTokenGeneration, customMessage }: UserPoolTriggers) {
  if ([preSignUp, postConfirmation, preTokenGeneration, customMessage].every((trigger) => trigger === undefined)) return undefined;
  return {
    preSignUp: preSignUp?.arn,
    postConfirmation: postConfirmation?.arn,
    preTokenGenerationConfig: preTokenGeneration && { lambdaArn: preTokenGeneration.arn, lambdaVersion: "V2_0" },
    customMessage: customMessage?.arn,
  };
}

function check(scope: Construct, { name, passwordLength = 12, domainPrefix }: UserPoolSettings): void {
  if (!/^[\w\s+=,.@-]{1,128}$/.test(name))
    throw new PropsError(scope, "source.create.name", "must be 1 to 128 letters, digits, spaces and + = , . @ - _", name);
  if (!Number.isInteger(passwordLength) || passwordLength < 8 || passwordLength > 99)
    throw new PropsError(scope, "source.create.passwordLength", "must be a whole number from 8 to 99", passwordLength);
  const isPrefix = (text: string): boolean => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(text) && !/aws|amazon|cognito/.test(text);
  if (domainPrefix !== undefined && !isPrefix(domainPrefix)) {
    const rule = "must be 1 to 63 lower-case letters, digits and inner hyphens, without aws, amazon and cognito in it";
    throw new PropsError(scope, "source.create.domainPrefix", rule, domainPrefix);
  }
}
