import { test } from 'vitest';
import { makeShowCommand } from '../../src/desk/commands/show.ts';
import { makeWhyCommand } from '../../src/desk/commands/why.ts';
import { makeHistoryCommand } from '../../src/desk/commands/history.ts';
import { makeCheckCommand } from '../../src/desk/commands/check.ts';
import { renderPlain } from '../../src/report/plain.ts';
import { all, contextFor, input, sampleStore } from './store-fixture.ts';
test('probe', async () => {
  const s = await sampleStore();
  for (const id of ['CC-1','CC-2','CC-3','WI-1','SR20-1','SR20-2']) {
    const c = contextFor(s.path, { actor: 'AN1' });
    for (const make of [makeShowCommand, makeWhyCommand, makeHistoryCommand]) {
      const o = await make(all).run(c, input({ id }));
      console.log(renderPlain(o.document));
    }
  }
  const o = await makeCheckCommand(all).run(contextFor(s.path), input());
  console.log(renderPlain(o.document));
  s.remove();
});
