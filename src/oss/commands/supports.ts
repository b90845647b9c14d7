import type { Command } from '../../core/command.ts';
import type { Document } from '../../report/document.ts';
import { loadPolicy } from '../../store/data-files.ts';
import { OSS_BANNER } from '../triage.ts';

/** `rollcall oss supports`: what a plan can be made of. */
export const ossSupports: Command<Document> = {
  name: 'oss supports',
  summary: 'the supports that an Action Plan can hold, and its questions',
  details:
    'Most of them are open to any member at any time, with or without a Work Item (OSS-07). The list is local: a ' +
    'department lays its own over it with ROLLCALL_POLICY.',
  examples: [{ line: 'rollcall oss supports', says: 'codes for rollcall oss plan --add' }],
  fields: {
    'items[].code': 'as oss plan --add takes it',
    'items[].label': 'what it is',
    'questions[]': 'code and text of the questions that a plan answers',
    total: 'number of items',
  },
  carries: [
    { rule: 'OSS-06', as: 'report' },
    { rule: 'OSS-07', as: 'report' },
  ],
  async run(context) {
    const { supports, questions: asked } = loadPolicy(context.env).oss().plan;
    const questions = asked.map(({ code, text }) => ({ code, text }));
    const items = supports.map(({ code, label }) => ({ code, label }));
    return {
      document: {
        title: 'Supports',
        banner: OSS_BANNER,
        asOf: context.now,
        newestImport: null,
        blocks: [
          {
            kind: 'table',
            id: 'supports',
            columns: [
              { key: 'code', title: 'Support' },
              { key: 'label', title: 'What it is' },
            ],
            rows: items,
          },
          {
            kind: 'table',
            id: 'questions',
            title: 'Questions of the Action Plan (OSS-44)',
            columns: [
              { key: 'code', title: 'Question' },
              { key: 'text', title: 'Text' },
            ],
            rows: questions.map((question) => ({ ...question })),
          },
        ],
        notes: ['Another support, in words: other:words. Nothing disciplinary (OSS-06).'],
      },
      data: { items, total: items.length, questions },
      items,
      newestImport: null,
    };
  },
};
