import { type Message, writeMessage } from "../../../handlers/custom-message/custom-message";
import { checkMessageSettings } from "../../../handlers/custom-message/message-settings";
import { cognitoEvent } from "../support/cognito-events";

const SETTINGS = { product: "Example & Sons", consoleUrl: "https://console.example.com/?a=1&b=2" };
const PLACES = { codeParameter: "{####}", usernameParameter: "{username}" };
const SOURCES = [
  "CustomMessage_SignUp",
  "CustomMessage_AdminCreateUser",
  "CustomMessage_ResendCode",
  "CustomMessage_ForgotPassword",
  "CustomMessage_UpdateUserAttribute",
  "CustomMessage_VerifyUserAttribute",
  "CustomMessage_Authentication",
];

function message(source: string, attributes: object = {}): Message {
  return writeMessage(cognitoEvent(source, attributes, { request: PLACES }), SETTINGS);
}

describe.each(SOURCES)("the message for %s", (source) => {
  test("has the place for the code once in the e-mail and once in the text message", () => {
    const { emailMessage, smsMessage } = message(source);
    expect(emailMessage.split("{####}")).toHaveLength(2);
    expect(smsMessage.split("{####}")).toHaveLength(2);
  });

  test("is no longer than Cognito takes, with the longest name of a product", () => {
    const settings = checkMessageSettings("P".repeat(40), SETTINGS.consoleUrl);
    const { emailSubject, emailMessage, smsMessage } = writeMessage(cognitoEvent(source, {}, { request: PLACES }), settings);
    expect(emailSubject.length).toBeLessThanOrEqual(140);
    expect(emailMessage.length).toBeLessThanOrEqual(20_000);
    expect(smsMessage.length).toBeLessThanOrEqual(140);
  });

  test("is the same whatever the user is called", () => {
    const hostile = { name: "<b>Prize</b> at https://elsewhere.example", given_name: "{username}", email: '"><script>@example.com' };
    expect(message(source, hostile)).toEqual(message(source));
  });
});

test("a message names the product, with its signs written for HTML where it is HTML", () => {
  const { emailSubject, emailMessage, smsMessage } = message("CustomMessage_SignUp");
  expect(emailSubject).toBe("Your confirmation code - Example & Sons");
  expect(emailMessage).toContain("<p>Example &amp; Sons</p>");
  expect(smsMessage).toBe("Example & Sons: Your code to finish signing up is {####}");
});

test("an invitation has the user name, the first password and the way to the console", () => {
  const { emailMessage, smsMessage } = message("CustomMessage_AdminCreateUser");
  expect(emailMessage).toContain("Your user name is <strong>{username}</strong>");
  expect(emailMessage).toContain("Your password for the first sign-in is <strong>{####}</strong>");
  expect(emailMessage).toContain('<a href="https://console.example.com/?a=1&amp;b=2">');
  expect(smsMessage).toBe("Example & Sons: user name {username}. Your password for the first sign-in is {####}");
});

test("only an invitation has the user name", () => {
  for (const source of SOURCES.filter((each) => each !== "CustomMessage_AdminCreateUser")) {
    expect(JSON.stringify(message(source))).not.toContain("{username}");
  }
});

test("a product's name that makes text messages too long is no setting", () => {
  expect(() => checkMessageSettings("P".repeat(41), "https://console.example.com")).toThrow(
    "PRODUCT_NAME must have 40 characters at most, got 41",
  );
});

test.each(["console.example.com", "http://console.example.com", "javascript:alert(1)"])("%s is no address of a console", (url) => {
  expect(() => checkMessageSettings("Example", url)).toThrow(`CONSOLE_URL must be an address that starts with https://, got "${url}"`);
});
