// A transcript is what a user sees, in order:
//   # a remark
//   $ rollcall oss triage --list
//   a line of stdout
//   ! a line of stderr
//   ? 0
// `[..]` in an expected line stands for anything. The folder of the run reads `<folder>`, the checkout `<rollcall>`.
import { type Ran, ROOT, type Scene } from './harness.ts';

/** One command of a transcript with the output and exit code that are expected of it. */
interface Step {
  readonly remarks: readonly string[];
  readonly line: string;
  readonly expected: readonly string[];
}

const REMARK = /^(#|\s*$)/;

/**
 * The steps of a transcript and the remarks after the last one. Output ends with its exit code; lines after a command
 * that has none yet are remarks. Throws when output stands before any command.
 */
function readTranscript(text: string): {
  readonly steps: readonly Step[];
  readonly tail: readonly string[];
} {
  const steps: Step[] = [];
  const lines = text.replace(/\n$/, '').split('\n');
  let remarks: string[] = [];
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (line.startsWith('$ ')) {
      const next = lines.findIndex((other, after) => after > at && other.startsWith('$ '));
      const end = next < 0 ? lines.length : next;
      const code = lines.findIndex((other, after) => after > at && after < end && other.startsWith('? '));
      steps.push({ remarks, line: line.slice(2), expected: code < 0 ? [] : lines.slice(at + 1, code + 1) });
      remarks = [];
      if (code >= 0) at = code;
    } else if (REMARK.test(line)) {
      remarks.push(line);
    } else {
      throw new Error(`a line before any command: ${line}`);
    }
  }
  return { steps, tail: remarks };
}

function lines(text: string, mark: string): readonly string[] {
  if (text === '') return [];
  const whole = text.endsWith('\n') ? text.slice(0, -1) : `${text}<no line end>`;
  return whole.split('\n').map((line) => mark + line);
}

/** What a run looks like in a transcript. */
function show({ stdout, stderr, code }: Ran, folder: string): readonly string[] {
  const shown = [...lines(stdout, ''), ...lines(stderr, '! '), `? ${code}`];
  return shown.map((line) =>
    line.replaceAll(folder, '<folder>').replaceAll(ROOT.replace(/\/$/, ''), '<rollcall>'),
  );
}

function matches(expected: string, actual: string): boolean {
  if (!expected.includes('[..]')) return expected === actual;
  const parts = expected.split('[..]').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 'su').test(actual);
}

// The system clock's own time would be wrong tomorrow, the hash of the rules with the next word of theirs.
const PASSING = /^(Newest import: |Ruleset\s+)[\da-f].*/;

/** The actual lines, with an expected line in place of each that it matches: equal to `expected` when all do. */
function settle(expected: readonly string[], actual: readonly string[]): readonly string[] {
  return actual.map((line, at) => {
    const hope = expected[at];
    return hope !== undefined && matches(hope, line) ? hope : line.replace(PASSING, '$1[..]');
  });
}

/** Runs every step in the scene; answers the transcript as it really went. */
export async function playTranscript(text: string, scene: Scene): Promise<string> {
  const { steps, tail } = readTranscript(text);
  const out: string[] = [];
  for (const { remarks, line, expected } of steps) {
    const ran = await scene.shell(line);
    out.push(...remarks, `$ ${line}`, ...settle(expected, show(ran, scene.folder)));
  }
  return `${[...out, ...tail].join('\n')}\n`;
}
