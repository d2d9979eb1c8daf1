import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { forgetLimits, getLimits, saveLimits, type StandingLimits } from '../api/settings';
import { ConfirmDialog } from '../components/ConfirmDialog';
import { Loader } from '../components/loaded';
import { Waiting } from '../components/Waiting';
import { useDesk } from '../desk/context';
import { timeZone } from '../desk/timeZone';
import { dateTime, words } from '../format';
import { useAttempt } from './attempt';
import { ACTIONS, formOf, limitsOf, PLAIN, STOPS, type LimitsForm } from './limits';

/** What sessions may do at most that name no limits of their own; an admin changes it. */
export function LimitsPanel({ shown }: { shown: boolean }) {
  const { connected, account } = useDesk();
  const limits = useMemo(() => new Loader(getLimits), []);
  const { error, attempt } = useAttempt(() => limits.load());
  const edited = useSignal<LimitsForm | null>(null);
  const forgetting = useSignal(false);
  useEffect(() => {
    if (shown && connected.value) void limits.load();
  }, [shown, connected.value]);
  const loaded = limits.now.value;
  if (loaded.state !== 'ready') {
    return (
      <LimitsFrame>
        <Waiting loaded={loaded} what="The risk limits" onRetry={() => void limits.load()} />
      </LimitsFrame>
    );
  }
  const standing = loaded.value;
  const form = edited.value ?? formOf(standing.saved ?? standing.configured);
  const mayChange = account.may('admin');
  const set = (name: string, value: string): void => {
    edited.value = { ...form, [name]: value };
  };
  return (
    <LimitsFrame>
      <p class="run-about" data-testid="limits-origin">
        {originOf(standing)} They hold for sessions that start from now on and name none of their own.
      </p>
      <form
        class="settings-form limits-form"
        onSubmit={(event) => {
          event.preventDefault();
          void attempt(async () => {
            await saveLimits(limitsOf(form));
            edited.value = null;
          });
        }}
      >
        {PLAIN.map(({ name, title, unit, whole }) => (
          <NumberField
            key={name}
            name={name}
            title={title}
            unit={unit}
            whole={whole ?? false}
            value={form[name] ?? ''}
            mayChange={mayChange}
            onChange={set}
          />
        ))}
        {STOPS.map(({ name, title, unit }) => (
          <fieldset key={name} class="limit-stop">
            <NumberField name={name} title={title} unit={unit} value={form[name] ?? ''} mayChange={mayChange} onChange={set} />
            <ActionField name={name} of={title} value={form[`${name}.action`] ?? ''} mayChange={mayChange} onChange={set} />
          </fieldset>
        ))}
        <fieldset class="limit-stop">
          <NumberField
            name="losing_streak"
            title="Losing trades in a row"
            unit="trades"
            whole
            value={form['losing_streak'] ?? ''}
            mayChange={mayChange}
            onChange={set}
          />
          <NumberField
            name="losing_streak.minutes"
            title="… stop for"
            unit="minutes"
            whole
            value={form['losing_streak.minutes'] ?? ''}
            mayChange={mayChange}
            onChange={set}
          />
          <ActionField
            name="losing_streak"
            of="Losing trades"
            value={form['losing_streak.action'] ?? ''}
            mayChange={mayChange}
            onChange={set}
          />
        </fieldset>
        {mayChange && (
          <span class="limit-buttons">
            <button
              type="submit"
              class="primary"
              data-testid="limits-save"
              disabled={!connected.value || edited.value === null}
            >
              Save limits
            </button>
            {edited.value !== null && (
              <button type="button" data-testid="limits-discard" onClick={() => (edited.value = null)}>
                Discard
              </button>
            )}
            {standing.saved !== null && (
              <button
                type="button"
                data-testid="limits-forget"
                disabled={!connected.value}
                onClick={() => (forgetting.value = true)}
              >
                Back to the configuration…
              </button>
            )}
          </span>
        )}
      </form>
      {error.value !== null && (
        <p class="form-error" role="alert" data-testid="limits-error">
          {error.value}
        </p>
      )}
      {forgetting.value && (
        <ConfirmDialog
          title="Back to the configuration?"
          testId="limits-forget-dialog"
          keep="Keep the saved ones"
          confirm="Forget them"
          asksWhy={false}
          onClose={() => (forgetting.value = false)}
          act={async () => {
            await forgetLimits();
            edited.value = null;
            await limits.load();
          }}
        >
          <p>The limits of the configuration hold again, for sessions that start from then on: {textOf(standing.configured)}.</p>
        </ConfirmDialog>
      )}
    </LimitsFrame>
  );
}

function LimitsFrame({ children }: { children: preact.ComponentChildren }) {
  return (
    <section class="panel settings-panel" aria-label="Risk limits">
      <div class="panel-head">
        <h2>Risk limits</h2>
      </div>
      <div class="settings-body">{children}</div>
    </section>
  );
}

function originOf({ saved, firm, changed_at, changed_by }: StandingLimits): string {
  const origin =
    saved === null
      ? 'These are the limits of the configuration.'
      : `Saved by ${changed_by ?? 'nobody'}, ${dateTime(changed_at)} ${timeZone.value}.`;
  return Object.keys(firm).length === 0 ? origin : `${origin} The command line holds all the same: ${textOf(firm)}.`;
}

const textOf = (limits: object): string =>
  Object.keys(limits).length === 0
    ? 'none'
    : Object.entries(limits)
        .map(([name, value]) => `${words(name)} ${typeof value === 'object' ? Object.values(value as object).join(' ') : String(value)}`)
        .join(', ');

interface FieldProps {
  name: string;
  value: string;
  mayChange: boolean;
  onChange(name: string, value: string): void;
}

interface NumberProps extends FieldProps {
  title: string;
  unit: string;
  whole?: boolean;
}

function NumberField({ name, title, unit, whole = false, value, mayChange, onChange }: NumberProps) {
  return (
    <label class="field limit-field">
      <span>
        {title} <small>{unit}</small>
      </span>
      <input
        type="text"
        inputMode={whole ? 'numeric' : 'decimal'}
        pattern={whole ? '\\d+' : '\\d+(\\.\\d+)?'}
        title={whole ? 'A whole number, or nothing for no limit' : 'A number such as 2500 or 0.5, or nothing for no limit'}
        placeholder="no limit"
        readOnly={!mayChange}
        data-testid={`limit-${name}`}
        value={value}
        onInput={({ currentTarget }) => onChange(name, currentTarget.value)}
      />
    </label>
  );
}

function ActionField({ name, of, value, mayChange, onChange }: FieldProps & { of: string }) {
  return (
    <label class="field">
      <span>then</span>
      <select
        aria-label={`${of}: what is done`}
        data-testid={`limit-${name}-action`}
        value={value}
        disabled={!mayChange}
        onChange={({ currentTarget }) => onChange(`${name}.action`, currentTarget.value)}
      >
        {ACTIONS.map((action) => (
          <option key={action}>{action}</option>
        ))}
      </select>
    </label>
  );
}
