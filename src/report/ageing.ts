/** Whole days of age, both ends included; the last bucket is open (`to` null). */
interface Bucket {
  readonly label: string;
  readonly from: number;
  readonly to: number | null;
}

/** The place of an age in days among buckets; -1 for none. */
export function bucketOf(buckets: readonly Bucket[], days: number): number {
  return buckets.findIndex(({ from, to }) => days >= from && (to === null || days <= to));
}

/** A bucket of ages in words, `8 to 14`, `91 or more`: spreadsheets take `8-14` for a date. */
export function ageText(bucket: string): string {
  return bucket.replace('-', ' to ').replace('+', ' or more');
}

/** The label of a bucket that is named as the policy has it or as a report words it; null for none. */
export function bucketNamed(buckets: readonly Bucket[], text: string): string | null {
  return buckets.find(({ label }) => label === text || ageText(label) === text)?.label ?? null;
}
