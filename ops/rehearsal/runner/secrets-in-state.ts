import { isJsonObject, type Json } from "../provider/terraform-json";

/**
 * Those of the secrets that stand in a state: in some text of it, or in JSON that such a text holds. JSON writes quotation
 * marks, and Terraform's `<`, `>` and `&`, in another way than the secret has them, so that a look at the file alone would miss some.
 *
 * @param state the contents of a state file.
 */
export function secretsInState(state: string, secrets: readonly string[]): readonly string[] {
  const texts = [...textsIn(JSON.parse(state) as Json)];
  return secrets.filter((secret) => texts.some((text) => text.includes(secret)));
}

function* textsIn(value: Json): Generator<string> {
  if (typeof value === "string") {
    yield value;
    yield* textsIn(documentIn(value));
  } else if (Array.isArray(value)) {
    for (const element of value as readonly Json[]) yield* textsIn(element);
  } else if (isJsonObject(value)) {
    for (const [key, member] of Object.entries(value)) {
      yield key;
      yield* textsIn(member);
    }
  }
}

/** What a text says in JSON; nothing for any other text. */
function documentIn(text: string): Json {
  if (!/^\s*[[{]/.test(text)) return null;
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
