import { useSignal, type Signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Version } from '../api/strategies';
import { strategiesApi } from '../api/strategies';
import { useDesk } from '../desk/context';
import { goTo } from '../desk/route';
import { BudgetField } from '../live/BudgetField';
import { ParameterFields } from '../live/ParameterFields';
import { PaceField } from '../live/PaceField';
import { StrategySelect } from '../live/StrategySelect';
import { aboutData, fieldOf, orderOf, withData, withStrategy, type BacktestForm } from './backtestForm';

interface Props {
  form: Signal<BacktestForm>;
  shown: boolean;
}

/** Strategy and version, data, range, parameters, pace; Ctrl+Enter runs. */
export function BacktestFields({ form, shown }: Props) {
  const { backtests, workbench, canEdit } = useDesk();
  const element = useRef<HTMLFormElement>(null);
  const versions = useSignal<readonly Version[]>([]);
  const busy = useSignal(false);
  const error = useSignal<string | null>(null);
  const strategies = workbench.list.value;
  const sets = backtests.dataSets.value;
  const { value } = form;
  const strategy = strategies?.find(({ name, error: broken }) => name === value.strategy && broken === null);
  const set = sets?.find(({ id }) => id === value.data);
  const change = (what: Partial<BacktestForm>): void => {
    form.value = { ...form.peek(), ...what };
  };
  useEffect(() => {
    if (strategies && !strategy) form.value = withStrategy(form.peek(), strategies, 'ema-cross');
  }, [strategies, strategy]);
  useEffect(() => {
    versions.value = [];
    if (value.strategy === '') return;
    let wanted = true;
    void strategiesApi.versions(value.strategy).then(
      (list) => {
        if (wanted) versions.value = list;
      },
      () => undefined, // without the list the latest is what runs
    );
    return () => (wanted = false);
  }, [value.strategy, strategy?.version]);
  const run = async (): Promise<void> => {
    if (!strategy || busy.peek()) return;
    busy.value = true;
    error.value = null;
    try {
      const started = await backtests.start(orderOf(form.peek(), strategy));
      goTo('backtest', started.session_id);
    } catch (problem) {
      error.value = problem instanceof Error ? problem.message : String(problem);
    } finally {
      busy.value = false;
    }
  };
  useEffect(() => {
    if (!shown) return;
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      element.current?.requestSubmit();
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, [shown]);
  if (strategies === null || sets === null) {
    const problem = workbench.problem.value ?? backtests.dataProblem.value;
    return problem === null ? (
      <div class="form-skeleton" aria-busy="true" aria-label="Loading strategies and data" />
    ) : (
      <div class="run-state">
        <p role="alert">Strategies and data cannot be listed: {problem}</p>
        <button
          type="button"
          onClick={() => {
            void workbench.refresh();
            void backtests.loadDataSets();
          }}
        >
          Try again
        </button>
      </div>
    );
  }
  return (
    <form
      ref={element}
      class="backtest-fields"
      onSubmit={(event) => {
        event.preventDefault();
        void run();
      }}
    >
      <div class="fields">
        <StrategySelect
          strategies={strategies}
          value={value.strategy}
          testId="backtest-strategy"
          onChange={(name) => (form.value = withStrategy(form.peek(), strategies, name))}
        />
        <label class="field">
          <span>Version</span>
          <select
            data-testid="backtest-version"
            value={value.version}
            onChange={({ currentTarget }) => change({ version: currentTarget.value })}
          >
            <option value="">latest{strategy?.version ? `, ${strategy.version}` : ''}</option>
            {versions.value.map(({ version, author }) => (
              <option key={version} value={String(version)}>
                {version} by {author}
              </option>
            ))}
          </select>
        </label>
        <label class="field wide">
          <span>Data</span>
          <select
            required
            data-testid="backtest-data"
            aria-describedby="backtest-about"
            value={value.data}
            onChange={({ currentTarget }) => {
              const chosen = sets.find(({ id }) => id === currentTarget.value);
              if (chosen) form.value = withData(form.peek(), chosen);
            }}
          >
            {sets.map(({ id, about, problem }) => (
              <option key={id} value={id} disabled={problem !== null}>
                {id.startsWith('recording:') ? `${id.slice(10)}, ${about}` : id}
              </option>
            ))}
          </select>
          <small id="backtest-about">{set ? aboutData(set) : ''}</small>
        </label>
        <label class="field wide">
          <span>
            Symbols <small>with commas between</small>
          </span>
          <input
            type="text"
            required
            data-testid="backtest-symbols"
            value={value.symbols}
            onInput={({ currentTarget }) => change({ symbols: currentTarget.value })}
          />
        </label>
        <Moment label="From" name="from" value={value.from} bound={set?.from ?? null} onChange={(from) => change({ from })} />
        <Moment label="To" name="to" value={value.to} bound={set?.to ?? null} onChange={(to) => change({ to })} />
        <label class="field">
          <span>
            Bars <small>empty: the strategy’s</small>
          </span>
          <input
            type="text"
            pattern="[1-9][0-9]{0,5}[smhd]"
            title="Such as 1m, 4h or 1d"
            data-testid="backtest-interval"
            value={value.interval}
            onInput={({ currentTarget }) => change({ interval: currentTarget.value.trim() })}
          />
        </label>
        <BudgetField value={value.budget} testId="backtest-budget" onChange={(budget) => change({ budget })} />
        {strategy && (
          <ParameterFields
            key={strategy.name}
            strategy={strategy}
            values={value.parameters}
            onChange={(name, to) => change({ parameters: { ...form.peek().parameters, [name]: to } })}
          />
        )}
        <PaceField pace={value.pace} max={value.max} testId="backtest-pace" onChange={change} />
      </div>
      {error.value && (
        <p class="form-error" role="alert" data-testid="backtest-error">
          {error.value}
        </p>
      )}
      <button
        type="submit"
        class="primary"
        data-testid="backtest-run"
        title="Ctrl+Enter"
        disabled={busy.value || !strategy || !canEdit.value}
      >
        {busy.value ? 'Starting…' : 'Run'}
      </button>
    </form>
  );
}

interface MomentProps {
  label: string;
  name: string;
  value: string;
  /** Where the data begin or end. */
  bound: number | null;
  onChange(value: string): void;
}

function Moment({ label, name, value, bound, onChange }: MomentProps) {
  return (
    <label class="field">
      <span>
        {label} <small>UTC{bound === null ? '' : `, data: ${fieldOf(bound).slice(5).replace('T', ' ')}`}</small>
      </span>
      <input
        type="datetime-local"
        data-testid={`backtest-${name}`}
        value={value}
        onInput={({ currentTarget }) => onChange(currentTarget.value)}
      />
    </label>
  );
}
