import type { Directive } from '../casework/directive.ts';
import { saidIncidentsProfile, saidSubjectsProfile } from './imports.ts';
import { findSubject } from './records.ts';

/** The Subject Assessment and Information Dashboard with the CVRM, S09-11. */
export const saidDirective: Directive = {
  system: 'said',
  title: 'Subject Assessment and Information Dashboard',
  cite: 'S09-11',
  banner: ['Not a ground for a stop or an arrest (SAID-05, S09-11 II.C).'],
  profiles: [saidSubjectsProfile, saidIncidentsProfile],
  find: findSubject,
  sees: {
    roles: ['district-commander', 'dos-analyst', 'ocp-deputy-chief', 'isd-admin'],
    guard: { rule: 'SAID-23', cite: 'S09-11 IV.D.1', what: 'see a subject of SAID' },
  },
  needsPurpose: true,
  async commands() {
    return [
      (await import('./commands/score.ts')).saidScore,
      (await import('./commands/overdue.ts')).saidOverdue,
    ];
  },
  carries: [],
};
