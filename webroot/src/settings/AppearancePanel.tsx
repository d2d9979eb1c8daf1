import { useMemo } from 'preact/hooks';
import { confirmCancel } from '../desk/preferences';
import { choosePalette, chooseTheme, PALETTES, palette, themeChoice, THEMES } from '../desk/theme';
import { chooseTimeZone, timeZone, timeZones } from '../desk/timeZone';

/** How the console looks and behaves for the one who uses it. */
export function AppearancePanel() {
  const zones = useMemo(timeZones, []);
  return (
    <section class="panel settings-panel" aria-label="Appearance">
      <div class="panel-head">
        <h2>Appearance</h2>
      </div>
      <div class="settings-body">
        <fieldset class="looks">
          <legend>Theme</legend>
          {THEMES.map(({ id, title }) => (
            <label key={id} class="check">
              <input
                type="radio"
                name="theme"
                data-testid={`theme-${id}`}
                checked={themeChoice.value === id}
                onChange={() => chooseTheme(id)}
              />
              {title}
            </label>
          ))}
        </fieldset>
        <fieldset class="looks">
          <legend>Up and down</legend>
          {PALETTES.map(({ id, title }) => (
            <label key={id} class="check">
              <input
                type="radio"
                name="palette"
                data-testid={`palette-${id}`}
                checked={palette.value === id}
                onChange={() => choosePalette(id)}
              />
              <span>
                {title}{' '}
                <span data-palette={id} class="swatch">
                  <span class="up">▲ up</span> <span class="down">▼ down</span>
                </span>
              </span>
            </label>
          ))}
        </fieldset>
        <div class="settings-form">
          <label class="field">
            <span>Time zone</span>
            <select
              data-testid="time-zone"
              value={timeZone.value}
              onChange={({ currentTarget }) => chooseTimeZone(currentTarget.value)}
            >
              {zones.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          </label>
          <label class="check">
            <input
              type="checkbox"
              data-testid="confirm-cancel"
              checked={confirmCancel.value}
              onChange={({ currentTarget }) => (confirmCancel.value = currentTarget.checked)}
            />
            Ask before a single order is cancelled
          </label>
        </div>
        <p class="run-about">
          Kept for you on the platform, for every browser. What is typed into forms, and every file, stays in UTC.
        </p>
      </div>
    </section>
  );
}
