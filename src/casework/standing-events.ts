/**
 * The SQL condition that an event of the log stands: not corrected by one that itself stands, and not of an import that
 * was taken back. `alias`: what the query calls the event.
 */
export function standingEvent(alias: string): string {
  return `not exists (select 1 from event r where r.replaces = ${alias}.seq
      and not exists (select 1 from event rr where rr.replaces = r.seq))
    and (${alias}.batch_id is null or ${alias}.batch_id not in (select id from batch where undone_at is not null))`;
}
