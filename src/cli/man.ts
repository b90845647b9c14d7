import { EXIT_MEANINGS, globalRows, optionRows, type Row, usageLine } from './help.ts';
import { argumentTerm } from './parse.ts';
import type { Entry } from './table.ts';

/** Text as roff reads it: backslashes and hyphens as themselves, no line that starts as a request. */
function roff(text: string): string {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^([.'])/gm, '\\&$1');
}

function terms(rows: readonly Row[]): string {
  return rows.map(([term, meaning]) => `.TP\n.B ${roff(term)}\n${roff(meaning)}\n`).join('');
}

/** The manual page of the program, in roff, from the table and every definition. */
export async function manualPage(table: readonly Entry[], version: string): Promise<string> {
  const commands = await Promise.all(
    table.map(async ({ load }) => {
      const command = await load();
      const details = command.details ? `.PP\n${roff(command.details.trim())}\n` : '';
      const given = (command.arguments ?? []).map((one): Row => [argumentTerm(one), one.summary]);
      return `.SS ${roff(usageLine(command))}\n${roff(command.summary)}\n${details}${terms([...given, ...optionRows(command)])}`;
    }),
  );
  return [
    `.TH ROLLCALL 1 "" "rollcall ${roff(version)}"\n`,
    '.SH NAME\nrollcall \\- five police directives carried as software\n',
    '.SH SYNOPSIS\n.B rollcall\n<command> [arguments] [options]\n',
    `.SH COMMANDS\n${commands.join('')}`,
    `.SH OPTIONS OF EVERY COMMAND\n${terms(globalRows())}`,
    `.SH EXIT STATUS\n${terms(EXIT_MEANINGS)}`,
  ].join('');
}
