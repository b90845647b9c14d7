import type { Choice, Prompter } from '../core/command.ts';
import { RollcallError } from '../core/errors.ts';

// Loaded at the first question: most runs ask nothing.
async function loadInquirer() {
  return (await import('inquirer')).default;
}

function isCtrlC(thrown: unknown): boolean {
  return thrown instanceof Error && (thrown.name === 'ExitPromptError' || thrown.name === 'AbortPromptError');
}

/** Questions on `output`, answered on `input`. Ctrl-C rejects with kind `cancelled`. */
export function createPrompter(input: NodeJS.ReadableStream, output: NodeJS.WritableStream): Prompter {
  async function ask<T>(question: Record<string, unknown>): Promise<T> {
    const inquirer = await loadInquirer();
    const prompt = inquirer.createPromptModule({ input, output });
    try {
      const { answer } = await prompt([{ ...question, name: 'answer' }] as never);
      return answer as T;
    } catch (thrown) {
      if (isCtrlC(thrown)) throw new RollcallError('cancelled', 'cancelled; what was confirmed before stays');
      throw thrown;
    }
  }
  return {
    select: <T extends string>(message: string, choices: readonly Choice<T>[]) =>
      ask<T>({
        type: 'select',
        message,
        choices: choices.map(({ value, label, hint }) => ({ value, name: label, description: hint })),
      }),
    text: (message, { required = false, initial } = {}) =>
      ask<string>({
        type: 'input',
        message,
        default: initial,
        validate: (typed: string) => !required || typed.trim() !== '' || 'This cannot be empty.',
      }),
    secret: (message) =>
      ask<string>({
        type: 'password',
        message,
        mask: '*',
        validate: (typed: string) => typed.trim() !== '' || 'This cannot be empty.',
      }),
    confirm: (message, initial = false) => ask<boolean>({ type: 'confirm', message, default: initial }),
  };
}
