/** Where a resource stands. */
export interface Place {
  /** Twelve-digit account id. */
  readonly account: string;
  readonly region: string;
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  readonly partition: string;
  /** End of AWS's host names there. */
  readonly dnsSuffix: string;
}

/** The place of a region in an account. */
export function placeOf(account: string, region: string): Place {
  const partition = region.startsWith("cn-") ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
  return { account, region, partition, dnsSuffix: partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com" };
}
