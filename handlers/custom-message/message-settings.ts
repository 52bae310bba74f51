import type { MessageSettings } from "./custom-message";

/** Characters of a product's name, at most: with forty, every text message stays within Cognito's 140. */
const LONGEST_PRODUCT = 40;

/**
 * Checks what messages say beside the code.
 *
 * @param product as users know it.
 * @param consoleUrl where they sign in.
 * @throws for a name that makes a text message too long, and for an address that is not one of HTTPS.
 */
export function checkMessageSettings(product: string, consoleUrl: string): MessageSettings {
  if (product.length > LONGEST_PRODUCT)
    throw new Error(`PRODUCT_NAME must have ${LONGEST_PRODUCT} characters at most, got ${product.length}`);
  if (!URL.canParse(consoleUrl) || new URL(consoleUrl).protocol !== "https:")
    throw new Error(`CONSOLE_URL must be an address that starts with https://, got "${consoleUrl}"`);
  return { product, consoleUrl };
}
