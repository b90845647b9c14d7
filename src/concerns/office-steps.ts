import type { Owner } from '../core/clock.ts';
import type { CaseEvent, CaseFacts, Transition } from '../core/workflow.ts';
import {
  associationObjections,
  entryObjections,
  notAcceptedObjections,
  noticeObjections,
} from './objections.ts';
import { SERGEANT } from './roles.ts';
import { ACCEPT, ACTIVE, type ConcernState, INVESTIGATE, noticesOf, STATES, UNDECIDED } from './state.ts';

const BY_SERGEANT = { roles: SERGEANT, rule: 'CC-14' };

function sergeantOf(state: ConcernState): Owner {
  return { role: 'cp-sergeant', unit: state.district, member: null };
}

// CC-14: only the sergeant's look is the first access; a blank or unknown member leaves it untold whose it was.
function isFirstAccess({ by, at }: CaseEvent, facts: CaseFacts): boolean {
  const person = by === null ? null : facts.person(by, at);
  return person === null || person.roles.has('cp-sergeant');
}

/** What is done about a concern whoever investigates it: taken in, decided, put under another, told on, answered. */
export const OFFICE_STEPS: readonly Transition<ConcernState>[] = [
  {
    name: 'entered',
    rule: 'CC-13',
    from: ['submitted'],
    objects: entryObjections,
    to: (state, event) => ({
      ...state,
      ...noticesOf(state, event),
      meeting: event.detail.meeting ?? null,
      hazard: event.detail.hazard === 'yes',
    }),
  },
  {
    name: 'accessed',
    rule: 'CC-14',
    from: STATES,
    to: (state, event, facts) =>
      isFirstAccess(event, facts)
        ? {
            ...state,
            state: state.state === 'submitted' ? 'accessed' : state.state,
            firstAccessedAt: state.firstAccessedAt ?? event.at,
          }
        : state,
    // CC-15: 36 hours from the first access, for webportal concerns alone (A-CC-8)
    clocks: (state, event, facts) =>
      state.origin === 'webportal' &&
      state.firstAccessedAt === null &&
      state.state === 'submitted' &&
      isFirstAccess(event, facts)
        ? [{ do: 'start', rule: 'CC-15', key: '', owner: sergeantOf(state) }]
        : [],
  },
  {
    name: 'accepted',
    rule: 'CC-15',
    from: UNDECIDED,
    who: BY_SERGEANT,
    to: (state) => ({ ...state, state: 'accepted' }),
    clocks: () => [{ do: 'stop', rules: ACCEPT }],
  },
  {
    name: 'not-accepted',
    rule: 'CC-15',
    from: [...UNDECIDED, 'accepted'],
    who: BY_SERGEANT,
    needs: [{ field: 'reason', rule: 'CC-05', what: 'a reason' }],
    objects: notAcceptedObjections,
    to: (state) => ({ ...state, state: 'not-accepted' }),
    clocks: () => [{ do: 'stop', rules: [...ACCEPT, ...INVESTIGATE] }],
  },
  {
    name: 'associated',
    rule: 'CC-06',
    from: ACTIVE,
    who: BY_SERGEANT,
    withheldWhenRefused: true,
    objects: associationObjections,
    to: (state, event) => ({
      ...state,
      state: 'associated',
      before: state.state,
      primary: event.detail.primary_control_number ?? null,
    }),
    // A-CC-7: the clock runs on the primary only
    clocks: () => [{ do: 'stop', rules: [...ACCEPT, ...INVESTIGATE], why: 'associated' }],
  },
  {
    name: 'separated',
    rule: 'CC-06',
    from: ['associated'],
    who: BY_SERGEANT,
    to: (state) => ({ ...state, state: state.before ?? 'submitted', before: null, primary: null }),
    clocks: () => [{ do: 'resume', rules: [...ACCEPT, ...INVESTIGATE], after: 'associated' }],
  },
  {
    name: 'criminal',
    rule: 'CC-18',
    from: STATES,
    who: BY_SERGEANT,
    to: (state, event) => ({ ...state, stationToldAt: state.stationToldAt ?? event.at }),
  },
  {
    name: 'hazard-told',
    rule: 'CSR-03',
    from: STATES,
    objects: noticeObjections,
    to: (state, event) => ({ ...state, ...noticesOf(state, event) }),
  },
  { name: 'replied', rule: 'CSR-17', from: STATES, to: (state) => state },
];
