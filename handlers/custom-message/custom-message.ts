import { textAt, triggerSource } from "../cognito/event-reading";
import { Fault } from "../fault";

/** What a message says beside the code. */
export interface MessageSettings {
  /** As users know it. */
  readonly product: string;
  /** Where they sign in. */
  readonly consoleUrl: string;
}

/** What Cognito sends, by e-mail or by text message, whichever it was going to use. */
export interface Message {
  /** At most 140 characters. */
  readonly emailSubject: string;
  /** HTML, at most 20,000 characters. */
  readonly emailMessage: string;
  /** At most 140 characters. */
  readonly smsMessage: string;
}

/** Places that Cognito fills in: it never shows us the code. */
interface Places {
  readonly code: string;
  /** Only invitations have one. */
  readonly username: string | undefined;
}

interface Wording {
  readonly subject: string;
  /** What the code does, before it. */
  readonly lead: string;
  /** What to do when one has not asked for it, after it. */
  readonly close: string;
}

const NOT_ASKED = "If you have not asked for this, leave this message alone: nobody gets in without the code.";

const WORDINGS = {
  CustomMessage_SignUp: { subject: "Your confirmation code", lead: "Your code to finish signing up is", close: NOT_ASKED },
  CustomMessage_ResendCode: { subject: "Your confirmation code", lead: "Your code to finish signing up is", close: NOT_ASKED },
  CustomMessage_ForgotPassword: { subject: "Your code for a new password", lead: "Your code to set a new password is", close: NOT_ASKED },
  CustomMessage_UpdateUserAttribute: { subject: "Confirm your address", lead: "Your code to confirm this address is", close: NOT_ASKED },
  CustomMessage_VerifyUserAttribute: { subject: "Confirm your address", lead: "Your code to confirm this address is", close: NOT_ASKED },
  CustomMessage_Authentication: {
    subject: "Your sign-in code",
    lead: "Your code to sign in is",
    close: "If you are not signing in, change your password.",
  },
  CustomMessage_AdminCreateUser: {
    subject: "You are invited",
    lead: "Your password for the first sign-in is",
    close: "You will be asked for a new one.",
  },
} as const satisfies Record<string, Wording>;

const SOURCES = Object.keys(WORDINGS) as (keyof typeof WORDINGS)[];

/**
 * The message for an event. It holds nothing that a user wrote, names among them: whoever signs up with a stranger's address
 * would have us send the stranger a text of theirs.
 *
 * @throws {Fault} for an event that sends no message we know, or without the place for the code.
 */
export function writeMessage(event: unknown, settings: MessageSettings): Message {
  const source = triggerSource(event, SOURCES);
  const { subject, lead, close }: Wording = WORDINGS[source];
  const places = placesIn(event, source === "CustomMessage_AdminCreateUser");
  const product = escapeHtml(settings.product);
  const invitation = invitationLines(places, settings);
  return {
    emailSubject: `${subject} - ${settings.product}`,
    emailMessage: paragraphs(`Hello,`, ...invitation.html, `${lead} <strong>${places.code}</strong>`, close, product),
    smsMessage: `${settings.product}: ${[...invitation.text, `${lead} ${places.code}`].join(" ")}`,
  };
}

function placesIn(event: unknown, isInvitation: boolean): Places {
  const code = textAt(event, "request", "codeParameter");
  const username = textAt(event, "request", "usernameParameter");
  if (code === undefined) throw new Fault("the event has no codeParameter");
  if (isInvitation && username === undefined) throw new Fault("the event has no usernameParameter");
  return { code, username: isInvitation ? username : undefined };
}

function invitationLines({ username }: Places, { product, consoleUrl }: MessageSettings): { html: string[]; text: string[] } {
  if (username === undefined) return { html: [], text: [] };
  const url = escapeHtml(consoleUrl);
  return {
    html: [`You are invited to ${escapeHtml(product)}: <a href="${url}">${url}</a>`, `Your user name is <strong>${username}</strong>`],
    text: [`user name ${username}.`],
  };
}

function paragraphs(...texts: string[]): string {
  return texts.map((text) => `<p>${text}</p>`).join("\n");
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
