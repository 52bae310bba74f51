import { Fn, Token } from "cdktf";
import type { Construct } from "constructs";
import { PropsError } from "../../base/props-error";
import prelude from "./prelude.sh";

/** A file that is put on the instance before its script runs. */
export interface InstanceFile {
  readonly path: `/${string}`;
  /** @default "0644" */
  readonly mode?: "0644" | "0755";
  readonly content: string;
}

export interface UserDataProps {
  /** What scripts on the instance must know: variables of {@link SETTINGS_PATH}. Never a secret: whoever may describe the instance reads it. */
  readonly settings: Readonly<Record<string, string>>;
  readonly files: readonly InstanceFile[];
  /** Bash. It runs as root at every boot, with the functions of `prelude.sh` and with the settings. */
  readonly script: string;
}

/** Where the settings are on the instance. Scripts source it. */
const SETTINGS_PATH = "/etc/instance-settings";

/** Bytes that EC2 takes, before it encodes them. @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html */
const LIMIT_BYTES = 16_384;
/** Counted for a value that is known only after apply. Names, ids and ARNs are all shorter. */
const REFERENCE_BYTES = 256;
const END_OF_FILE = "END_OF_FILE";
const PART = "part-of-user-data";

/**
 * An instance's user data: settings, files and a script that runs at every boot, not only at the first.
 *
 * So a changed script needs nothing but an apply: Terraform stops the instance, changes its user data and starts it again.
 *
 * @throws {PropsError} when it does not fit into EC2's 16 KB, is not plain ASCII, has a reference outside the settings, or
 *   a setting's name is no shell variable.
 * @see https://repost.aws/knowledge-center/execute-user-data-ec2
 */
export function renderUserData(scope: Construct, { settings, files, script }: UserDataProps): string {
  const pieces: Piece[] = [
    literal(HEAD),
    literal(prelude),
    ...writeFile(scope, SETTINGS_PATH, "0644", assignments(scope, settings)),
    literal(`# shellcheck source=/dev/null\n. ${SETTINGS_PATH}\n`),
    ...files.flatMap(({ path, mode = "0644", content }) => writeFile(scope, path, mode, [literal(known(scope, `file ${path}`, content))])),
    literal(known(scope, "script", withoutShebang(script))),
    literal(FOOT),
  ];
  const text = pieces.map((piece) => ("literal" in piece ? piece.literal : "")).join("");
  const bytes = text.length + pieces.filter((piece) => "reference" in piece).length * REFERENCE_BYTES;
  if (bytes > LIMIT_BYTES) throw new PropsError(scope, "user data", `must be at most ${LIMIT_BYTES} bytes, which is what EC2 takes`, bytes);
  const strange = /[^\n\x20-\x7e]/.exec(text);
  if (strange !== null)
    throw new PropsError(scope, "user data", "must be plain ASCII text, which cloud-init reads in one way only", strange[0]);
  return pieces.map((piece) => ("literal" in piece ? forTerraform(piece.literal) : piece.reference)).join("");
}

/** Text that is known now, or an expression that Terraform replaces by its value. */
type Piece = { readonly literal: string } | { readonly reference: string };

const literal = (text: string): Piece => ({ literal: text });

/** cloud-init runs a user script at the first boot only, unless its configuration says otherwise. */
const HEAD = `Content-Type: multipart/mixed; boundary="${PART}"
MIME-Version: 1.0

--${PART}
Content-Type: text/cloud-config; charset="us-ascii"
MIME-Version: 1.0

#cloud-config
cloud_final_modules: [[scripts-user, always]]

--${PART}
Content-Type: text/x-shellscript; charset="us-ascii"
MIME-Version: 1.0

`;

const FOOT = `
--${PART}--
`;

/** A quoted here-document: the shell changes nothing in it. */
function writeFile(scope: Construct, path: string, mode: string, content: readonly Piece[]): Piece[] {
  for (const piece of content) {
    if (!("literal" in piece)) continue;
    if (piece.literal.split("\n").includes(END_OF_FILE)) throw new PropsError(scope, `file ${path}`, "must not have a line", END_OF_FILE);
  }
  return [literal(`write_file ${mode} ${quoted(path)} <<'${END_OF_FILE}'\n`), ...content, literal(`${END_OF_FILE}\n`)];
}

function assignments(scope: Construct, settings: Readonly<Record<string, string>>): Piece[] {
  return Object.entries(settings).flatMap(([name, value]) => {
    if (!/^[A-Z][A-Z0-9_]*$/.test(name)) throw new PropsError(scope, "settings", "must be named like shell variables, in capitals", name);
    if (!Token.isUnresolved(value)) return [literal(`${name}=${quoted(value)}\n`)];
    // Terraform quotes what only it knows.
    return [literal(`${name}='`), { reference: Fn.replace(value, "'", Fn.rawString(QUOTE_IN_QUOTES)) }, literal("'\n")];
  });
}

/** Ends the quotes, adds a quoted quote, begins them again. Not with a backslash: CDKTF escapes none for Terraform. */
const QUOTE_IN_QUOTES = `'"'"'`;

/** A word that the shell takes as it stands. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", QUOTE_IN_QUOTES)}'`;
}

/** A reference in the middle of a text would be taken for the shell's. */
function known(scope: Construct, prop: string, text: string): string {
  if (Token.isUnresolved(text)) throw new PropsError(scope, prop, "must hold no value that only Terraform knows; make it a setting", text);
  return text;
}

/** The script stands in the middle of another one. */
function withoutShebang(script: string): string {
  return script.replace(/^#!.*\n/, "");
}

/** `${` and `%{` begin an expression in Terraform's strings, and a variable in the shell's. */
function forTerraform(text: string): string {
  return text.replace(/[$%](?=\{)/g, (sign) => sign + sign);
}
