import { makeOverdueCommand } from '../../casework/overdue-command.ts';

/** `rollcall said overdue`: the order sets no clock on a single record, so this list is empty until one is kept. */
export const saidOverdue = makeOverdueCommand({
  name: 'said overdue',
  system: 'said',
  summary: 'SAID clocks past due and still running',
  title: 'SAID clocks overdue',
  details:
    'S09-11 sets no clock on a single record. Its one recurring duty, the quarterly review by each district commander ' +
    '(SAID-21), has no due day and is not timed here.',
  carries: [],
});
