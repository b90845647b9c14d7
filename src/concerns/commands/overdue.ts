import { makeOverdueCommand } from '../../casework/overdue-command.ts';

/** `rollcall concerns overdue`: CC-15 and CC-22 clocks past due and still running. */
export const concernsOverdue = makeOverdueCommand({
  name: 'concerns overdue',
  system: 'concerns',
  summary: 'Community Concern clocks past due and still running',
  title: 'Community Concerns overdue',
  details:
    'A webportal concern has 36 hours from its first access to be accepted or not (CC-15). An assigned unit has 7 ' +
    'calendar days from the assignment to close its investigation, and 7 more with each extension (CC-22). A concern ' +
    'that nobody has opened yet has no running clock and is not listed.',
  carries: [
    { rule: 'CC-15', as: 'check' },
    { rule: 'CC-22', as: 'check' },
    { rule: 'CC-21', as: 'check' },
    { rule: 'CC-27', as: 'check' },
    { rule: 'CC-35', as: 'check' },
  ],
});
