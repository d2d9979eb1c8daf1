import { useMemo } from 'preact/hooks';
import { acknowledge } from '../api/trading';
import { DataGrid, timeColumn, type Column } from '../components/DataGrid';
import { useDesk } from '../desk/context';
import type { RiskAlert, StrategyAlert } from '../messages';
import { noteKey, type SessionBook } from '../session/book';
import type { Followed } from '../session/follower';

type Item = RiskAlert | StrategyAlert;

const isOfRisk = (item: Item): item is RiskAlert => 'rule' in item;

/** What risk and the strategies want to be seen, newest first. */
export function AlertsTable({ followed, book }: { followed: Followed; book: SessionBook }) {
  void followed.frame.value;
  const desk = useDesk();
  const may = desk.account.mayTrade.value;
  const columns = useMemo<readonly Column<Item>[]>(() => {
    const see = async (alert: RiskAlert): Promise<void> => {
      try {
        book.acknowledged(await acknowledge(alert));
        followed.redraw();
      } catch (problem) {
        desk.alerts.raise('error', problem instanceof Error ? problem.message : String(problem));
      }
    };
    return [
      timeColumn('Time', ({ time }) => time),
      { title: 'Level', width: '70px', cell: ({ level }) => <span class={`level ${level}`}>{level}</span> },
      { title: 'From', width: '140px', cell: (item) => (isOfRisk(item) ? item.rule : item.strategy) },
      { title: 'Text', width: 'minmax(300px, 1fr)', cell: ({ text }) => <span title={text}>{text}</span> },
      { title: 'Seen', width: '190px', cell: (item) => isOfRisk(item) && <Seen alert={item} onSee={may ? see : null} /> },
    ];
  }, [desk, followed, book, may]);
  const items = [...book.riskAlerts.list(), ...book.alerts.list()].sort((one, other) => other.time - one.time);
  return (
    <DataGrid
      label="Alerts"
      columns={columns}
      items={items}
      total={book.riskAlerts.total + book.alerts.total}
      keyOf={(item) => `${isOfRisk(item) ? 'risk' : 'strategy'} ${noteKey(item)}`}
      rowTestId="alert-row"
      empty="Nothing was refused, and no strategy has raised an alert."
    />
  );
}

function Seen({ alert, onSee }: { alert: RiskAlert; onSee: ((alert: RiskAlert) => Promise<void>) | null }) {
  if (alert.acknowledged_at === null && onSee === null) return null;
  return alert.acknowledged_at === null ? (
    <button type="button" class="row-action" data-testid="acknowledge" onClick={() => void onSee?.(alert)}>
      Acknowledge
    </button>
  ) : (
    <span data-testid="acknowledged">✓ by {alert.acknowledged_by}</span>
  );
}
