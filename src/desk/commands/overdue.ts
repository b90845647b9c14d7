import { makeOverdueCommand } from '../../casework/overdue-command.ts';
import { hiddenClocks } from '../hidden-clocks.ts';

/** `rollcall overdue`: every clock of every directive. */
export const overdue = makeOverdueCommand({
  name: 'overdue',
  system: null,
  summary: 'every clock past due, of all directives',
  title: 'Overdue, all directives',
  details:
    'Every clock of every directive that is past its due instant and still running, longest overdue first. Steps ' +
    'without a directive deadline are never listed.',
  hides: hiddenClocks,
  carries: [],
});
