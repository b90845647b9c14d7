import { makeOverdueCommand } from '../../casework/overdue-command.ts';
import { hiddenClocks } from '../hidden-clocks.ts';

/** `rollcall oss overdue`: the three 48-hour clocks of D20-04. */
export const ossOverdue = makeOverdueCommand({
  name: 'oss overdue',
  system: 'oss',
  summary: 'Work Item clocks past due and still running',
  title: 'Work Item clocks overdue',
  details:
    'Three steps have 48 hours: validity from generation (OSS-16), notice to the member from receipt by command ' +
    '(OSS-29), and the review of each submitted plan (OSS-31). Every other step has no deadline in the directive. ' +
    'A member who may not know of invalid Work Items gets those that are valid and forwarded (OSS-12). Without an actor, ' +
    'as cron runs it, undetermined ones are listed too, by id, dates and district, and none that was found invalid.',
  hides: hiddenClocks,
  banner: ['Non-disciplinary (D20-04 II.B).'],
  carries: [
    { rule: 'OSS-12', as: 'block' },
    { rule: 'OSS-16', as: 'check' },
    { rule: 'OSS-29', as: 'check' },
    { rule: 'OSS-31', as: 'check' },
  ],
});
