import type { Command } from '../../core/command.ts';
import type { ViewPolicy } from '../../core/policy.ts';
import type { Document, Table } from '../../report/document.ts';
import { loadPolicy } from '../../store/data-files.ts';
import { OSS_BANNER } from '../triage.ts';

/** `rollcall oss views`: who may see what, as the policy has it. */
export const ossViews: Command<Document> = {
  name: 'oss views',
  summary: 'who may see what of a Work Item: the view matrix',
  details:
    'One row a role, one column a part; a dash is nothing. Every command of the system goes by this table. Before it ' +
    'is forwarded a Work Item is seen by those who may see invalid ones, and by no one else (OSS-12).',
  examples: [{ line: 'rollcall oss views', says: 'the matrix as a table' }],
  fields: {
    'items[].area': 'part of a Work Item',
    'items[].rules[]': 'rules that say so',
    'items[].roles{}': 'scope of each role that sees it',
    total: 'number of items',
  },
  carries: [
    { rule: 'OSS-12', as: 'block' },
    { rule: 'OSS-39', as: 'block' },
    { rule: 'OSS-58', as: 'block' },
  ],
  async run(context) {
    const views = loadPolicy(context.env)
      .views()
      .filter(({ area }) => area.startsWith('oss.'));
    const roles = [...new Set(views.flatMap((view) => Object.keys(view.roles)))];
    const items = views.map(({ area, rules, roles: scopes }) => ({ area, rules, roles: scopes }));
    return {
      document: {
        title: 'Who may see what of a Work Item',
        banner: OSS_BANNER,
        asOf: context.now,
        newestImport: null,
        blocks: [
          matrix('views', 'The Work Item and its plan', views.slice(0, HALF), roles),
          matrix('views-more', 'What stands beside it', views.slice(HALF), roles),
          {
            kind: 'table',
            id: 'rules',
            title: 'Parts and the rules behind them',
            columns: [
              { key: 'area', title: 'Part' },
              { key: 'rules', title: 'Rules' },
            ],
            rows: items.map(({ area, rules }) => ({
              area: area.slice('oss.'.length),
              rules: rules.join(', '),
            })),
          },
        ],
        notes: [
          'all: every Work Item. area: of the Area that is served, whichever of its representatives it was forwarded to. received: what was passed to the member, for command.',
          'assigned: what is assigned to the member. as-needed: what was shared. figures: counts, small ones suppressed.',
        ],
      },
      data: { items, total: items.length },
      items,
      newestImport: null,
    };
  },
};

// Half of the parts at a time: 80 columns hold no more with the names of the roles.
const HALF = 5;

function matrix(id: string, title: string, views: readonly ViewPolicy[], roles: readonly string[]): Table {
  return {
    kind: 'table',
    id,
    title,
    columns: [
      { key: 'role', title: 'Role' },
      ...views.map(({ area }) => ({ key: area, title: area.slice('oss.'.length) })),
    ],
    rows: roles.map((role) => ({
      role,
      ...Object.fromEntries(views.map((view) => [view.area, view.roles[role] ?? '-'])),
    })),
  };
}
