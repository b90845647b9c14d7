import { plural } from '../core/duration.ts';
import type { Cell, Table } from '../report/document.ts';
import type { CsrFigures } from './report-figures.ts';
import type { OnTime } from './report-police.ts';

/** Police requests on their clocks. */
export function policeTable({ police }: CsrFigures): Table {
  const share = (measure: string, value: OnTime | null): Readonly<Record<string, Cell>> => ({
    measure,
    onTime: value?.onTime ?? null,
    total: value?.total ?? null,
    share:
      value === null
        ? null
        : {
            kind: 'percent',
            share: value.total === 0 ? null : value.onTime / value.total,
            base: value.total,
          },
  });
  const rows =
    police.closedInPeriod === null
      ? []
      : [
          share('Closed in the period, on time', police.closedInPeriod),
          share('Due in the period, on time', police.dueInPeriod),
        ];
  return {
    kind: 'table',
    id: 'police',
    title: 'Police requests on time',
    columns: [
      { key: 'measure', title: 'Police requests' },
      { key: 'onTime', title: 'On time', align: 'right' },
      { key: 'total', title: 'Of', align: 'right' },
      { key: 'share', title: 'Share', align: 'right' },
    ],
    rows,
    empty: 'No police request here has been on the clock of a work order.',
    ...(rows.length === 0
      ? {}
      : {
          caption: `At the end ${plural(police.running, 'clock')} ran, ${police.overdue} of them overdue. Of those closed, ${police.extended} had been extended. The second line counts what is still unfinished as well.`,
        }),
  };
}
