import { choosePalette, chooseTheme, PALETTES, palette, themeChoice, THEMES } from '../desk/theme';

/** Kept in this browser. */
export function AppearancePanel() {
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
        <p class="run-about">Kept in this browser. Times are UTC everywhere.</p>
      </div>
    </section>
  );
}
