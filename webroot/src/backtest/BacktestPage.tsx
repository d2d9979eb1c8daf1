import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { useDesk } from '../desk/context';
import { BacktestFields } from './BacktestFields';
import { emptyForm, type BacktestForm } from './backtestForm';
import { RunList } from './RunList';
import { RunPanel } from './RunPanel';
import './backtest.css';

interface Props {
  shown: boolean;
  /** Of the backtest to look at; empty for none. */
  id: string;
}

/** What to run and over what, the runs there are, and one of them. A run goes on without the page. */
export function BacktestPage({ shown, id }: Props) {
  const desk = useDesk();
  const { backtests, workbench } = desk;
  const form = useSignal<BacktestForm>(emptyForm());
  const connected = desk.connected.value;
  useEffect(() => {
    if (!shown || !connected) return;
    void backtests.refresh();
    void backtests.loadDataSets();
    void workbench.refresh();
  }, [shown, connected]);
  return (
    <main class="backtest-page" data-open={id !== ''}>
      <section class="panel backtest-form" aria-label="New backtest">
        <div class="panel-head">
          <h2>New backtest</h2>
        </div>
        <BacktestFields form={form} shown={shown} />
        <RunList current={id} />
      </section>
      {id === '' ? (
        <section class="panel run-panel" aria-label="Backtest">
          <p class="run-state">
            A backtest runs a version of a strategy over recorded data. Choose both on the left, or a run from the list.
          </p>
        </section>
      ) : (
        <RunPanel key={id} id={id} shown={shown} />
      )}
    </main>
  );
}
