import type { SingleBar } from 'cli-progress';
import type { Progress } from '../core/command.ts';

const QUIET_MILLISECONDS = 1000;

const SILENT: Progress = { start() {}, update() {}, stop() {} };

/** A bar on `stderr`, from one second after `start` to `stop`, which clears it; nothing at all when `shown` is false. */
export function createProgress(
  stderr: NodeJS.WritableStream,
  shown: boolean,
  milliseconds: () => number = () => performance.now(),
): Progress {
  if (!shown) return SILENT;
  let startedAt = 0;
  let running: { label: string; total: number; unit: string } | null = null;
  let bar: SingleBar | null = null;
  let make: (() => SingleBar) | null = null;

  function open(done: number): void {
    if (!running || !make) return;
    bar = make();
    bar.start(running.total, done, { label: running.label, unit: running.unit });
  }
  return {
    start(label, total, unit) {
      bar?.stop();
      bar = null;
      startedAt = milliseconds();
      running = { label, total, unit };
      // Loaded while the work goes on; update() shows it once it is there.
      void import('cli-progress').then(({ default: progress }) => {
        make = () =>
          new progress.SingleBar({
            stream: stderr,
            format: '{label} {bar} {percentage} %  {value} of {total} {unit}',
            barsize: 24,
            hideCursor: null,
            clearOnComplete: true,
            noTTYOutput: true,
          });
      });
    },
    update(done) {
      if (bar) bar.update(done);
      else if (milliseconds() - startedAt >= QUIET_MILLISECONDS) open(done);
    },
    stop() {
      bar?.stop();
      bar = null;
      running = null;
    },
  };
}
